import type { Evaluation, EvaluationResult } from "grantlet/authzen";
import { deciderOf } from "./decider";
import type { Env } from "./env";
import { fault } from "./log";
import { Refusal, unavailable } from "./refusal";
import { match, type Match } from "./routes";
import { sessionOf } from "./session";
import { forward } from "./upstream";

/** Lets a request through to the API if the table has it and the policy allows it to whoever asks. */
export async function guard(request: Request, env: Env): Promise<Response> {
  const url = new URL(request.url);
  const found = match(request.method, url.pathname);
  if ("methods" in found) throw missing(found.methods);
  const { subject } = await sessionOf(request, env);
  const { decision, context } = await decided(questionOf(subject, found), request, env);
  const version: Record<string, string> = context.policyVersion === undefined ? {} : { "policy-version": context.policyVersion };
  if (!decision) throw new Refusal(403, context.reason ?? "denied", version);
  return forward(request, env, url, subject, version);
}

function questionOf(subject: string, { route, parameters }: Match): Evaluation {
  const { permission, id, workspace } = route;
  const colon = permission.indexOf(":");
  return {
    subject: { type: "user", id: subject },
    action: { name: permission.slice(colon + 1) },
    resource: {
      type: permission.slice(0, colon),
      // What has no id yet is called by none that a parameter could be.
      id: id === undefined ? "*" : (parameters[id] ?? ""),
      ...(workspace !== undefined && { properties: { scope: `workspace:${parameters[workspace]}` } }),
    },
  };
}

async function decided(question: Evaluation, request: Request, env: Env): Promise<EvaluationResult> {
  try {
    const requestId = request.headers.get("x-request-id");
    return await deciderOf(env).point.evaluate(question, requestId === null ? {} : { requestId });
  } catch (thrown) {
    fault("decision", thrown);
    throw unavailable("decision-unavailable");
  }
}

function missing(methods: readonly string[]): Refusal {
  return methods.length === 0 ? new Refusal(404, "not-found") : new Refusal(405, "wrong-method", { allow: methods.join(", ") });
}
