// On what somebody may.

import type { DirectoryResource } from "../../documents.js";
import { ask, askerOf, contextAround, requestOf } from "../ask.js";
import { currentOf } from "../current.js";
import type { About } from "../decide.js";
import { placeOf } from "../facts.js";
import { action, attributes, type Members, sought, subject } from "../read.js";
import type { Residual } from "../../tools/residual.js";
import type { Setting } from "../setting.js";
import { look } from "./look.js";
import { pageOf } from "./page.js";
import { searched } from "./searched.js";

/**
 * Answers a search for resources: those of the directory for which the policy gives the permission. The directory is
 * told what is left of the conditions, so that it need not give what cannot be an answer.
 */
export async function searchResources(setting: Setting, body: Members, about: About): Promise<object> {
  const who = subject(body["subject"]);
  const how = action(body["action"]);
  const what = sought(body["resource"], "/resource");
  const said = attributes(body["context"], "/context");
  const page = await pageOf(body, about, [who, how, what, said]);
  const question = { subject: who, action: how.name, resource: { type: what.type } };
  return searched(setting, about, question, page, async () => {
    const { directory, limits } = setting;
    const { policy } = about.versioned;
    const current = currentOf(policy);
    const asker = directory && (await askerOf(setting, who, said, [], performance.now()));
    if (directory === undefined || asker === undefined || !current.actions(what.type).includes(how.name)) {
      return { results: [], next: undefined };
    }
    const permission = `${what.type}:${how.name}`;
    const tools = await current.tools();

    const conditions = async (scopes: readonly (string | undefined)[]): Promise<readonly Residual[]> => {
      const context = await contextAround(setting, asker.subject, said, scopes);
      const { subject } = asker;
      const left = tools.residual(permission, { subject, context, scopes, ...(how.properties && { action: how.properties }) });
      // What the request says of every record lies over what the directory has of it.
      return what.properties === undefined ? left : left.map((one) => one !== false);
    };
    // A directory may give more than it was asked for, and what is of another type is no answer.
    const judged = async (batch: readonly DirectoryResource[]): Promise<(object | undefined)[]> => {
      const places = batch.map((resource) => placeOf(resource, { ...what, id: resource.id }));
      const context = await contextAround(setting, asker.subject, said, places.map(({ scope }) => scope));
      const may = ask(policy, { ...asker, context }, (session) =>
        places.map((place) => session.can(permission, requestOf(how, place))),
      );
      return batch.map(({ type, id }, index) => (may[index] && type === what.type ? { type, id } : undefined));
    };
    return look(page, limits, (asked) => directory.resources({ type: what.type, conditions, ...asked }), judged);
  });
}
