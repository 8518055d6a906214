import { kvPolicies, type Policies } from "grantlet/authzen";
import type { Env } from "./env";
import { fault } from "./log";

/**
 * The published policies. KV tells of a new one within a minute; a request that finds that nobody has asked for a while
 * waits for the answer, and is not answered by a policy of before.
 */
export function policiesOf(env: Env): Policies {
  return kvPolicies(env.POLICIES, {
    refresh: env.POLICY_REFRESH,
    maxStale: env.POLICY_MAX_STALE,
    onRefused: (thrown) => fault("policy", thrown),
  });
}
