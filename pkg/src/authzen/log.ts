// What is told of each decision, for a log.

import type { Json } from "../documents.js";

/** One decision or one search. JSON holds all of it. */
export interface DecisionEntry {
  /** When it was made, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  /** What was asked. */
  readonly endpoint: "evaluation" | "evaluations" | "search/subject" | "search/resource" | "search/action";
  /** The caller's `X-Request-ID`. */
  readonly requestId?: string;
  /** Who; without an id in a search for subjects. */
  readonly subject: LoggedEntity;
  /** What; absent in a search for actions. */
  readonly action?: string;
  /** On what; without an id in a search for resources. */
  readonly resource: LoggedEntity;
  /** The scope at which it was decided; absent: the root, or a search over several. */
  readonly scope?: string;
  /** The answer; absent for a search. */
  readonly decision?: boolean;
  /** Why, as in the response; absent for a search. */
  readonly reason?: string;
  /** How many entities a search gave. */
  readonly results?: number;
  /** The version of the policy. */
  readonly policyVersion?: string;
  /** The values of the variables that the policy's version lists as loggable, where they are known. */
  readonly attributes?: Readonly<Record<string, Json>>;
  /** How long it took, in milliseconds. */
  readonly duration: number;
}

/** A subject or a resource as the log names it. */
export interface LoggedEntity {
  /** Of what kind it is. */
  readonly type: string;
  /** Which one; absent where it was searched for. */
  readonly id?: string;
}
