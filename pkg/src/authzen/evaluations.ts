// Several evaluations in one request.

import { type About, decide } from "./decide.js";
import type { EvaluationResult } from "./options.js";
import { attributes, evaluation, type Members, object, place } from "./read.js";
import { Refusal } from "./refusal.js";
import type { Setting } from "./setting.js";

/** After which answer the rest is left unanswered; undefined: none. */
const ENDS = new Map<unknown, boolean | undefined>([
  ["execute_all", undefined],
  ["deny_on_first_deny", false],
  ["permit_on_first_permit", true],
]);

/** What a request for several decisions is answered with. One without a list of them is a request for one. */
export async function evaluations(setting: Setting, body: Members, about: About): Promise<object> {
  const list = body["evaluations"];
  if (list !== undefined && !Array.isArray(list)) throw new Refusal("`/evaluations` must be a list");
  const end = endOf(body["options"]);
  if (list === undefined || list.length === 0) return decide(setting, evaluation(body), about);
  const most = setting.limits.evaluations;
  if (list.length > most) throw new Refusal(`\`/evaluations\` has ${list.length} members, more than ${most}`);
  for (const key of ["subject", "action", "resource", "context"]) attributes(body[key], `/${key}`);
  const results = list.map((one: unknown, index) => () => decided(setting, one, index, body, about));
  if (end === undefined) return { evaluations: await Promise.all(results.map((result) => result())) };
  const answered: EvaluationResult[] = [];
  for (const result of results) {
    const answer = await result();
    answered.push(answer);
    if (answer.decision === end) break;
  }
  return { evaluations: answered };
}

/** One of them. What is wrong with it alone denies it, and the others are answered. */
async function decided(setting: Setting, given: unknown, index: number, body: Members, about: About): Promise<EvaluationResult> {
  const at = `/evaluations/${index}`;
  try {
    return await decide(setting, evaluation(object(given, at), body, at), about);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { decision: false, context: { error: { status: thrown.status, message: thrown.message } } };
  }
}

function endOf(given: unknown): boolean | undefined {
  const semantic = attributes(given, "/options")?.["evaluations_semantic"] ?? "execute_all";
  if (!ENDS.has(semantic)) throw new Refusal(`${place("/options/evaluations_semantic")} must be one of ${[...ENDS.keys()].join(", ")}`);
  return ENDS.get(semantic);
}
