// Which actions somebody may on a resource.

import { ask, found, requestOf } from "../ask.js";
import { currentOf } from "../current.js";
import type { About } from "../decide.js";
import { attributes, type Members, resource, subject } from "../read.js";
import type { Setting } from "../setting.js";
import { pageOf, type Start } from "./page.js";
import { searched } from "./searched.js";

/** Answers a search for actions, in the policy's order. */
export async function searchActions(setting: Setting, body: Members, about: About): Promise<object> {
  const who = subject(body["subject"]);
  const what = resource(body["resource"]);
  const said = attributes(body["context"], "/context");
  const page = await pageOf(body, about, [who, what, said]);
  return searched(setting, about, { subject: who, resource: what }, page, async () => {
    const { policy } = about.versioned;
    const { asker, place } = await found(setting, who, what, said, (asker, place) => ({ asker, place }));
    if (asker === undefined) return { results: [], next: undefined };
    const names = currentOf(policy).actions(what.type);
    const allowed = ask(policy, asker, (session) =>
      names.filter((name) => session.can(`${what.type}:${name}`, requestOf({ name }, place))),
    );
    const { passed } = page.start;
    const end = passed + Math.min(page.limit ?? setting.limits.results, setting.limits.results);
    const next: Start | undefined = end < allowed.length ? { passed: end } : undefined;
    return { results: allowed.slice(passed, end).map((name) => ({ name })), next };
  });
}
