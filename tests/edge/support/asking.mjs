// A decision point in process, and short ways of asking it.

import { loadPolicy } from "grantlet";
import { decisionPoint, memoryDirectory } from "grantlet/authzen";

export const BASE = "https://pdp.example.com";
export const PATHS = {
  evaluation: "/access/v1/evaluation",
  evaluations: "/access/v1/evaluations",
  subject: "/access/v1/search/subject",
  resource: "/access/v1/search/resource",
  action: "/access/v1/search/action",
};

/** A decision point of a policy document and a directory file; `directory` may be one that answers itself. */
export async function pointOf(document, directory, options = {}) {
  const policy = await loadPolicy(document);
  const known = directory === undefined || "subject" in directory ? directory : memoryDirectory(directory);
  return decisionPoint({ policy, ...(known && { directory: known }), ...options });
}

/** Sends a body to an endpoint; a string goes as it is. */
export function ask(point, endpoint, question, headers = {}) {
  const body = typeof question === "string" || question instanceof Uint8Array ? question : JSON.stringify(question);
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
  return point.fetch(new Request(`${BASE}${PATHS[endpoint] ?? endpoint}`, init));
}

/** The JSON that is answered. */
export async function answer(point, endpoint, question, headers) {
  const response = await ask(point, endpoint, question, headers);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** The reason of one decision. */
export async function reason(point, question) {
  const { decision, context } = await answer(point, "evaluation", question);
  if (decision !== (context.reason === "granted")) throw new Error(JSON.stringify({ decision, context }));
  return context.reason;
}

/** What is searched for, page by page, as the names of what was found on each. */
export async function pages(point, endpoint, question, limit) {
  const found = [];
  let page = limit === undefined ? undefined : { limit };
  for (let count = 0; count < 10_000; count += 1) {
    const { results, page: said } = await answer(point, endpoint, { ...question, ...(page && { page }) });
    found.push(results.map(({ id, name }) => id ?? name));
    if (said === undefined || said.next_token === "") return found;
    page = { token: said.next_token, ...(limit !== undefined && { limit }) };
  }
  throw new Error("the pages do not end");
}
