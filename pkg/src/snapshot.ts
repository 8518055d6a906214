// One subject's answers as plain data, for pages that are handed them and have no evaluator.

import type { Reason, SectionState } from "./answers.js";
import type { PermissionName, PolicyNames, SectionName } from "./names.js";

/** The answers at one scope, without a record: a digit each. */
export interface SnapshotAnswers {
  /** For each permission the place of its reason in `REASONS`. */
  readonly reasons: string;
  /** For each section the place of its state in `STATES`. */
  readonly states: string;
}

/** What `session.snapshot()` gives: JSON holds all of it. */
export interface Snapshot<P extends PolicyNames = any> {
  /** The version of the form. */
  readonly grantlet: 1;
  /** The instant, in milliseconds, from which the answers hold no more; null where none is ahead. */
  readonly validUntil: number | null;
  /** The policy's permissions, in its order. */
  readonly permissions: readonly PermissionName<P>[];
  /** The policy's sections, in its order. */
  readonly sections: readonly SectionName<P>[];
  /** At the root. */
  readonly root: SnapshotAnswers;
  /** By scope. */
  readonly scopes: Readonly<Record<string, SnapshotAnswers>>;
}

/** What a snapshot is taken of. */
export interface SnapshotOptions {
  /** The scopes that are wanted beside the root, such as `workspace:sales`. */
  readonly scopes?: readonly string[];
}

/** By their digit, which is the row of the reason in section 6 of the model less one. */
export const REASONS: readonly Reason[] = [
  "unknown-permission",
  "suspended",
  "unknown-scope",
  "forbidden",
  "granted",
  "conditional",
  "entitlement",
  "inactive",
  "not-granted",
];

/** By their digit, as the module numbers them. */
export const STATES: readonly SectionState[] = ["hidden", "enabled", "disabled", "locked"];
