// The session of a part of a React tree, there already or on its way.

import { createContext, createElement, type ReactNode, useMemo } from "react";
import { type AnySession, listen, type SomeSession } from "../answering.js";
import { useArrival } from "./arrival.js";

/** What a provider gives to all that is in it. */
export interface Given {
  /** Absent: everything is denied. */
  readonly session: AnySession | undefined;
  /** The same function for as long as the session is the same, or React would subscribe anew at every render. */
  readonly subscribe: (listener: () => void) => () => void;
}

export const Giving = createContext<Given | undefined>(undefined);

/** A session, or none. */
type Source = SomeSession | null | undefined;

/** What a provider is given. */
export interface GrantletProviderProps {
  /**
   * Who is asked; without one everything is denied. A promise has to be the same one at every render, as for React's
   * `use`: made outside of components, or kept in a state.
   */
  session: Source | PromiseLike<Source>;
  /**
   * Shown instead of the children while there is no session. Without a fallback a promise suspends, so that the
   * `Suspense` above shows its own; and where the session is undefined, the children are shown, and denied everything.
   */
  fallback?: ReactNode;
  /** What asks the session. */
  children?: ReactNode;
}

/**
 * Gives a session to the hooks and components in it; the nearest provider counts. What a promise is rejected with is
 * thrown, for the nearest error boundary.
 */
export function GrantletProvider({ session: source, fallback, children }: GrantletProviderProps): ReactNode {
  const promise = isPromise(source) ? source : undefined;
  const arrival = useArrival(promise);
  const { outcome } = arrival ?? { outcome: { session: source as Source } };
  const session = outcome !== undefined && "session" in outcome ? checked(outcome.session) : undefined;
  const given = useMemo(() => ({ session, subscribe: (listener: () => void) => listen(session, listener) }), [session]);
  if (outcome !== undefined && "failure" in outcome) throw outcome.failure;
  if (session === undefined && fallback !== undefined) return fallback;
  if (arrival !== undefined && outcome === undefined) throw arrival.over;
  return createElement(Giving.Provider, { value: given }, children);
}

function isPromise(source: GrantletProviderProps["session"]): source is PromiseLike<Source> {
  return typeof (source as Partial<PromiseLike<Source>> | null | undefined)?.then === "function";
}

/** A policy or a snapshot in the place of a session would deny everything without a word. */
function checked(session: AnySession | null | undefined): AnySession | undefined {
  if (session !== undefined && session !== null && typeof session.can !== "function") {
    throw new TypeError("the `session` of a `GrantletProvider` is a session, a promise of one or undefined");
  }
  return session ?? undefined;
}
