// What the bindings of frameworks ask: any session, be it live or a snapshot's, and never an allow because something
// failed, is not there yet or was freed.

import type { Decision, Reason, SectionState } from "./answers.js";
import type { Request } from "./documents.js";
import type { PermissionName, PolicyNames, SectionName } from "./names.js";

/** A `Session` of `grantlet`, a `SnapshotSession` of `grantlet/client`, or whatever answers as they do. */
export interface AnySession<P extends PolicyNames = any> {
  /** Whether the subject may. */
  can(permission: PermissionName<P>, request?: Request): boolean;
  /** The answer with its reason; `expired` is that of a snapshot whose time is over. */
  decide(permission: PermissionName<P>, request?: Request): Omit<Decision, "reason"> & { readonly reason: Reason | "expired" };
  /** What becomes of a section. */
  section(name: SectionName<P>, request?: Request): SectionState;
  /** What becomes of every section. */
  sections(request?: Request): Record<SectionName<P>, SectionState>;
  /** Has the listener called whenever answers may have changed, and `freed` when there are none any more. */
  subscribe(listener: () => void, freed?: () => void): () => void;
}

/** The session of whatever policy: names are checked where they are asked. */
export interface SomeSession {
  /** Whether the subject may. */
  can(permission: never, request?: Request): boolean;
  /** The answer with its reason. */
  decide(permission: never, request?: Request): ReturnType<AnySession["decide"]>;
  /** What becomes of a section. */
  section(name: never, request?: Request): SectionState;
  /** What becomes of every section. */
  sections(request?: Request): Record<never, SectionState>;
  /** Has the listener called as `AnySession` does. */
  subscribe(listener: () => void, freed?: () => void): () => void;
}

/** Whether they may; not where there is no session, or where it or the record throws. */
export function may(session: AnySession | undefined, permission: string, request?: Request): boolean {
  try {
    return session?.can(permission, request) === true;
  } catch {
    return false;
  }
}

/** What becomes of a section; hidden where there is no session, or where it or the record throws. */
export function stateOf(session: AnySession | undefined, name: string, request?: Request): SectionState {
  try {
    return session?.section(name, request) ?? "hidden";
  } catch {
    return "hidden";
  }
}

/** Has the listener called on every change and when the session is freed. Returns what ends that. */
export function listen(session: AnySession | undefined, listener: () => void): () => void {
  try {
    return session?.subscribe(listener, listener) ?? nothing;
  } catch {
    return nothing;
  }
}

function nothing(): void {}
