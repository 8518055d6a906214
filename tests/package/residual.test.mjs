// What searches need of a policy, through the built package: what is left of its conditions for any record, and whose
// assignments can give a permission.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { callsOf, loadPolicy } from "./support.mjs";
import { openTools, PolicyError } from "grantlet/tools";
import { comesTo } from "./kleene.mjs";

const OWN = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
const NEAR = { eq: [{ var: "resource.region" }, { var: "scope.region" }] };
const SOFT = { eq: [{ var: "action.soft" }, true] };

const DOCUMENT = {
  grantlet: 1,
  scopes: { workspace: {} },
  resources: { page: { actions: ["view", "edit", "delete"] } },
  roles: {
    editor: {
      scopes: ["root", "workspace"],
      allow: [
        "page:view",
        { permissions: ["page:edit"], when: { any: [OWN, NEAR] } },
        { permissions: ["page:delete"], when: { all: [OWN, SOFT] } },
      ],
    },
    guest: { abstract: true, allow: ["page:view"] },
    staff: {},
    boss: { scopes: ["workspace"] },
  },
  derivedRoles: [
    { role: "guest", holds: ["staff"] },
    { role: "guest", holdsBelow: ["boss"] },
  ],
};

const ANNA = { id: "anna", assignments: [{ role: "editor" }] };
const CONTEXT = { scopes: { "workspace:north": { attributes: { region: "north" } } } };

const tools = await openTools(DOCUMENT);

const mine = { eq: [{ var: "resource.owner" }, "anna"] };
const near = { eq: [{ var: "resource.region" }, "north"] };

/** What a refused question is told. */
function refused(ask) {
  try {
    ask();
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    return error.diagnostics.map(({ code, pointer }) => `${code} ${pointer}`.trim());
  }
  assert.fail("was answered");
}

test("what is left is a condition over the record, for each scope in its order, and without scopes for the root", () => {
  const question = { subject: ANNA, context: CONTEXT };
  const scopes = ["workspace:north", undefined, "planet:p"];
  assert.deepEqual(tools.residual("page:edit", { ...question, scopes }), [{ any: [mine, near] }, { any: [mine, null] }, false]);
  assert.deepEqual(tools.residual("page:edit", question), [{ any: [mine, null] }]);
  assert.deepEqual(tools.residual("page:edit", { ...question, scopes: [] }), []);
  assert.deepEqual(tools.residual("page:view", { subject: ANNA }), [true]);
  assert.deepEqual(tools.residual("page:view", { subject: {} }), [false]);
  assert.deepEqual(tools.residual("page:fly", { ...question, scopes }), [false, false, false]);
});

test("the action's attributes are read as those of a request are", () => {
  const asked = (action) => tools.residual("page:delete", { subject: ANNA, action });
  assert.deepEqual(asked({ soft: true }), [mine]);
  assert.deepEqual(asked({ soft: false }), [false]);
  for (const soft of [1, undefined, Number.NaN, new Date(Number.NaN), [true]]) {
    assert.deepEqual(asked({ soft }), [{ all: [mine, null] }], String(soft));
  }
  assert.deepEqual(asked(Object.create({ soft: true })), [{ all: [mine, null] }]);
  assert.deepEqual(asked(undefined), [{ all: [mine, null] }]);
  const fault = new Error("mine");
  const throwing = {
    get soft() {
      throw fault;
    },
  };
  assert.throws(() => asked(throwing), fault);
});

test("what is no scope is an unknown one, and never the root", () => {
  const none = [null, Number.NaN, 7, {}, () => "workspace:north", "", "workspace:\ud800", "x".repeat(10_000)];
  assert.deepEqual(tools.residual("page:view", { subject: ANNA, scopes: none }), none.map(() => false));
  // A list with holes holds `undefined` there.
  assert.deepEqual(tools.residual("page:view", { subject: ANNA, scopes: Array(2) }), [true, true]);
});

test("it stands at the clock, or at the context's now", () => {
  const subject = { assignments: [{ role: "editor", until: Date.now() + 100_000 }] };
  assert.deepEqual(tools.residual("page:view", { subject }), [true]);
  assert.deepEqual(tools.residual("page:view", { subject, context: { now: Date.now() + 200_000 } }), [false]);
});

test("malformed facts are told with their place in the question", () => {
  const subject = { id: 7, assignments: [{ role: 1 }] };
  assert.deepEqual(refused(() => tools.residual("page:view", { subject, context: { now: "later" } })), [
    "invalid-time /context/now",
    "wrong-type /subject/id",
    "wrong-type /subject/assignments/0/role",
  ]);
  assert.deepEqual(refused(() => tools.residual("page:view", { subject: ANNA, scopes: "workspace:north" })), ["wrong-type /scopes"]);
  assert.deepEqual(refused(() => tools.residual("page:view", {})), ["wrong-type /subject"]);
  assert.deepEqual(refused(() => tools.residual("page:view", { subject: { id: 1n } })), ["invalid-question"]);
});

