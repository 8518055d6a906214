// Who may.

import { requestOf } from "../ask.js";
import { currentOf } from "../current.js";
import type { About } from "../decide.js";
import type { Subject } from "../../documents.js";
import { Around, chainOf, contextOf, resourceOf, withAttributes, withProperties } from "../facts.js";
import { action, attributes, type Members, resource, sought } from "../read.js";
import { isPolicyError } from "../refusal.js";
import type { Setting } from "../setting.js";
import { look } from "./look.js";
import { pageOf } from "./page.js";
import { searched } from "./searched.js";

/**
 * Answers a search for subjects: those of the directory whom the policy gives the permission there. Only those are
 * looked at who have been given something that can.
 */
export async function searchSubjects(setting: Setting, body: Members, about: About): Promise<object> {
  const who = sought(body["subject"], "/subject");
  const how = action(body["action"]);
  const what = resource(body["resource"]);
  const said = attributes(body["context"], "/context");
  const page = await pageOf(body, about, [who, how, what, said]);
  const question = { subject: { type: who.type }, action: how.name, resource: what };
  return searched(setting, about, question, page, async () => {
    const { directory, limits, subjectTypes } = setting;
    const { policy } = about.versioned;
    const current = currentOf(policy);
    if (directory === undefined || !subjectTypes.includes(who.type) || !current.actions(what.type).includes(how.name)) {
      return { results: [], next: undefined };
    }
    const permission = `${what.type}:${how.name}`;
    const since = performance.now();
    const place = await resourceOf(directory, what);
    const around = await contextOf(directory, new Around([], [place.scope]), since);
    const tools = await current.tools();
    const { everyone, roles, below } = tools.candidates(permission);
    const given = everyone ? {} : { roles, below };
    const scopes = chainOf(place.scope, around);

    const judged = async (batch: readonly Subject[]): Promise<(object | undefined)[]> => {
      const subjects = batch.map((subject) => withProperties(subject, who.properties));
      // What somebody was given at the scope that is asked about, or above it, needs no other scopes.
      const known = below.length > 0 ? await contextOf(directory, new Around(subjects, [place.scope])) : around;
      const context = withAttributes(known, said);
      const request = requestOf(how, place);
      const may = whoMay(setting, (some) => tools.who(permission, some, context, request).allow, subjects);
      return subjects.map(({ id }) => (may.has(id) ? { type: who.type, id } : undefined));
    };
    return look(page, limits, (asked) => directory.subjects({ ...given, ...asked, scopes }), judged);
  });
}

/** The ids of those who may. One of whom the directory has no sound facts is left out, and told as a fault. */
function whoMay({ fault }: Pick<Setting, "fault">, ask: (some: readonly Subject[]) => readonly string[], subjects: readonly Subject[]): Set<string> {
  try {
    return new Set(ask(subjects));
  } catch (thrown) {
    if (!isPolicyError(thrown)) throw thrown;
    // What is wrong without any of them is the context's, and a fault of the whole search.
    ask([]);
    if (subjects.length > 1) return new Set(subjects.flatMap((subject) => [...whoMay({ fault }, ask, [subject])]));
    fault(thrown);
    return new Set();
  }
}
