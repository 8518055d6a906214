// What a request asks and what it is answered: properties over attributes, scopes, reasons, several evaluations.

import assert from "node:assert/strict";
import test from "node:test";
import { answer, ask, pointOf, reason } from "./support/asking.mjs";

const POLICY = {
  grantlet: 1,
  entitlements: ["more"],
  scopes: { workspace: {}, company: {}, account: { in: "company" } },
  resources: { page: { actions: ["view", "edit", "delete", "share"] }, extra: { actions: ["view"], requires: "more" } },
  roles: {
    reader: { scopes: ["root", "workspace", "company", "account"], allow: ["page:view", "extra:view"] },
    editor: {
      scopes: ["root", "workspace"],
      allow: [
        { permissions: ["page:edit"], when: { eq: [{ var: "resource.owner" }, { var: "subject.team" }] } },
        { permissions: ["page:delete"], when: { all: [{ eq: [{ var: "action.soft" }, true] }, { eq: [{ var: "resource.id" }, "p1"] }, { eq: [{ var: "resource.type" }, "page"] }] } },
        { permissions: ["page:share"], when: { eq: [{ var: "context.network" }, "office"] } },
      ],
      deny: [{ permissions: ["page:edit"], when: { eq: [{ var: "resource.locked" }, true] } }],
    },
  },
};
const DIRECTORY = {
  context: { attributes: { network: "elsewhere" }, scopes: { "account:a1": { parent: "company:c1" } } },
  subjects: [
    { id: "ann", attributes: { team: "red" }, assignments: [{ role: "editor" }, { role: "reader" }] },
    { id: "bea", assignments: [{ role: "reader", scope: "workspace:north" }, { role: "reader", scope: "company:c1" }] },
    { id: "cas", status: "suspended", assignments: [{ role: "reader" }] },
    { id: "dan", assignments: [{ role: "reader", status: "invited" }] },
  ],
  resources: [
    { type: "page", id: "p1", attributes: { owner: "red", locked: false } },
    { type: "page", id: "p2", scope: "workspace:north", attributes: { owner: "blue", locked: false } },
    { type: "page", id: "p3", scope: "account:a1" },
    { type: "page", id: "p4", scope: "account:lost" },
  ],
};
const point = await pointOf(POLICY, DIRECTORY);

const q = (id, name, resource, more = {}) => ({
  subject: { type: "user", id, ...(more.subject && { properties: more.subject }) },
  action: { name, ...(more.action && { properties: more.action }) },
  resource: { type: "page", id: resource, ...(more.resource && { properties: more.resource }) },
  ...(more.context && { context: more.context }),
});

test("the reason of each answer is in its context", async () => {
  assert.equal(await reason(point, q("ann", "view", "p1")), "granted");
  assert.equal(await reason(point, q("bea", "edit", "p2")), "not-granted");
  assert.equal(await reason(point, q("cas", "view", "p1")), "suspended");
  assert.equal(await reason(point, q("dan", "view", "p1")), "inactive");
  assert.equal(await reason(point, q("ann", "fly", "p1")), "unknown-permission");
  assert.equal(await reason(point, { ...q("ann", "view", "p1"), resource: { type: "extra", id: "e" } }), "entitlement");
  assert.equal(await reason(point, { ...q("ann", "view", "p1"), resource: { type: "none", id: "e" } }), "unknown-permission");
  assert.equal(await reason(point, q("eve", "view", "p1")), "unknown-subject");
  assert.equal(await reason(point, { ...q("ann", "view", "p1"), subject: { type: "group", id: "ann" } }), "unknown-subject");
  assert.equal(await reason(point, q("ann", "edit", "p1", { resource: { locked: true } })), "forbidden");
});

test("properties lie over the attributes of the directory", async () => {
  assert.equal(await reason(point, q("ann", "edit", "p1")), "granted");
  assert.equal(await reason(point, q("ann", "edit", "p2")), "not-granted");
  assert.equal(await reason(point, q("ann", "edit", "p2", { subject: { team: "blue" } })), "granted");
  assert.equal(await reason(point, q("ann", "edit", "p2", { resource: { owner: "red" } })), "granted");
  assert.equal(await reason(point, q("ann", "edit", "p1", { resource: { owner: null } })), "not-granted");
  assert.equal(await reason(point, q("ann", "edit", "unknown")), "forbidden");
  assert.equal(await reason(point, q("ann", "edit", "unknown", { resource: { owner: "red", locked: false } })), "granted");
  assert.equal(await reason(point, q("ann", "delete", "p1", { action: { soft: true } })), "granted");
  assert.equal(await reason(point, q("ann", "delete", "p1")), "not-granted");
  assert.equal(await reason(point, q("ann", "delete", "p2", { action: { soft: true }, resource: { id: "p1" } })), "not-granted");
  assert.equal(await reason(point, q("ann", "share", "p1")), "not-granted");
  assert.equal(await reason(point, q("ann", "share", "p1", { context: { network: "office" } })), "granted");
  // A request does not change what the next one finds.
  assert.equal(await reason(point, q("ann", "share", "p1")), "not-granted");
  assert.equal(await reason(point, q("ann", "edit", "p2")), "not-granted");
});

test("what a request says gives nobody a role, a status or another id", async () => {
  const claims = { id: "ann", status: "active", assignments: [{ role: "editor" }], grants: [{ permissions: ["page:*"] }] };
  for (const id of ["bea", "cas", "eve"]) {
    assert.notEqual(await reason(point, q(id, "edit", "p1", { subject: { ...claims, team: "red" } })), "granted");
  }
  for (const context of [{ now: "2000-01-01T00:00:00Z" }, { plan: "x" }, { entitlements: ["more"] }, { scopes: { "account:lost": { parent: "company:c1" } } }]) {
    assert.equal(await reason(point, { ...q("ann", "view", "p1", { context }), resource: { type: "extra", id: "e" } }), "entitlement");
    assert.equal(await reason(point, q("bea", "view", "p4", { context })), "unknown-scope");
  }
});

