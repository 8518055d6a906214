// What a decision point works with: its options, with what they leave out.

import type { Policy } from "../policy.js";
import { KeptAnswers } from "./answer.js";
import type { Awaitable, Directory } from "./directory.js";
import { LIMITS } from "./limits.js";
import type { DecisionEntry } from "./log.js";
import type { DecisionPointLimits, DecisionPointOptions } from "./options.js";
import type { VersionedPolicy } from "./policies.js";
import { logging, telling } from "./told.js";

export interface Setting {
  /** The policy of the present. */
  present(): Awaitable<VersionedPolicy>;
  readonly directory: Directory | undefined;
  /** To evaluations that were asked by themselves. */
  readonly answers: KeptAnswers;
  readonly subjectTypes: readonly string[];
  readonly log: ((entry: DecisionEntry) => void) | undefined;
  /** It never throws. */
  readonly fault: (thrown: unknown) => void;
  readonly limits: DecisionPointLimits;
}

export function settingOf(options: DecisionPointOptions): Setting {
  return {
    present: presentOf(options.policy),
    directory: options.directory,
    answers: new KeptAnswers(options.directory),
    subjectTypes: options.subjectTypes ?? ["user"],
    log: logging(options.log, options.fault),
    fault: telling(options.fault),
    limits: { ...LIMITS, ...options.limits },
  };
}

function presentOf(policy: DecisionPointOptions["policy"]): () => Awaitable<VersionedPolicy> {
  if ("current" in policy) return () => policy.current();
  const versioned = "policy" in policy ? policy : { policy: policy as Policy };
  return () => versioned;
}
