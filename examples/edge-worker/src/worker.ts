import { authzen } from "./authzen";
import type { Env } from "./env";
import { guard } from "./guard";
import { fault } from "./log";
import { publish } from "./publish";
import { Refusal, unavailable } from "./refusal";
import { snapshot } from "./snapshot";

export { PolicyVersions } from "./versions";

/** Who answers which path. Whatever is not a path of this Worker's own is the API's, and guarded. */
function answer(request: Request, env: Env): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/access/v1/") || pathname === "/.well-known/authzen-configuration") return authzen(request, env);
  if (pathname === "/session/snapshot") return snapshot(request, env);
  if (pathname === "/policies") return publish(request, env);
  return guard(request, env);
}

async function answered(request: Request, env: Env): Promise<Response> {
  try {
    return await answer(request, env);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.response();
    // Whatever went wrong, nothing is allowed by it.
    fault("worker", thrown);
    return unavailable("unavailable").response();
  }
}

export default {
  fetch(request, env, context) {
    const response = answered(request, env);
    // Others may wait for what this request has asked of KV and D1: it is finished even if its caller hangs up.
    context.waitUntil(response);
    return response;
  },
} satisfies ExportedHandler<Env>;
