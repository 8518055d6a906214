// What comes out: decisions, what is behind them, and what is said about documents.

/** May they? `conditional`: it depends on which record. */
export type Effect = "allow" | "conditional" | "deny";

/** Why an answer is what it is. */
export type Reason =
  | "granted"
  | "conditional"
  | "unknown-permission"
  | "suspended"
  | "unknown-scope"
  | "forbidden"
  | "entitlement"
  | "inactive"
  | "not-granted";

/** What becomes of a section of a page. */
export type SectionState = "enabled" | "disabled" | "locked" | "hidden";

/** One thing behind a decision: a grant that counted or would have, or an entitlement that is not active. */
export interface Because {
  /** Whether it allows or denies. */
  readonly effect: "allow" | "deny";
  /** `possible` where it depends on the record; absent for an entitlement. */
  readonly outcome?: "certain" | "possible";
  /**
   * How the subject has it; absent for an entitlement. Behind a change: what allows it or stands against it; absent for
   * what lies in the change itself.
   */
  readonly via?: "assignment" | "derived" | "grant" | "rule" | "constraint" | "role";
  /**
   * The place in the subject's `assignments` or `grants`, or in the policy's `derivedRoles`, `administration` or
   * `constraints`.
   */
  readonly index?: number;
  /** The role assigned or derived. */
  readonly role?: string;
  /** The roles from that one to the one that carries the grant. */
  readonly chain?: readonly string[];
  /** Where it was assigned, derived or granted; absent: the root. */
  readonly scope?: string;
  /**
   * The JSON pointer of the pattern: in the policy, or in the subject for a direct grant. For an entitlement, of the
   * `requires` that asks for it. Behind a change that of the rule, the constraint or what makes the role unavailable, in
   * the policy; else of the place in the change. `/administration`, without an `index`: no rule is about such a change.
   */
  readonly pointer: string;
  /** The entitlement that is not active. */
  readonly entitlement?: string;
  /** The status of the assignment or direct grant, where it is not `active`. */
  readonly status?: "invited" | "suspended";
  /** When the assignment or direct grant begins to count, in milliseconds. */
  readonly from?: number;
  /** When it ends to count, in milliseconds. */
  readonly until?: number;
  /** The part of the change that is allowed or refused. */
  readonly part?: ChangePart;
  /** What a refused part lacks of the rule that came closest. */
  readonly lacks?: readonly Lack[];
}

/** A part of a change. */
export type ChangePart = "revoke" | "assign" | "ungrant" | "grant";

/**
 * A key of a rule that does not hold for a change. `self`: nobody widens their own rights but by a `self` rule;
 * `revoke`: the assign replaces what is there, and no rule allows to revoke that.
 */
export type Lack =
  | "by"
  | "self"
  | "statuses"
  | "targetStatus"
  | "revoke"
  | "targetLacks"
  | "vacant"
  | "targetHolds"
  | "when"
  | "noEscalation";

/** Why a change is allowed or not. */
export type ChangeReason =
  | "suspended"
  | "unknown-scope"
  | "role-unavailable"
  | "unknown-permission"
  | "not-held"
  | "not-administrator"
  | "constraint"
  | "granted";

/** The decision on a change. */
export interface ChangeDecision {
  /** Whether the change may be made. */
  readonly allowed: boolean;
  /** Why, or why not: the first that holds, in the order of section 8 of the model. */
  readonly reason: ChangeReason;
  /** The id of the constraint that the change would break. */
  readonly constraint?: string;
  /**
   * The rules that allow the parts, or what stands against the change: for a part that no rule allows the one that came
   * closest and what it lacked.
   */
  readonly because: readonly Because[];
}

/** An answer with its reason. */
export interface Decision {
  /** What the answer is. */
  readonly effect: Effect;
  /** Why: the first that holds, in the order of section 6 of the model. */
  readonly reason: Reason;
  /** The earliest later instant, in milliseconds, at which an answer of the session can turn. */
  readonly until?: number;
  /** The grants that decided it, or what an entitlement or a status stands against. */
  readonly because: readonly Because[];
}

/** One thing said about one place of a document. */
export interface Diagnostic {
  /** Stable name for programs, in kebab-case. */
  readonly code: string;
  /** An error refuses the document; a warning does not. */
  readonly severity: "error" | "warning";
  /** JSON pointer of the place; empty for the whole document. */
  readonly pointer: string;
  /** What is wrong, with the document's own words in backticks. */
  readonly message: string;
  /** What to do about it, where that can be said. */
  readonly help?: string;
}
