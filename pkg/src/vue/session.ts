// The session of an app, there already or on its way, as a ref that is triggered on each of its changes.

import { computed, customRef, effect, type InjectionKey, type MaybeRefOrGetter, onScopeDispose, type Ref, type ShallowRef, shallowRef, toRaw, toValue } from "vue";
import { type AnySession, listen, type SomeSession } from "../answering.js";

type Given = SomeSession | null | undefined;

/** A session of whatever policy, a promise of one, or a ref or getter of either. */
export type SessionSource = MaybeRefOrGetter<Given | PromiseLike<Given>>;

/** The session that is asked; undefined where there is none. */
export type CurrentSession = Readonly<Ref<AnySession | undefined>>;

export const SESSION: InjectionKey<CurrentSession> = Symbol();

/** Follows what a plugin was given. `follow` is for a scope to run: from then on the session's changes are heard. */
export function open(
  source: SessionSource,
  failed: (error: unknown) => void,
): { current: CurrentSession; follow: () => void } {
  const changes = shallowRef(0);
  const change = (): void => {
    changes.value += 1;
  };
  // Apart from what a promise comes to: a getter may make another promise whenever it is asked.
  const given = computed(() => toValue(source));
  const arrivals = new WeakMap<object, ShallowRef<AnySession | undefined>>();

  const arrivalOf = (promise: PromiseLike<Given>): ShallowRef<AnySession | undefined> => {
    let arrival = arrivals.get(promise);
    if (arrival === undefined) {
      const arriving = (arrival = shallowRef());
      arrivals.set(promise, arriving);
      promise.then((session) => (arriving.value = raw(session)), failed);
    }
    return arrival;
  };

  const session = computed(() => {
    const now = given.value;
    return isPromise(now) ? arrivalOf(now).value : raw(now);
  });
  // A rejected promise has its handler from the start.
  void session.value;

  return {
    current: customRef(() => ({ get: () => (changes.value, session.value), set() {} })),
    follow() {
      change();
      let leave = (): void => {};
      effect(() => {
        leave();
        leave = listen(session.value, change);
      });
      onScopeDispose(() => leave());
    },
  };
}

/** The session itself: the private fields of a class are not to be had through a reactive proxy. */
function raw(given: Given): AnySession | undefined {
  return toRaw(given) ?? undefined;
}

function isPromise<T>(given: T | PromiseLike<T>): given is PromiseLike<T> {
  return typeof (given as PromiseLike<T> | undefined)?.then === "function";
}
