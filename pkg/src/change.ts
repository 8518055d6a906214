// A change of somebody's roles or direct grants, as it is asked about.

import type { Assignment, Context, DirectGrant, PolicyDocument, Subject } from "./documents.js";
import type { PolicyNames, RoleName } from "./names.js";

/** A change of roles, of direct grants, or of both, by one subject on another or on themselves. */
export interface Change<P extends PolicyNames = PolicyDocument> {
  /** Who changes. */
  readonly actor: Subject;
  /** Whose rights: the same document as `actor` where it is the same subject. */
  readonly target: Subject;
  /** The role that is taken away, exactly at that scope. */
  readonly revoke?: { readonly role: RoleName<P> } & Pick<Assignment, "scope">;
  /** The role that is given, in place of the target's assignment of it at that scope. */
  readonly assign?: { readonly role: RoleName<P> } & Omit<Assignment, "role" | "meta">;
  /** The direct grants that are taken away: those of exactly these permissions, exactly at that scope. */
  readonly ungrant?: Pick<DirectGrant, "permissions" | "scope">;
  /** The direct grant that is given. */
  readonly grant?: Omit<DirectGrant, "meta">;
  /** The circumstances. */
  readonly context?: Context;
  /** Everybody: what `vacant`, `minimum` and `maximum` look at, and deny without. */
  readonly directory?: readonly Subject[];
}
