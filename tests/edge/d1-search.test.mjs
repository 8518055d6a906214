// Searches in D1: pages that neither lose nor repeat, in the order of an index, and what is left of whole policies held to
// the evaluator row by row.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { loadPolicy } from "grantlet";
import { d1Directory, d1Store, decisionPoint, memoryDirectory } from "grantlet/authzen";
import { openTools } from "grantlet/tools";
import { attributes, INTEGERS, KEYS, residuals, sample, TEXTS } from "./support/conditions.mjs";
import { database, together } from "./support/d1.mjs";

/** Everything that a search gives, page by page. */
async function everything(ask) {
  const found = [];
  for (let after; ; ) {
    const page = await ask(after);
    assert.ok(page.found.length > 0 || (after === undefined && page.next === undefined), "a page is empty, and there are others");
    found.push(...page.found);
    if (page.next === undefined) return found;
    after = page.next;
  }
}

/** In the order of the database: by code point. */
const byText = (key) => (one, other) => Buffer.compare(Buffer.from(key(one)), Buffer.from(key(other)));

const IDS = [...TEXTS.filter((text) => text !== ""), "z", "Z", "10", "9"];
const SCOPES = [undefined, "workspace:a", "workspace:é", "workspace:\u{1f600}", "workspace:\uffff", "office:a", "office:a:b"];

test("subjects: page by page those whom the directory in memory gives, in the order of their ids", async () => {
  const assignment = fc.record({ role: fc.constantFrom("a", "b", "c"), scope: fc.constantFrom(...SCOPES) }).map(({ role, scope }) => ({ role, ...(scope && { scope }) }));
  const some = fc.array(assignment, { maxLength: 4 });
  const given = sample(fc.record({ assignments: some, grants: fc.constantFrom([], [], [], [{ permissions: ["page:view"] }]) }), IDS.length);
  const subjects = IDS.map((id, index) => ({ id, ...given[index] }));
  const d1 = await database();
  await d1Store(d1).put({ subjects });
  const [there, here] = [d1Directory(together(d1)), memoryDirectory({ subjects })];
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 });
  const scopes = fc.uniqueArray(fc.constantFrom(...SCOPES.slice(1), "office:none"), { maxLength: 3 });
  const question = fc.record({ roles: fc.option(names, { nil: undefined }), below: fc.option(names, { nil: undefined }), scopes, limit: fc.constantFrom(1, 2, 7, 100) });
  const counts = { all: 0, some: 0 };
  const held = async ({ roles, below, scopes, limit }) => {
    const asked = { ...(roles && { roles }), ...(below && { below }), scopes };
    const found = await everything((after) => there.subjects({ ...asked, limit, ...(after !== undefined && { after }) }));
    const expected = [...here.subjects({ ...asked, limit: 1000 }).found].sort(byText(({ id }) => id));
    assert.deepEqual(found, expected);
    counts[found.length === subjects.length ? "all" : "some"] += 1;
  };
  await Promise.all(sample(question, 80).map(held));
  assert.ok(counts.some > 40 && counts.all > 5, JSON.stringify(counts));
});

test("resources: page by page all that may be an answer, the root first, then by scope and id", async () => {
  const resources = SCOPES.flatMap((scope, index) => IDS.slice(index).map((id) => ({ type: "page", id: `${id}${index}`, ...(scope && { scope }) })));
  resources.push({ type: "pages", id: "other" }, { type: "page", id: "lost", scope: "nowhere" });
  const d1 = await database();
  await d1Store(d1).put({ resources });
  const directory = d1Directory(together(d1));
  const id = { var: "resource.id" };
  const answer = fc.constantFrom(true, false, null, { eq: [id, "z0"] }, { not: { in: [id, ["a1", "z2"]] } });
  const answers = fc.array(answer, { minLength: 8, maxLength: 8 });
  const held = async ([left, limit]) => {
    const known = [...SCOPES, "nowhere"];
    const conditions = async (scopes) => scopes.map((scope) => left[known.indexOf(scope)]);
    const found = await everything((after) => directory.resources({ type: "page", conditions, limit, ...(after !== undefined && { after }) }));
    const expected = resources.filter(({ type, id, scope }) => {
      const residual = left[known.indexOf(scope)];
      if (type !== "page" || residual === null || typeof residual === "boolean") return type === "page" && residual === true;
      return residual.eq ? id === "z0" : !["a1", "z2"].includes(id);
    });
    const ordered = [...expected].sort(byText(({ scope = "", id }) => `${scope}\u0000\u0000\u0000${id}`));
    assert.deepEqual(found, ordered);
  };
  await Promise.all(sample(fc.tuple(answers, fc.constantFrom(3, 10, 50, 1000)), 16).map(held));
});

