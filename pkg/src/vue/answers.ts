// The composables. A component is rendered anew only when an answer that it reads has turned.

import { computed, type ComputedRef, inject, type MaybeRefOrGetter, type Ref, shallowRef, toValue, warn } from "vue";
import { type AnySession, may, type SomeSession, stateOf } from "../answering.js";
import type { SectionState } from "../answers.js";
import type { PermissionName, RegisteredPolicy, SectionName } from "../names.js";
import { type LiveRequest, resolve } from "./request.js";
import { type CurrentSession, SESSION } from "./session.js";

/**
 * The session of the app; undefined while there is none. The ref is triggered whenever answers may have changed, so what
 * reads it follows every change: for one answer take `useCan`.
 */
export function useSession<S extends SomeSession = AnySession<RegisteredPolicy>>(): Readonly<Ref<S | undefined>> {
  return current() as Readonly<Ref<S | undefined>>;
}

/** Whether they may, as `session.can` answers; false while there is no session. */
export function useCan(
  permission: MaybeRefOrGetter<PermissionName<RegisteredPolicy>>,
  request?: MaybeRefOrGetter<LiveRequest | undefined>,
): ComputedRef<boolean> {
  const session = current();
  return computed(() => may(session.value, toValue(permission), resolve(request)));
}

/** What becomes of a section, as `session.section` answers; hidden while there is no session. */
export function useSection(
  name: MaybeRefOrGetter<SectionName<RegisteredPolicy>>,
  request?: MaybeRefOrGetter<LiveRequest | undefined>,
): ComputedRef<SectionState> {
  const session = current();
  return computed(() => stateOf(session.value, toValue(name), resolve(request)));
}

/** Without the plugin there is no session, and whoever develops is told. */
function current(): CurrentSession {
  const session = inject(SESSION, undefined);
  if (session === undefined) warn("grantlet lacks `app.use(GrantletPlugin, { session })`");
  return session ?? shallowRef();
}
