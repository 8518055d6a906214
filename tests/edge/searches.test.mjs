// Searches: page by page they give exactly those for whom an evaluation is true, whatever the directory, and a token
// leads on in its own search alone.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { d1Directory, d1Store, memoryDirectory } from "grantlet/authzen";
import { answer, ask, pages, pointOf } from "./support/asking.mjs";
import { database } from "./support/d1.mjs";

const POLICY = {
  grantlet: 1,
  implies: { edit: ["view"] },
  scopes: { company: {}, account: { in: "company" } },
  resources: { doc: { actions: ["view", "edit", "sign"] }, other: { actions: ["view"] } },
  roles: {
    reader: { scopes: ["root", "company", "account"], allow: ["doc:view"] },
    editor: {
      scopes: ["root", "company", "account"],
      allow: [{ permissions: ["doc:edit"], when: { any: [{ eq: [{ var: "resource.owner" }, { var: "subject.id" }] }, { in: [{ var: "resource.status" }, ["draft", null]] }] } }],
    },
    signer: { scopes: ["company"], inherits: ["reader"], allow: [{ permissions: ["doc:sign"], when: { lt: [{ var: "resource.amount" }, { var: "subject.limit" }] } }] },
    blocked: { scopes: ["root", "account"], deny: [{ permissions: ["doc:edit"], when: { eq: [{ var: "resource.locked" }, true] } }, "doc:sign"] },
    auditor: { abstract: true, allow: ["doc:view"] },
    lead: { abstract: true, scopes: ["company"], allow: [{ permissions: ["doc:sign"], when: { exists: { var: "resource.owner" } } }] },
  },
  derivedRoles: [
    { role: "auditor", when: { eq: [{ var: "subject.audits" }, true] } },
    { role: "lead", scope: "company", holdsBelow: ["editor"] },
  ],
};