test("more scopes than are asked about at a time", async () => {
  const d1 = await database();
  const resources = Array.from({ length: 1300 }, (_, index) => ({ type: "page", id: `p${index % 7}-${index}`, scope: `workspace:${index}` }));
  await d1Store(d1).put({ resources });
  const seen = [];
  const conditions = async (scopes) => {
    seen.push(scopes.length);
    return scopes.map((scope) => Number(scope?.split(":")[1]) % 100 === 3);
  };
  const directory = d1Directory(d1);
  const found = await everything((after) => directory.resources({ type: "page", conditions, limit: 5, ...(after !== undefined && { after }) }));
  assert.deepEqual(found.map(({ scope }) => scope), resources.map(({ scope }) => scope).filter((scope) => Number(scope.split(":")[1]) % 100 === 3).sort());
  assert.ok(Math.max(...seen) <= 501, `${seen}`);
});

test("a place of somebody's own making begins where it says, or the list begins", async () => {
  const resources = [undefined, "workspace:a"].flatMap((scope) => ["1", "2"].map((id) => ({ type: "page", id: `${id}${scope ?? ""}`, ...(scope && { scope }) })));
  const d1 = await database();
  await d1Store(d1).put({ resources });
  const directory = d1Directory(d1);
  const conditions = async (scopes) => scopes.map(() => true);
  const after = async (place) => (await directory.resources({ type: "page", conditions, limit: 9, after: place })).found.length;
  assert.equal(await after(JSON.stringify({ scope: null, id: "1" })), 3);
  assert.equal(await after(JSON.stringify({ scope: "workspace:a", id: "" })), 2);
  assert.equal(await after(JSON.stringify({ scope: "x", id: "" })), 0);
  for (const none of ["", "x", "7", "null", "[]", "{}", '"page"', '{"scope":7,"id":"1"}', '{"scope":null}', '{"scope":null,"id":7}', '{"scope":{},"id":"1"}']) {
    assert.equal(await after(none), 4, none);
  }
});

test("no page is sorted, and none begins with reading everything", async () => {
  const d1 = await database();
  const explained = [];
  const listening = {
    prepare: (sql) => ({ bind: (...values) => ({ sql, values, statement: d1.prepare(sql).bind(...values) }) }),
    batch: async (statements) => {
      for (const { sql, values } of statements) {
        const { results } = await d1.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values).all();
        explained.push([sql, results.map(({ detail }) => detail)]);
      }
      return d1.batch(statements.map(({ statement }) => statement));
    },
  };
  await d1Store(d1).put({ resources: [{ type: "page", id: "p" }, { type: "page", id: "q", scope: "workspace:a" }] });
  const directory = d1Directory(listening);
  await directory.subjects({ scopes: [], limit: 10, after: "a" });
  await directory.subjects({ roles: ["a"], below: ["b"], scopes: ["workspace:a"], limit: 10 });
  await directory.resources({ type: "page", limit: 10, conditions: async (scopes) => scopes.map(() => ({ exists: { var: "resource.a" } })) });
  await Promise.all([directory.subject("anna"), directory.resource("page", "p"), directory.context({ scopes: ["workspace:a"] })]);
  assert.equal(explained.length, 9);
  for (const [sql, plan] of explained) {
    for (const detail of plan) {
      // The one row of the context, the ids of a page, and what stands in parameters may be read as they are.
      assert.doesNotMatch(detail, /^SCAN (subjects|assignments|grants|resources|scopes)(?! USING (COVERING )?INDEX| USING PRIMARY KEY)/, `${sql}\n${plan.join("\n")}`);
      if (sql.includes("resources")) assert.doesNotMatch(detail, /TEMP B-TREE FOR .*ORDER BY/, `${sql}\n${plan.join("\n")}`);
    }
  }
});

const ANNA = { id: "anna", attributes: { a: "a", b: 7, c: [1, "a", null] }, assignments: [{ role: "writer", scope: "workspace:a" }, { role: "reader" }] };
const CONTEXT = { scopes: { "workspace:a": { attributes: { a: "ab", b: null } }, "workspace:b": { attributes: { a: "a" } } }, attributes: { c: "é" } };

/** Integers that are the same once they were read and written. */
const SAFE = INTEGERS.filter((text) => Number.isSafeInteger(Number(text)));

