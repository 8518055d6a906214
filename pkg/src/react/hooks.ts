// What a component asks. Each hook answers with a primitive, so that React renders a component again when its own answer
// has changed, and only then: a request may be written anew at every render.

import { useCallback, useContext, useRef, useSyncExternalStore } from "react";
import { type AnySession, may, type SomeSession, stateOf } from "../answering.js";
import type { SectionState } from "../answers.js";
import type { Request } from "../documents.js";
import type { PermissionName, RegisteredPolicy, SectionName } from "../names.js";
import { Giving } from "./provider.js";

/**
 * Whether the subject may: what `session.can` answers, kept up to date. False without a provider, while there is no
 * session, once it was freed, and where the record throws.
 */
export function useCan(permission: PermissionName<RegisteredPolicy>, request?: Request): boolean {
  return useAnswer((session) => may(session, permission, request));
}

/** What becomes of a section, kept up to date; `hidden` wherever `useCan` would be false for want of an answer. */
export function useSection(name: SectionName<RegisteredPolicy>, request?: Request): SectionState {
  return useAnswer((session) => stateOf(session, name, request));
}

/**
 * The session itself, for all else that it answers and for event handlers; undefined while there is none, and once it was
 * freed. A component that asks for it is rendered again at every change of the session. Throws without a provider. The
 * type of what the provider was given may be named, `useSession<Session>()`, for what not every session has.
 */
export function useSession<S extends SomeSession = AnySession<RegisteredPolicy>>(): S | undefined {
  const given = useContext(Giving);
  if (given === undefined) throw new Error("`useSession` is called outside of a `GrantletProvider`");
  const { session, subscribe } = given;
  const changes = useRef(0);
  const follow = useCallback(
    (tell: () => void) => {
      // What changed between the render and now nobody has told.
      changes.current += 1;
      return subscribe(() => {
        changes.current += 1;
        tell();
      });
    },
    [subscribe],
  );
  const count = (): number => changes.current;
  useSyncExternalStore(follow, count, count);
  return isOpen(session) ? (session as SomeSession as S) : undefined;
}

/** A session that was freed throws whatever it is asked, and what is rendered is not to break by that. */
function isOpen(session: AnySession | undefined): boolean {
  try {
    session?.can("");
    return true;
  } catch {
    return false;
  }
}

function useAnswer<T extends boolean | string>(ask: (session: AnySession | undefined) => T): T {
  const given = useContext(Giving);
  const answer = (): T => ask(given?.session);
  return useSyncExternalStore(given?.subscribe ?? unchanging, answer, answer);
}

function unchanging(): () => void {
  return unchanging;
}
