import { kvPolicies, type Policies } from "grantlet/authzen";
import type { Env } from "./env";
import { fault } from "./log";
import { versionsOf } from "./versions";

/** The published policies. */
export function policiesOf(env: Env): Policies {
  return kvPolicies(env.POLICIES, {
    newest: () => versionsOf(env).newest(),
    fault: (thrown) => fault("policy", thrown),
  });
}
