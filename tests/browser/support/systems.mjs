// What the package answers in Node for the people of each system: the page is held to it. The facts are put together here
// from the data of the systems, and not by the page's own code.

import { readFile } from "node:fs/promises";
import { loadPolicy } from "grantlet";
import { systems } from "../../../www/systems/index.js";

export const SYSTEMS = systems.map(({ id }) => id);

/** A system with its policy, as written and as compiled. */
export async function sceneOf(id) {
  const text = await readFile(new URL(`../../../policies/${id}.json`, import.meta.url), "utf8");
  return { system: systems.find((system) => system.id === id), written: JSON.parse(text), policy: await loadPolicy(text) };
}

export function subjectOf({ system }, person) {
  const { assignments, grants = [] } = system.people[person];
  return { id: person, assignments, grants };
}

export function contextOf({ system, written }, { date = system.date, plan = system.plan } = {}) {
  const scopes = {};
  for (const [scope, { parent, attributes }] of Object.entries(system.places)) {
    scopes[scope] = { ...(parent === undefined ? {} : { parent }), ...(attributes === undefined ? {} : { attributes }) };
  }
  const entitlements = (written.entitlements ?? []).filter((name) => !system.unsubscribed?.includes(name));
  return { now: `${date}T12:00:00Z`, entitlements, scopes, ...(plan === undefined ? {} : { plan }) };
}

/** Asks on behalf of a person, and closes the session afterwards. */
export function ask(scene, { person = scene.system.person, subject = subjectOf(scene, person), date, plan }, question) {
  const session = scene.policy.session(subject, contextOf(scene, { date, plan }));
  try {
    return question(session);
  } finally {
    session.free();
  }
}

const at = (scope) => (scope === undefined ? undefined : { scope });

/** Section → state, at the place that is looked at first or at another. */
export const sectionsOf = (scene, { scope = scene.system.scope, ...who }) => ask(scene, who, (session) => session.sections(at(scope)));

/** The state that an element with these attributes ought to have. */
export function stateOf(session, { grant, section, otherwise, scope }) {
  const closed = otherwise === "disable" ? "disabled" : "hidden";
  if (section !== undefined) {
    const state = session.section(section, at(scope));
    return state === "hidden" ? closed : state;
  }
  const denial = grant.split(" ").map((permission) => session.decide(permission, at(scope))).find(({ effect }) => effect === "deny");
  if (denial === undefined) return "enabled";
  return denial.reason === "entitlement" ? "locked" : closed;
}

/** The whole directory of a system, with some subjects in place of those that the data has. */
export function directoryOf(scene, changed = []) {
  return Object.keys(scene.system.people).map((person) => changed.find(({ id }) => id === person) ?? subjectOf(scene, person));
}

/** The decision on a change of one person by another, asked of the package in Node. */
export function decide(scene, { actor, target, changed, date, plan }, parts) {
  const directory = directoryOf(scene, changed);
  const find = (person) => directory.find(({ id }) => id === person);
  return scene.policy.decideChange({ actor: find(actor), target: find(target), ...parts, context: contextOf(scene, { date, plan }), directory });
}
