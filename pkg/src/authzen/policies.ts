// The policy that answers, and which one it is.

import type { Policy } from "../policy.js";
import type { Awaitable } from "./directory.js";

/** A policy with the version that answers name. */
export interface VersionedPolicy {
  /** The policy. */
  readonly policy: Policy;
  /** Which one it is; each answer names it. */
  readonly version?: string;
  /**
   * The variables whose values may stand in a log of decisions, as conditions write them: `subject.region`,
   * `resource.status`, `action.soft`, `context.ip`. None where absent.
   */
  readonly loggable?: readonly string[];
}

/** Where the policy comes from, for a decision point that takes a newer one over while it answers. */
export interface Policies {
  /**
   * The policy of the present. It is asked once for each request, whose answers all come from it. Throws where there is
   * none that can be trusted: then nothing is allowed.
   */
  current(): Awaitable<VersionedPolicy>;
}
