// A session that is on its way. React's own `use` is not in React 18, and knows no fallback but that of `Suspense`.

import { useSyncExternalStore } from "react";
import type { AnySession } from "../answering.js";

/** What became of a promise. */
export type Outcome = { readonly session: AnySession | null | undefined } | { readonly failure: unknown };

export interface Arrival {
  /** Absent while it is on its way. */
  outcome?: Outcome;
  /** Fulfilled once there is an outcome. */
  readonly over: PromiseLike<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

/** By promise: what suspends before it was ever shown keeps no state of its own. */
const arrivals = new WeakMap<PromiseLike<unknown>, Arrival>();

function arrivalOf(promise: PromiseLike<AnySession | null | undefined>): Arrival {
  const known = arrivals.get(promise);
  if (known !== undefined) return known;
  const over = promise.then(
    (session) => void (arrival.outcome = { session }),
    (failure: unknown) => void (arrival.outcome = { failure }),
  );
  const arrival: Arrival = {
    over,
    subscribe(listener) {
      void over.then(listener);
      return nothing;
    },
  };
  arrivals.set(promise, arrival);
  return arrival;
}

/** Follows a promise to its outcome; undefined where there is none to follow. */
export function useArrival(promise: PromiseLike<AnySession | null | undefined> | undefined): Arrival | undefined {
  const arrival = promise && arrivalOf(promise);
  const outcome = (): Outcome | undefined => arrival?.outcome;
  useSyncExternalStore(arrival?.subscribe ?? never, outcome, outcome);
  return arrival;
}

function never(): () => void {
  return nothing;
}

function nothing(): void {}
