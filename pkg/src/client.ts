// A session of a page that was handed a snapshot: it looks answers up, and has no evaluator and no WebAssembly.
//
// It answers what was asked when the snapshot was taken. What it was not told it denies: another scope, whatever depends
// on a record or on an action's attributes, and everything once the snapshot's time is over.

import { Alarm } from "./alarm.js";
import type { Decision, Effect, Reason, SectionState } from "./answers.js";
import type { Request } from "./documents.js";
import type { PermissionName, PolicyNames, SectionName } from "./names.js";
import { REASONS, type Snapshot, type SnapshotAnswers, STATES } from "./snapshot.js";

export type { Effect, Reason, SectionState } from "./answers.js";
export type { PolicyDocument, Request } from "./documents.js";
export type * from "./names.js";
export type { Snapshot, SnapshotAnswers, SnapshotOptions } from "./snapshot.js";

/** An answer of a snapshot. What is behind it stays where the policy is. */
export interface SnapshotDecision extends Omit<Decision, "reason" | "because"> {
  /** `expired`: the snapshot's time is over. */
  readonly reason: Reason | "expired";
  /** Nothing: what is behind an answer is the policy's. */
  readonly because: readonly [];
}

/** A snapshot that answers, as a session does. */
export interface SnapshotSession<P extends PolicyNames = any> {
  /** Whether the subject may, whatever the record. */
  can(permission: PermissionName<P>, request?: Request): boolean;
  /** The answer with its reason. With a request for an action it is `conditional` where it would be allow. */
  decide(permission: PermissionName<P>, request?: Request): SnapshotDecision;
  /** What becomes of a section; hidden where a record or an action is given, which a snapshot cannot judge. */
  section(name: SectionName<P>, request?: Request): SectionState;
  /** What becomes of every section. */
  sections(request?: Request): Record<SectionName<P>, SectionState>;
  /** Has the listener called when the snapshot's time is over. Returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * Opens what `session.snapshot()` gave, as it was or after a way through JSON. Throws a `TypeError` for what is no
 * snapshot.
 */
export function openSnapshot<P extends PolicyNames = any>(snapshot: Snapshot<P>): SnapshotSession<P> {
  const { grantlet, permissions, root, scopes, sections, validUntil } = snapshot;
  if (grantlet !== 1 || (typeof validUntil !== "number" && validUntil !== null)) {
    throw new TypeError("this is no snapshot of version 1: hand over what `session.snapshot()` gave, as it is");
  }
  const until = validUntil ?? Infinity;
  const numbers = new Map<string, number>(permissions.map((name, number) => [name, number]));
  const isOver = (): boolean => !(Date.now() < until);
  const at = ({ scope }: Request): SnapshotAnswers | undefined =>
    scope === undefined ? root : Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;

  const reason = (name: string, request: Request): SnapshotDecision["reason"] => {
    if (isOver()) return "expired";
    const number = numbers.get(name);
    if (number === undefined) return "unknown-permission";
    const answers = at(request);
    if (answers === undefined) return "unknown-scope";
    const reason = REASONS[Number(answers.reasons[number])] ?? "unknown-permission";
    // Whether an action's attributes turn an allow is the evaluator's to say.
    return reason === "granted" && request.action !== undefined ? "conditional" : reason;
  };

  const state = (number: number, request: Request): SectionState => {
    if (isOver() || request.resource !== undefined || request.action !== undefined) return "hidden";
    return STATES[Number(at(request)?.states[number])] ?? "hidden";
  };

  const alarm = new Alarm(() => (isOver() ? Infinity : until));

  return {
    can: (name, request = {}) => reason(name, request) === "granted",
    decide: (name, request = {}) => {
      const why = reason(name, request);
      const effect: Effect = why === "granted" ? "allow" : why === "conditional" ? why : "deny";
      return { effect, reason: why, ...(until < Infinity && { until }), because: [] };
    },
    section: (name, request = {}) => state(sections.indexOf(name), request),
    sections: (request = {}) =>
      Object.fromEntries(sections.map((name, number) => [name, state(number, request)])) as Record<
        SectionName<P>,
        SectionState
      >,
    subscribe: (listener) => alarm.add(listener),
  };
}
