import { cached, type DecisionPoint, d1Directory, decisionPoint, type Directory, type Policies } from "grantlet/authzen";
import type { Env } from "./env";
import { fault, log } from "./log";
import { policiesOf } from "./policies";

/** What decides, for the guard, for services and for pages alike. */
export interface Decider {
  readonly policies: Policies;
  readonly directory: Directory;
  readonly point: DecisionPoint;
}

/** One for each isolate, which keeps the policy of the present between requests. */
const deciders = new WeakMap<Env, Decider>();

export function deciderOf(env: Env): Decider {
  let decider = deciders.get(env);
  if (decider === undefined) deciders.set(env, (decider = made(env)));
  return decider;
}

function made(env: Env): Decider {
  const policies = policiesOf(env);
  const directory = cached(d1Directory(env.DIRECTORY, { timeout: 3_000, fault: (thrown) => fault("directory", thrown) }), {
    milliseconds: env.DIRECTORY_KEPT,
    most: 5_000,
  });
  const point = decisionPoint({ policy: policies, directory, log, fault: (thrown) => fault("decision", thrown) });
  return { policies, directory, point };
}
