import type { Subject } from "grantlet/authzen";
import { deciderOf } from "./decider";
import type { Env } from "./env";
import { Refusal } from "./refusal";
import { sessionOf } from "./session";

/**
 * What a page may show to whoever is signed in, for `openSnapshot` of `grantlet/client`. It is a courtesy of the page:
 * the guard asks the policy again, whatever the page showed.
 */
export async function snapshot(request: Request, env: Env): Promise<Response> {
  if (request.method !== "GET") throw new Refusal(405, "wrong-method", { allow: "GET" });
  const { subject: id } = await sessionOf(request, env);
  const { policies, directory } = deciderOf(env);
  const { policy, version } = await policies.current();
  const since = performance.now();
  const subject = await directory.subject(id);
  if (subject === undefined) throw new Refusal(403, "unknown-subject");
  const scopes = scopesOf(subject);
  const context = await directory.context({ scopes }, since);
  const session = policy.session(subject, context);
  try {
    const headers = { "cache-control": "private, no-store", ...(version !== undefined && { "policy-version": version }) };
    return Response.json(session.snapshot({ scopes }), { headers });
  } finally {
    session.free();
  }
}

/** The scopes at which somebody has been given something: those that their page has to do with. */
function scopesOf({ assignments = [], grants = [] }: Subject): string[] {
  const scopes = [...assignments, ...grants].map(({ scope }) => scope);
  return [...new Set(scopes.filter((scope) => scope !== undefined))];
}
