// Which actions somebody may on a resource.

import { ask, askerOf, reasonOf } from "../ask.js";
import { currentOf } from "../current.js";
import type { About } from "../decide.js";
import { placeOf } from "../facts.js";
import { attributes, type Members, resource, subject } from "../read.js";
import type { Setting } from "../setting.js";
import { look } from "./look.js";
import { pageOf } from "./page.js";
import { type Searched, searched } from "./searched.js";

/** Answers a search for actions, in the policy's order. */
export async function searchActions(setting: Setting, body: Members, about: About): Promise<object> {
  const who = subject(body["subject"]);
  const what = resource(body["resource"]);
  const said = attributes(body["context"], "/context");
  const page = await pageOf(body, about.endpoint, [who, what, said]);
  const question: Searched = { subject: who, resource: what };
  return searched(setting, about, question, page, async () => {
    const { policy } = about.versioned;
    const finding = setting.directory?.resource(what.type, what.id);
    const place = placeOf(await finding, what);
    const asker = await askerOf(setting, who, said, [place.scope]);
    if (asker === undefined) return { results: [], next: undefined };
    const names = currentOf(policy).actions(what.type);
    const may = (name: string): boolean =>
      ask(policy, asker, (session) => reasonOf(session, `${what.type}:${name}`, { name }, place)) === "granted";
    return look(page, setting.limits, numbered(names), async (batch) => batch.map((name) => (may(name) ? { name } : undefined)));
  });
}

/** A list as a directory would give it. */
function numbered<T>(list: readonly T[]): (question: { after?: string; limit: number }) => { found: readonly T[]; next?: string } {
  return ({ after, limit }) => {
    const start = after === undefined ? 0 : Number(after);
    const found = list.slice(start, start + limit);
    return { found, ...(start + limit < list.length && { next: String(start + limit) }) };
  };
}
