// Several evaluations in one request.

import type { Answer } from "./answer.js";
import { type About, decide } from "./decide.js";
import type { Awaitable } from "./directory.js";
import { isLater } from "./later.js";
import { attributes, evaluation, type Members, object, place } from "./read.js";
import { Refusal } from "./refusal.js";
import type { Setting } from "./setting.js";
import { errorText } from "./written.js";

/** One answer of several. */
type Written = Pick<Answer, "decision" | "text">;

/** After which answer the rest is left unanswered; undefined: none. */
const ENDS = new Map<unknown, boolean | undefined>([
  ["execute_all", undefined],
  ["deny_on_first_deny", false],
  ["permit_on_first_permit", true],
]);

/** What a request for several decisions is answered with. One without a list of them is a request for one. */
export async function evaluations(setting: Setting, body: Members, about: About): Promise<string> {
  const list = body["evaluations"];
  if (list !== undefined && !Array.isArray(list)) throw new Refusal("`/evaluations` must be a list");
  const end = endOf(body["options"]);
  if (list === undefined || list.length === 0) return (await decide(setting, evaluation(body), about)).text;
  const most = setting.limits.evaluations;
  if (list.length > most) throw new Refusal(`\`/evaluations\` has ${list.length} members, more than ${most}`);
  for (const key of ["subject", "action", "resource", "context"]) attributes(body[key], `/${key}`);
  const one = (given: unknown, index: number): Awaitable<Written> => decided(setting, given, index, body, about);
  if (end === undefined) return all(await Promise.all(list.map(one)));
  const answered: Written[] = [];
  for (const [index, given] of list.entries()) {
    const answer = await one(given, index);
    answered.push(answer);
    if (answer.decision === end) break;
  }
  return all(answered);
}

const all = (answers: readonly Written[]): string => `{"evaluations":[${answers.map(({ text }) => text).join(",")}]}`;

/** One of them. What is wrong with it alone denies it, and the others are answered. */
function decided(
  setting: Setting,
  given: unknown,
  index: number,
  body: Members,
  about: About,
): Awaitable<Written> {
  const at = `/evaluations/${index}`;
  try {
    const answer = decide(setting, evaluation(object(given, at), body, at), about);
    return isLater(answer) ? answer.catch(refused) : answer;
  } catch (thrown) {
    // Others of the list may be under way: a fault of this one must not be thrown past them.
    return thrown instanceof Refusal ? refused(thrown) : Promise.reject(thrown);
  }
}

function refused(thrown: unknown): Written {
  if (!(thrown instanceof Refusal)) throw thrown;
  return { decision: false, text: errorText({ status: thrown.status, message: thrown.message }) };
}

function endOf(given: unknown): boolean | undefined {
  const { evaluations_semantic: semantic = "execute_all" }: Members = attributes(given, "/options") ?? {};
  if (!ENDS.has(semantic)) throw new Refusal(`${place("/options/evaluations_semantic")} must be one of ${[...ENDS.keys()].join(", ")}`);
  return ENDS.get(semantic);
}
