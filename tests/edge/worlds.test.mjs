// Generated policies with whole directories: a decision point answers as a session does, whatever holds the directory. What
// a session answers is held against the reference evaluator elsewhere.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { d1Directory, d1Store, decisionPoint, memoryDirectory } from "grantlet/authzen";
import { cases, Comparison } from "../support/accessibility.mjs";
import { answer, pages } from "./support/asking.mjs";
import { database, together } from "./support/d1.mjs";

const ASSIGNMENT = new Set(["role", "scope", "status", "from", "until", "meta"]);
const GRANT = new Set(["permissions", "scope", "except", "when", "status", "from", "until", "meta"]);
const TABLES = ["subjects", "assignments", "grants", "resources", "scopes", "context"];
const RESOURCES = 12;

/** The directory of a case, without the facts of another key: they are inert, and no database stores them. */
function directoryOf({ policy, directory, instants, requests }) {
  const only = (facts, keys) => facts?.filter((fact) => Object.keys(fact).every((key) => keys.has(key))) ?? [];
  const { now, ...context } = instants[0].context;
  // Whoever has a direct grant is looked at in every search, so half of them have none.
  const subjects = directory.map(({ assignments, grants, ...subject }, index) => ({
    ...subject,
    assignments: only(assignments, ASSIGNMENT),
    grants: index % 2 === 0 ? [] : only(grants, GRANT),
  }));
  return { now, context, subjects, resources: resourcesOf(policy, subjects, context, requests) };
}

/** Resources of every type where is asked, where somebody has been given something, and right above that. */
function resourcesOf(policy, subjects, { scopes = {} }, requests) {
  const given = subjects.flatMap(({ assignments, grants }) => [...assignments, ...grants]).map(({ scope }) => scope);
  const above = given.map((scope) => scope && scopes[scope]?.parent);
  const places = [...new Set([undefined, ...above, ...given, ...requests.map(({ scope }) => scope)])];
  const attributes = requests.map(({ resource }) => resource);
  const all = Object.keys(policy.resources).flatMap((type) => places.map((scope) => ({ type, scope })));
  const count = Math.min(RESOURCES, all.length);
  return Array.from({ length: count }, (_, index) => {
    const { type, scope } = all[Math.floor((index * all.length) / count)];
    const own = attributes[index % attributes.length];
    return { type, id: `r${index}`, ...(scope !== undefined && { scope }), ...(own !== undefined && { attributes: own }) };
  });
}

/** What a session answers to every question: by subject, resource and action, the reason. */
function answers(policy, { actionsOf, action }, { subjects, resources, context }) {
  const found = new Map();
  for (const subject of subjects) {
    const session = policy.session(subject, context);
    for (const { type, id, scope, attributes } of resources) {
      for (const name of actionsOf(type)) {
        const request = { ...(scope !== undefined && { scope }), resource: { ...attributes, id, type }, action: { ...action, name } };
        found.set([subject.id, id, name].join(), session.decide(`${type}:${name}`, request).reason);
      }
    }
    session.free();
  }
  return found;
}

/** Everything that a decision point can be asked of a directory. */
async function compare(found, where, point, { actionsOf, action }, { subjects, resources }, expected) {
  const reasonOf = (...question) => expected.get(question.join());
  const may = (...question) => reasonOf(...question) === "granted";
  const acted = (name) => ({ name, ...(action && { properties: action }) });
  const user = ({ id }) => ({ type: "user", id });
  const named = ({ type, id }) => ({ type, id });
  const listed = (what, actual, of) => found.equal(() => `${what} ${where}`, actual.flat().sort().join(), [...of].sort().join());

  const questions = subjects.flatMap((subject) =>
    resources.flatMap((resource) => actionsOf(resource.type).map((name) => ({ subject: user(subject), action: acted(name), resource: named(resource) }))),
  );
  const { evaluations } = await answer(point, "evaluations", { evaluations: questions });
  questions.forEach(({ subject, action: { name }, resource }, index) => {
    const reason = reasonOf(subject.id, resource.id, name);
    const { decision, context } = evaluations[index];
    found.equal(() => `${subject.id} ${name} ${resource.id} ${where}`, context.reason, reason);
    found.equal(() => `${subject.id} ${name} ${resource.id} ${where}`, decision, reason === "granted");
  });

  const searches = [];
  for (const resource of resources) {
    for (const name of actionsOf(resource.type)) {
      searches.push(async () => {
        const who = await pages(point, "subject", { subject: { type: "user" }, action: acted(name), resource: named(resource) }, 2);
        listed(`who ${name} ${resource.id}`, who, subjects.map(({ id }) => id).filter((id) => may(id, resource.id, name)));
      });
    }
  }
  for (const subject of subjects) {
    for (const type of new Set(resources.map(({ type }) => type))) {
      for (const name of actionsOf(type)) {
        searches.push(async () => {
          const what = await pages(point, "resource", { subject: user(subject), action: acted(name), resource: { type } }, 2);
          const of = resources.filter((resource) => resource.type === type && may(subject.id, resource.id, name));
          listed(`${subject.id} ${name} which ${type}`, what, of.map(({ id }) => id));
        });
      }
    }
    // A search for actions takes none, so it has no properties of one either.
    if (action === undefined) {
      for (const resource of resources) {
        searches.push(async () => {
          const which = await pages(point, "action", { subject: user(subject), resource: named(resource) }, 2);
          listed(`${subject.id} which on ${resource.id}`, which, actionsOf(resource.type).filter((name) => may(subject.id, resource.id, name)));
        });
      }
    }
  }
  await Promise.all(searches.map((search) => search()));
}

test("a decision point answers as a session does, to evaluations and searches, in memory and in D1", async (t) => {
  const found = new Comparison();
  const d1 = await database();
  t.mock.timers.enable({ apis: ["Date"] });
  let allowed = 0;
  for (const [number, written] of cases.entries()) {
    const { now, ...directory } = directoryOf(written);
    t.mock.timers.setTime(now);
    const policy = await loadPolicy(written.policy);
    const asked = { actionsOf: (type) => written.policy.resources[type].actions, action: written.requests.at(-1).action };
    const expected = answers(policy, asked, directory);
    allowed += [...expected.values()].filter((reason) => reason === "granted").length;

    await d1.batch(TABLES.map((table) => d1.prepare(`DELETE FROM ${table}`)));
    await d1Store(d1).put(directory);
    for (const [name, of] of Object.entries({ memory: memoryDirectory(directory), d1: d1Directory(together(d1)) })) {
      const where = `in case ${number}, ${name}`;
      await compare(found, where, decisionPoint({ policy, directory: of }), asked, directory, expected);
    }
    policy.free();
  }
  assert.ok(allowed > 200, `${allowed} is too few to be allowed`);
  found.end(t, 10_000);
});