test("the scope is the directory's, and one that contradicts it is no scope", async () => {
  assert.equal(await reason(point, q("bea", "view", "p2")), "granted");
  assert.equal(await reason(point, q("bea", "view", "p1")), "not-granted");
  assert.equal(await reason(point, q("bea", "view", "p3")), "granted");
  assert.equal(await reason(point, q("bea", "view", "p4")), "unknown-scope");
  assert.equal(await reason(point, q("bea", "view", "p2", { resource: { scope: "workspace:north" } })), "granted");
  for (const scope of ["workspace:south", "", 7, null, ["workspace:north"]]) {
    assert.equal(await reason(point, q("bea", "view", "p2", { resource: { scope } })), "unknown-scope", JSON.stringify(scope));
  }
  // Of a resource at the root of the directory, that it lies elsewhere contradicts it too.
  assert.equal(await reason(point, q("bea", "view", "p1", { resource: { scope: "workspace:north" } })), "unknown-scope");
  assert.equal(await reason(point, q("bea", "view", "unknown", { resource: { scope: "workspace:north" } })), "granted");
  assert.equal(await reason(point, q("bea", "view", "unknown", { resource: { scope: "galaxy:g" } })), "unknown-scope");
});

test("without a directory, a subject is what the request says, and has no assignments", async () => {
  const derived = {
    grantlet: 1,
    resources: { page: { actions: ["view", "edit"] } },
    roles: { guest: { abstract: true, allow: ["page:view"] }, editor: { allow: ["page:edit"] } },
    derivedRoles: [{ role: "guest", when: { eq: [{ var: "subject.badge" }, true] } }],
  };
  const alone = await pointOf(derived, undefined);
  assert.equal(await reason(alone, q("anybody", "view", "p", { subject: { badge: true } })), "granted");
  assert.equal(await reason(alone, q("anybody", "view", "p")), "not-granted");
  assert.equal(await reason(alone, q("anybody", "edit", "p", { subject: { badge: true, assignments: [{ role: "editor" }] } })), "not-granted");
});

const several = (semantic, ...evaluations) => ({
  ...q("ann", "view", "p1"),
  ...(semantic !== undefined && { options: { evaluations_semantic: semantic, another_option: 1 } }),
  evaluations,
});
const decisions = async (question) => (await answer(point, "evaluations", question)).evaluations.map(({ decision }) => decision);
const [yes, no, broken] = [{}, { action: { name: "fly" } }, { resource: { type: "page" } }];

test("the three semantics of evaluations", async () => {
  const list = [yes, no, broken, yes];
  assert.deepEqual(await decisions(several(undefined, ...list)), [true, false, false, true]);
  assert.deepEqual(await decisions(several("execute_all", ...list)), [true, false, false, true]);
  assert.deepEqual(await decisions(several("deny_on_first_deny", ...list)), [true, false]);
  assert.deepEqual(await decisions(several("deny_on_first_deny", yes, broken, no)), [true, false]);
  assert.deepEqual(await decisions(several("deny_on_first_deny", yes, yes)), [true, true]);
  assert.deepEqual(await decisions(several("permit_on_first_permit", no, broken, yes, no)), [false, false, true]);
  assert.deepEqual(await decisions(several("permit_on_first_permit", no, no)), [false, false]);
  for (const semantic of ["Execute_All", "", "constructor", null, 7, ["execute_all"]]) {
    assert.equal((await ask(point, "evaluations", several(semantic, yes))).status, 400, JSON.stringify(semantic));
  }
});

test("what is wrong with one evaluation is told there, and the others are answered", async () => {
  const wrong = [{ resource: { type: "page" } }, { subject: { id: "ann" } }, { action: { name: 7 } }, { context: [] }, 7, null, [], "x"];
  const { evaluations } = await answer(point, "evaluations", several(undefined, yes, ...wrong, yes));
  assert.equal(evaluations.length, wrong.length + 2);
  for (const { decision, context } of evaluations.slice(1, -1)) {
    assert.equal(decision, false);
    assert.equal(context.error.status, 400);
    assert.match(context.error.message, /`\/evaluations\/\d/);
  }
  assert.deepEqual([evaluations[0].decision, evaluations.at(-1).decision], [true, true]);
});

test("what stands for all is replaced whole, and never merged", async () => {
  const all = { ...q("ann", "edit", "p1", { subject: { team: "blue" }, resource: { owner: "blue" }, context: { network: "office" } }) };
  const list = [
    {},
    { subject: { type: "user", id: "ann" } },
    { resource: { type: "page", id: "p1" } },
    { resource: { id: "p1" } },
    { action: { name: "share" } },
    { action: { name: "share" }, context: {} },
    { action: { name: "share" }, context: { other: 1 } },
  ];
  assert.deepEqual(await decisions({ ...all, evaluations: list }), [true, false, false, false, true, false, false]);
  for (const member of ["subject", "action", "resource", "context"]) {
    assert.equal((await ask(point, "evaluations", { ...all, [member]: 7, evaluations: [yes] })).status, 400, member);
  }
});

test("an action search gives the actions in the policy's order, and no properties count", async () => {
  const { subject, resource } = q("ann", "", "p1");
  const { results } = await answer(point, "action", { subject, resource });
  assert.deepEqual(results, [{ name: "view" }, { name: "edit" }]);
});