/** Policies whose conditions read everything that there is, and a record too. */
function policies() {
  const others = ["subject.id", "subject.a", "subject.b", "subject.c", "scope.a", "scope.b", "scope.id", "context.c", "action.a", "role.id"];
  const condition = residuals(SAFE, KEYS.filter((key) => !/[\s.$*[\]']/.test(key)), others);
  const grant = fc.option(condition, { nil: undefined }).map((when) => ({ permissions: ["page:view"], ...(when && { when }) }));
  const lists = [fc.array(grant, { minLength: 1, maxLength: 3 }), fc.array(grant, { maxLength: 1 }), fc.array(grant, { maxLength: 2 })];
  return fc.tuple(...lists).map(([reads, denies, writes]) => ({
    grantlet: 1,
    scopes: { workspace: {} },
    resources: { page: { actions: ["view"] } },
    roles: {
      reader: { allow: reads.filter(({ when }) => when), deny: denies.filter(({ when }) => when) },
      writer: { scopes: ["workspace"], allow: writes },
    },
  }));
}

test("what is left of a policy selects every row that the evaluator allows, and no other one", async () => {
  const texts = sample(attributes(SAFE, KEYS), 60);
  const scopes = [undefined, "workspace:a", "workspace:b", "office:a"];
  const resources = texts.map((text, index) => ({
    type: "page",
    id: `${["a", "é", "7"][index % 3]}${index}`,
    ...(scopes[index % 4] && { scope: scopes[index % 4] }),
    attributes: JSON.parse(text),
  }));
  const d1 = await database();
  await d1Store(d1).put({ resources });
  const directory = d1Directory(together(d1));
  const counts = { policies: 0, allowed: 0, denied: 0 };
  const held = async (document) => {
    const policy = await loadPolicy(document).catch(() => undefined);
    if (policy === undefined) return;
    const tools = await openTools(document);
    const session = policy.session(ANNA, CONTEXT);
    for (const action of [undefined, { a: "a" }]) {
      const conditions = async (asked) => tools.residual("page:view", { subject: ANNA, context: CONTEXT, scopes: asked, ...(action && { action }) });
      const { found } = await directory.resources({ type: "page", conditions, limit: 1000 });
      const selected = new Set(found.map(({ id }) => id));
      for (const { id, scope, type, attributes } of resources) {
        const may = session.can("page:view", { ...(scope && { scope }), resource: { ...attributes, id, type }, ...(action && { action }) });
        assert.equal(selected.has(id), may, `${JSON.stringify(document.roles)} ${JSON.stringify({ id, scope, attributes, action })}`);
        counts[may ? "allowed" : "denied"] += 1;
      }
    }
    counts.policies += 1;
    session.free();
    tools.free();
  };
  const documents = sample(policies(), 100);
  for (let at = 0; at < documents.length; at += 30) await Promise.all(documents.slice(at, at + 30).map(held));
  console.log(JSON.stringify(counts));
  assert.ok(counts.policies > 60 && counts.allowed > 500 && counts.denied > 1000, JSON.stringify(counts));
});

test("a search for resources gives exactly what evaluations one by one allow", async () => {
  const when = { any: [{ in: [{ var: "resource.a" }, { var: "subject.c" }] }, { ne: [{ var: "resource.b" }, { var: "resource.c" }] }] };
  const document = {
    grantlet: 1,
    scopes: { workspace: {} },
    resources: { page: { actions: ["view"] } },
    roles: {
      reader: { allow: [{ permissions: ["page:view"], when }] },
      writer: { scopes: ["workspace"], allow: ["page:view"] },
    },
  };
  const texts = sample(attributes(INTEGERS, KEYS), 200);
  const scopes = [undefined, "workspace:a", "workspace:b"];
  const resources = texts.map((text, index) => ({ type: "page", id: `p${index}`, ...(scopes[index % 3] && { scope: scopes[index % 3] }), attributes: JSON.parse(text) }));
  const d1 = await database();
  await d1Store(d1).put({ subjects: [ANNA], context: CONTEXT, resources });
  const point = decisionPoint({ policy: await loadPolicy(document), directory: d1Directory(d1) });
  const send = async (path, body) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return (await point.fetch(new Request(`https://pdp.example.com/access/v1/${path}`, init))).json();
  };
  const question = { subject: { type: "user", id: "anna" }, action: { name: "view" } };
  const allowed = [];
  for (let at = 0; at < resources.length; at += 200) {
    const asked = resources.slice(at, at + 200);
    const { evaluations } = await send("evaluations", { ...question, evaluations: asked.map(({ type, id }) => ({ resource: { type, id } })) });
    allowed.push(...asked.filter((_, index) => evaluations[index].decision).map(({ id }) => id));
  }
  const searched = [];
  for (let token = ""; ; ) {
    const answer = await send("search/resource", { ...question, resource: { type: "page" }, page: token === "" ? { limit: 17 } : { token } });
    searched.push(...answer.results.map(({ id }) => id));
    token = answer.page.next_token;
    if (token === "") break;
  }
  const share = allowed.length / resources.length;
  assert.ok(share > 0.25 && share < 0.75, `${share}`);
  assert.deepEqual(searched.sort(), allowed.sort());
});