test("ten thousand scopes are one call into the module", () => {
  const names = Array.from({ length: 10_000 }, (_, number) => `workspace:w${number}`);
  const scopes = Object.fromEntries(names.map((name, number) => [name, { attributes: { region: `r${number}` } }]));
  let found;
  const calls = callsOf(() => {
    found = tools.residual("page:edit", { subject: ANNA, context: { scopes }, scopes: names });
  });
  assert.equal(found.length, 10_000);
  assert.deepEqual(found[7_777], { any: [mine, { eq: [{ var: "resource.region" }, "r7777"] }] });
  // The question itself, and what encodes its text, whatever the number of scopes.
  assert.ok(calls < 10, `${calls} calls`);
});

test("candidates are the roles that give a permission, here or further up, and whoever needs none", async () => {
  assert.deepEqual(tools.candidates("page:view"), { everyone: false, roles: ["editor", "staff"], below: ["boss"] });
  assert.deepEqual(tools.candidates("page:edit"), { everyone: false, roles: ["editor"], below: [] });
  for (const name of ["page:fly", "", undefined, "page:\ud800"]) {
    assert.deepEqual(tools.candidates(name), { everyone: false, roles: [], below: [] });
  }
  const open = await openTools({ ...DOCUMENT, derivedRoles: [{ role: "guest", when: { eq: [{ var: "scope.open" }, true] } }] });
  assert.deepEqual(open.candidates("page:view"), { everyone: true, roles: ["editor"], below: [] });
});

test("freed tools throw", async () => {
  const opened = await openTools(DOCUMENT);
  opened.free();
  const freed = { message: "these tools were freed" };
  assert.throws(() => opened.residual("page:view", { subject: ANNA }), freed);
  assert.throws(() => opened.candidates("page:view"), freed);
});

const folder = new URL("../../policies/", import.meta.url);
const json = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

/** A scope, what it lies in, and the root. */
function chain(context, scope) {
  return scope === undefined ? [undefined] : [scope, ...chain(context, context?.scopes?.[scope]?.parent)];
}

/** Whether a search for those who have a permission would look at a subject. */
function isCandidate({ everyone, roles, below }, { assignments = [], grants = [] }, places) {
  const gives = ({ role, scope }) => (roles.includes(role) && places.includes(scope)) || below.includes(role);
  return everyone || grants.length > 0 || assignments.some(gives);
}

for (const file of readdirSync(folder).filter((file) => file.endsWith(".tests.json"))) {
  test(`what is left for every row of ${file} allows the records that the package allows`, async (t) => {
    const { subjects, contexts = {}, tests, policy: name } = json(file);
    const [policy, tools] = await Promise.all([loadPolicy(json(name)), openTools(json(name))]);
    const records = [...new Map(tests.map(({ request }) => [JSON.stringify(request?.resource), request?.resource])).values()];
    const counts = { allowed: 0, denied: 0, conditions: 0, cut: 0 };
    const candidates = new Map(policy.permissions.map((permission) => [permission, tools.candidates(permission)]));
    const asked = new Set();
    for (const row of tests) {
      const [subject, context] = [subjects[row.subject], contexts[row.context]];
      const { scope, action } = row.request ?? {};
      const key = JSON.stringify([row.subject, row.context, scope, action]);
      if (asked.has(key)) continue;
      asked.add(key);
      const session = policy.session(subject, context);
      for (const permission of policy.permissions) {
        const [residual] = tools.residual(permission, { subject, context, scopes: [scope], action });
        if (typeof residual === "object") counts.conditions += 1;
        for (const resource of [{}, ...records.filter((record) => record !== undefined)]) {
          const may = session.can(permission, { scope, action, resource });
          const told = `${row.name}: ${permission} of ${JSON.stringify(resource)}: ${JSON.stringify(residual)}`;
          assert.equal(comesTo(residual, resource) === true, may, told);
          counts[may ? "allowed" : "denied"] += 1;
        }
        const isLookedAt = isCandidate(candidates.get(permission), subject, chain(context, scope));
        if (session.decide(permission, { scope, action }).effect !== "deny") assert.ok(isLookedAt, `${row.name}: ${permission}`);
        counts.cut += isLookedAt ? 0 : 1;
      }
      session.free();
    }
    t.diagnostic(JSON.stringify(counts));
    assert.ok(counts.allowed > 0 && counts.denied > 0 && counts.cut > 0);
  });
}