const SCOPES = ["company:c1", "company:c2", "account:a1", "account:a2", "account:lost"];
const scope = fc.option(fc.constantFrom(...SCOPES), { nil: undefined });
const compact = (record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
const optional = (arbitrary) => fc.option(arbitrary, { nil: undefined });
const assignment = fc
  .record({ role: fc.constantFrom("reader", "editor", "signer", "blocked", "auditor", "gone"), scope, status: optional(fc.constantFrom("active", "invited")), until: optional(fc.constantFrom(1, 4e12)) })
  .map(compact);
const grant = fc.record({ permissions: fc.constantFrom(["doc:view"], ["doc:*"], ["other:view"]), scope }).map(compact);
const subjects = fc.array(
  fc.record({
    status: fc.constantFrom("active", "active", "active", "suspended"),
    attributes: fc.record({ limit: optional(fc.integer({ min: 0, max: 3 })), audits: optional(fc.boolean()) }).map(compact),
    assignments: fc.array(assignment, { maxLength: 4 }),
    grants: fc.array(grant, { maxLength: 1 }),
  }),
  { maxLength: 12 },
);
const attributes = fc
  .record({ owner: optional(fc.constantFrom("s0", "s1", 7)), status: optional(fc.constantFrom("draft", "done", null)), amount: optional(fc.integer({ min: 0, max: 3 })), locked: optional(fc.boolean()) })
  .map(compact);
const resources = fc.array(fc.record({ type: fc.constantFrom("doc", "doc", "doc", "other"), scope, attributes }).map(compact), { maxLength: 12 });
const directories = fc.record({ subjects, resources }).map(({ subjects, resources }) => ({
  context: { scopes: { "account:a1": { parent: "company:c1" }, "account:a2": { parent: "company:c2" } } },
  subjects: subjects.map((one, index) => ({ id: `s${index}`, ...one })),
  resources: resources.map((one, index) => ({ id: `r${index}`, ...one })),
}));
const properties = optional(attributes);

test("every search gives exactly what evaluations allow, in every size of page", async () => {
  const hits = { subject: 0, resource: 0, action: 0 };
  await fc.assert(
    fc.asyncProperty(directories, fc.constantFrom("view", "edit", "sign"), properties, optional(fc.integer({ min: 1, max: 4 })), async (directory, name, more, limit) => {
      const point = await pointOf(POLICY, directory);
      const action = { name };
      const own = more && { properties: more };
      const user = (id) => ({ type: "user", id });
      const doc = (id) => ({ type: "doc", id, ...own });
      const allowed = async (question) => (await answer(point, "evaluation", question)).decision;
      const kept = async (list, question) => {
        const answers = await Promise.all(list.map((one) => allowed(question(one))));
        return list.filter((_, index) => answers[index]);
      };
      const people = directory.subjects.map(({ id }) => id);
      const docs = directory.resources.filter(({ type }) => type === "doc").map(({ id }) => id);
      const isPaged = (found) => limit === undefined || found.every((page) => page.length <= limit);
      for (const id of [...docs.slice(0, 4), "unknown"]) {
        const found = await pages(point, "subject", { subject: { type: "user" }, action, resource: doc(id) }, limit);
        assert.ok(isPaged(found));
        hits.subject += found.flat().length;
        assert.deepEqual(found.flat(), await kept(people, (one) => ({ subject: user(one), action, resource: doc(id) })));
      }
      for (const id of people.slice(0, 4)) {
        const found = await pages(point, "resource", { subject: user(id), action, resource: { type: "doc", ...own } }, limit);
        assert.ok(isPaged(found));
        hits.resource += found.flat().length;
        assert.deepEqual(found.flat(), await kept(docs, (one) => ({ subject: user(id), action, resource: doc(one) })));
        for (const on of docs.slice(0, 2)) {
          const names = await pages(point, "action", { subject: user(id), resource: doc(on) }, limit);
          assert.ok(isPaged(names));
          hits.action += names.flat().length;
          assert.deepEqual(names.flat(), await kept(["view", "edit", "sign"], (one) => ({ subject: user(id), action: { name: one }, resource: doc(on) })));
        }
      }
    }),
    { numRuns: 150 },
  );
  for (const count of Object.values(hits)) assert.ok(count > 100, JSON.stringify(hits));
});

test("whoever has a derived role is found by what they have been given, wherever that is", async () => {
  const policy = {
    grantlet: 1,
    scopes: { company: {}, account: { in: "company" }, database: { in: "account" } },
    resources: { doc: { actions: ["view", "sign", "close"] } },
    roles: {
      editor: { scopes: ["company", "account", "database"], allow: ["doc:view"] },
      chief: { scopes: ["account"], inherits: ["editor"] },
      lead: { abstract: true, scopes: ["company"], allow: ["doc:sign"] },
      closer: { abstract: true, scopes: ["database"], allow: ["doc:close"] },
    },
    derivedRoles: [
      { role: "lead", scope: "company", holdsBelow: ["editor"] },
      { role: "closer", scope: "database", holds: ["editor"] },
    ],
  };
  const holding = (id, role, scope) => ({ id, assignments: [{ role, scope }] });
  const directory = {
    context: {
      scopes: { "account:a1": { parent: "company:c1" }, "account:a2": { parent: "company:c2" }, "database:d1": { parent: "account:a1" }, "database:d2": { parent: "account:a2" } },
    },
    subjects: [
      holding("below", "editor", "account:a1"),
      holding("chief-below", "chief", "account:a1"),
      holding("elsewhere", "editor", "account:a2"),
      holding("far-below", "editor", "database:d1"),
      holding("here", "editor", "company:c1"),
      { id: "nobody" },
    ],
    resources: [{ type: "doc", id: "c1", scope: "company:c1" }, { type: "doc", id: "d1", scope: "database:d1" }],
  };
  const d1 = await database();
  await d1Store(d1).put(directory);
  for (const of of [memoryDirectory(directory), d1Directory(d1)]) {
    const point = await pointOf(policy, of);
    const who = async (name, id) => (await pages(point, "subject", { subject: { type: "user" }, action: { name }, resource: { type: "doc", id } })).flat();
    const which = async (name, id) => (await pages(point, "resource", { subject: { type: "user", id }, action: { name }, resource: { type: "doc" } })).flat();
    // A role that is held at the scope itself is not held below it.
    assert.deepEqual(await who("sign", "c1"), ["below", "chief-below", "far-below"]);
    assert.deepEqual(await who("close", "d1"), ["below", "chief-below", "far-below", "here"]);
    assert.deepEqual(await who("close", "c1"), []);
    // What it is held by counts down the tree: whatever lies in the company is in its lead's reach.
    assert.deepEqual(await which("sign", "far-below"), ["c1", "d1"]);
    assert.deepEqual(await which("close", "here"), ["d1"]);
    assert.deepEqual(await which("sign", "here"), []);
  }
});

/** Many readers, every third of whom reads. */
const MANY = {
  subjects: Array.from({ length: 500 }, (_, index) => ({ id: `s${index}`, ...(index % 3 === 0 && { assignments: [{ role: "reader" }] }) })),
  resources: Array.from({ length: 500 }, (_, index) => ({ type: "doc", id: `r${index}`, attributes: { status: index % 3 === 0 ? "draft" : "done" } })),
};
const EDITS = { ...MANY, subjects: [...MANY.subjects, { id: "ed", assignments: [{ role: "editor" }] }] };
const WHO = { subject: { type: "user" }, action: { name: "view" }, resource: { type: "doc", id: "r1" } };
const WHAT = { subject: { type: "user", id: "ed" }, action: { name: "edit" }, resource: { type: "doc" } };
const WHICH = { subject: { type: "user", id: "ed" }, resource: { type: "doc", id: "r0" } };

test("pages of every size put together are the whole", async () => {
  const point = await pointOf(POLICY, EDITS);
  const readers = MANY.subjects.filter((_, index) => index % 3 === 0).map(({ id }) => id);
  const drafts = MANY.resources.filter((_, index) => index % 3 === 0).map(({ id }) => id);
  for (const limit of [undefined, 1, 2, 7, 49, 50, 51, 166, 167, 168, 1000]) {
    const [whom, what] = [await pages(point, "subject", WHO, limit), await pages(point, "resource", WHAT, limit)];
    assert.deepEqual(whom.flat(), readers, `${limit}`);
    assert.deepEqual(what.flat(), drafts, `${limit}`);
    for (const page of [...whom, ...what]) assert.ok(page.length <= (limit ?? 1000));
  }
});

test("a search looks at no more than its bound for one response, and goes on where it was", async () => {
  const point = await pointOf(POLICY, EDITS, { limits: { looked: 60, results: 20 } });
  const found = await pages(point, "subject", WHO);
  assert.equal(found.flat().length, 167);
  assert.ok(found.length >= 167 / 20 && found.every((page) => page.length <= 20));
});

test("a limit of 0 gives no results, and is no end where there are some", async () => {
  const point = await pointOf(POLICY, EDITS);
  for (const [endpoint, question] of [["subject", WHO], ["resource", WHAT], ["action", WHICH]]) {
    const { results, page } = await answer(point, endpoint, { ...question, page: { limit: 0 } });
    assert.deepEqual(results, []);
    assert.notEqual(page.next_token, "");
  }
});

test("what is no page is refused", async () => {
  const point = await pointOf(POLICY, EDITS);
  const wrong = [7, null, [], "x", { limit: -1 }, { limit: 1.5 }, { limit: "1" }, { limit: null }, { limit: 1e300 }, { token: 7 }, { token: null }, { properties: 7 }];
  for (const page of wrong) assert.equal((await ask(point, "subject", { ...WHO, page })).status, 400, JSON.stringify(page));
  assert.equal((await ask(point, "subject", { ...WHO, page: { limit: 1, properties: { sort: "x" }, unknown: 1 } })).status, 200);
});

test("a token is of one search: not of another endpoint, another question or another limit", async () => {
  const point = await pointOf(POLICY, EDITS);
  const next = async (endpoint, question, page) => (await answer(point, endpoint, { ...question, page })).page.next_token;
  const token = await next("subject", WHO, { limit: 2 });
  assert.equal((await ask(point, "subject", { ...WHO, page: { token, limit: 2 } })).status, 200);
  // The order of members says nothing.
  assert.equal((await ask(point, "subject", { page: { token }, resource: { id: "r1", type: "doc" }, action: WHO.action, subject: WHO.subject })).status, 200);
  const others = [
    ["subject", { ...WHO, page: { token, limit: 3 } }],
    ["subject", { ...WHO, action: { name: "edit" }, page: { token } }],
    ["subject", { ...WHO, resource: { type: "doc", id: "r2" }, page: { token } }],
    ["subject", { ...WHO, resource: { ...WHO.resource, properties: { status: "draft" } }, page: { token } }],
    ["subject", { ...WHO, context: { ip: "10.0.0.7" }, page: { token } }],
    ["subject", { ...WHO, subject: { type: "user", properties: { audits: true } }, page: { token } }],
    ["resource", { ...WHAT, page: { token } }],
    ["action", { ...WHICH, page: { token } }],
  ];
  for (const [endpoint, question] of others) assert.equal((await ask(point, endpoint, question)).status, 400, JSON.stringify(question));
});

test("a token that was changed is refused", async () => {
  const point = await pointOf(POLICY, EDITS);
  const { page } = await answer(point, "subject", { ...WHO, page: { limit: 2 } });
  const token = page.next_token;
  for (let at = 0; at < token.length; at += 1) {
    const changed = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
    // The last character of base64 may have bits that mean nothing.
    const status = (await ask(point, "subject", { ...WHO, page: { token: changed } })).status;
    if (at < token.length - 1) assert.equal(status, 400, changed);
  }
  for (const made of ["", "x", `${token}A`, token.slice(1), token.slice(0, -2), btoa("[null,0,null]"), "é", "%00"]) {
    const status = (await ask(point, "subject", { ...WHO, page: { token: made } })).status;
    assert.equal(status, 400, made);
  }
});

test("a directory that gives more than it was asked for changes no answer", async () => {
  const known = memoryDirectory(EDITS);
  const asked = [];
  const generous = {
    ...known,
    subjects: (question) => (asked.push(question.limit), known.subjects({ scopes: [], limit: question.limit, ...(question.after && { after: question.after }) })),
    resources: ({ type, after, limit }) => known.resources({ type, limit, conditions: async (scopes) => scopes.map(() => true), ...(after && { after }) }),
  };
  const [plain, more] = [await pointOf(POLICY, EDITS), await pointOf(POLICY, generous)];
  for (const [endpoint, question] of [["subject", WHO], ["resource", WHAT]]) {
    for (const limit of [undefined, 3, 60]) {
      assert.deepEqual((await pages(more, endpoint, question, limit)).flat(), (await pages(plain, endpoint, question, limit)).flat());
    }
  }
  assert.ok(asked.every((limit) => limit >= 1));
});
