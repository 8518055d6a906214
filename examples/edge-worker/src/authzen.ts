import { deciderOf } from "./decider";
import type { Env } from "./env";
import { requireToken } from "./token";

/** The AuthZEN Authorization API, for services that have a token. */
export async function authzen(request: Request, env: Env): Promise<Response> {
  requireToken(request, env.SERVICE_TOKEN);
  return deciderOf(env).point.fetch(request);
}
