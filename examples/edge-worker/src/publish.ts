import { MOST, textOf } from "./body";
import type { Env } from "./env";
import { Refusal } from "./refusal";
import { requireToken } from "./token";
import { versionsOf } from "./versions";

/**
 * Publishes the policy that is the body, as JSON. `?loggable=resource.status,context.ip` lists the variables whose values
 * may stand in the log. What is wrong with the policy is answered, and nothing is published then.
 */
export async function publish(request: Request, env: Env): Promise<Response> {
  if (request.method !== "POST") throw new Refusal(405, "wrong-method", { allow: "POST" });
  requireToken(request, env.PUBLISHER_TOKEN);
  const text = await textOf(request, MOST.policy);
  const loggable = new URL(request.url).searchParams.get("loggable")?.split(",") ?? [];
  const wrong = loggable.find((name) => !VARIABLE.test(name));
  if (wrong !== undefined) throw new Refusal(422, "no-such-variable");
  const published = await versionsOf(env).publish(text, loggable);
  return Response.json(published, { status: "version" in published ? 201 : 422, headers: { "cache-control": "no-store" } });
}

const VARIABLE = /^(subject|resource|action|context)(\.[\w-]+)+$/;
