// A directory in D1 answers what the same directory in memory does, and denies where the database does not answer.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { loadPolicy } from "grantlet";
import { authzenHandler, cached, d1Directory, d1Store, decisionPoint } from "grantlet/authzen";
import * as certification from "./certification/checks.mjs";
import { answer } from "./support/asking.mjs";
import { sample } from "./support/conditions.mjs";
import { counting, database } from "./support/d1.mjs";
import * as todo from "./todo/cases.mjs";

const NAMES = [["certification", certification], ["todo", todo]];
for (const [name, { policy, directory, checks }] of NAMES) {
  test(`the checks of ${name} pass on a directory in D1`, async (t) => {
    const d1 = await database();
    await d1Store(d1).put(directory);
    const handler = authzenHandler({ policy: await loadPolicy(policy), directory: d1Directory(d1) });
    const base = "https://pdp.example.com";
    for (const check of checks) {
      await t.test(check.name, () => check.run({ base, send: (path, init) => handler(new Request(`${base}${path}`, init)) }));
    }
  });
}

const POLICY = {
  grantlet: 1,
  entitlements: ["finance"],
  scopes: { company: {}, office: { in: "company" } },
  resources: { invoice: { actions: ["view"], requires: "finance" }, page: { actions: ["view"] } },
  roles: {
    clerk: { scopes: ["root", "company", "office"], allow: ["invoice:view"] },
    reader: { scopes: ["company"], allow: [{ permissions: ["page:view"], when: { eq: [{ var: "scope.open" }, true] } }] },
    guest: { allow: [{ permissions: ["page:view"], when: { not: { exists: { var: "subject.barred" } } } }] },
  },
};
const policy = await loadPolicy(POLICY);

const DIRECTORY = {
  context: {
    entitlements: ["finance"],
    attributes: { region: "north" },
    scopes: {
      "company:c1": { attributes: { open: true } },
      "office:o1": { parent: "company:c1", attributes: { floor: 3 } },
      "office:lost": {},
    },
  },
  subjects: [
    { id: "anna", status: "active", attributes: { region: "north", deep: { list: [1, null, "x"] } }, assignments: [{ role: "clerk", scope: "company:c1" }], grants: [] },
    {
      id: "bob",
      assignments: [
        { role: "clerk", scope: "office:o1", status: "invited" },
        { role: "clerk", from: 1_700_000_000_000, until: 4_000_000_000_000 },
      ],
      grants: [{ permissions: ["page:view"], scope: "company:c1", except: ["page:edit"], when: { eq: [{ var: "resource.id" }, "p1"] }, status: "suspended", until: 5 }],
    },
    { id: "chris", assignments: [{ role: "guest" }], grants: [] },
    { id: "dora", status: "left", assignments: [], grants: [] },
  ],
  resources: [
    { type: "invoice", id: "i1", scope: "office:o1", attributes: { region: "north", "odd\u0000 \"key\"": "\u0000\u{1f600}" } },
    { type: "invoice", id: "p1" },
    { type: "page", id: "p1", scope: "company:c1" },
  ],
};

const evaluation = (id, permission, on, properties) => {
  const [type, name] = permission.split(":");
  return { subject: { type: "user", id }, action: { name }, resource: { type, id: on, ...(properties && { properties }) } };
};

/** A database with the directory, made once for the tests that only read. */
const seeded = await database();
await d1Store(seeded).put(DIRECTORY);

test("what was put comes back as it was", async () => {
  const directory = d1Directory(seeded);
  for (const subject of DIRECTORY.subjects) assert.deepEqual(await directory.subject(subject.id), { grants: [], ...subject });
  for (const resource of DIRECTORY.resources) assert.deepEqual(await directory.resource(resource.type, resource.id), resource);
  const scopes = ["office:o1", "office:lost", "company:nowhere"];
  assert.deepEqual(await directory.context({ scopes }), DIRECTORY.context);
  assert.deepEqual(await directory.context({ scopes: [] }), { ...DIRECTORY.context, scopes: {} });
  assert.equal(await directory.subject("nobody"), undefined);
  assert.equal(await directory.resource("page", "i1"), undefined);
});

test("times are the milliseconds that the model takes them for", async () => {
  const times = ["2026-07-01T00:00:00Z", "2026-07-01t02:00:00.5+02:00", "1969-12-31T23:59:59.9990001Z", new Date(5), -8.64e15];
  const d1 = await database();
  await d1Store(d1).put({ subjects: [{ id: "anna", assignments: times.map((from) => ({ role: "clerk", from })) }] });
  const { assignments } = await d1Directory(d1).subject("anna");
  assert.deepEqual(assignments.map(({ from }) => from), [1_782_864_000_000, 1_782_864_000_500, 0, 5, -8.64e15]);
});

test("an evaluation takes one round trip, and so do a thousand in one request", async () => {
  const { counted, counts } = counting(seeded);
  const point = decisionPoint({ policy, directory: d1Directory(counted) });
  const { decision } = await point.evaluate(evaluation("anna", "invoice:view", "i1"));
  assert.deepEqual({ decision, ...counts }, { decision: true, trips: 1, statements: 4 });
  console.log(`one evaluation: ${counts.trips} round trips, ${counts.statements} statements`);
  const evaluations = Array.from({ length: 1000 }, (_, index) => evaluation(index % 2 ? "anna" : `nobody ${index}`, "invoice:view", "i1"));
  const response = await point.fetch(
    new Request("https://pdp.example.com/access/v1/evaluations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ evaluations }),
    }),
  );
  const answers = await response.json();
  assert.deepEqual(answers.evaluations.map((answer) => answer.decision), evaluations.map((_, index) => index % 2 === 1));
  assert.deepEqual(counts, { trips: 2, statements: 8 });
});

test("the scope that a request names is read in the same round trip, whether the resource is known or not", async () => {
  const { counted, counts } = counting(seeded);
  const asked = [
    [evaluation("anna", "invoice:view", "new", { scope: "office:o1" }), "granted"],
    [evaluation("anna", "invoice:view", "i1", { scope: "office:o1" }), "granted"],
    [evaluation("anna", "invoice:view", "i1", { scope: "company:c1" }), "unknown-scope"],
    [evaluation("anna", "invoice:view", "new", { scope: "office:none" }), "unknown-scope"],
    [evaluation("anna", "invoice:view", "new", { scope: "" }), "unknown-scope"],
    [evaluation("anna", "invoice:view", "new", { scope: 7 }), "unknown-scope"],
    [evaluation("bob", "invoice:view", "new", { scope: "office:lost" }), "unknown-scope"],
  ];
  for (const wrap of [(one) => one, (one) => cached(one, { milliseconds: 60_000, most: 10 })]) {
    for (const [question, reason] of asked) {
      const point = decisionPoint({ policy, directory: wrap(d1Directory(counted)) });
      counts.trips = 0;
      assert.deepEqual([(await point.evaluate(question)).context.reason, counts.trips], [reason, 1], JSON.stringify(question));
    }
  }
  const { action, resource } = evaluation("anna", "invoice:view", "new", { scope: "office:o1" });
  const point = decisionPoint({ policy, directory: d1Directory(counted) });
  counts.trips = 0;
  const { results } = await answer(point, "subject", { subject: { type: "user" }, action, resource });
  assert.deepEqual([results.map(({ id }) => id), counts.trips], [["anna", "bob"], 2]);
});

test("a search for actions takes one round trip, and one for subjects two", async () => {
  const { counted, counts } = counting(seeded);
  const point = decisionPoint({ policy, directory: d1Directory(counted) });
  const search = async (kind, body) => (await answer(point, kind, body)).results;
  const { subject, resource, action } = evaluation("anna", "invoice:view", "i1");
  assert.deepEqual(await search("action", { subject, resource }), [{ name: "view" }]);
  assert.equal(counts.trips, 1);
  counts.trips = 0;
  assert.deepEqual(await search("subject", { subject: { type: "user" }, action, resource }), [{ type: "user", id: "anna" }, { type: "user", id: "bob" }]);
  assert.equal(counts.trips, 2);
});

test("the context that is read with those whom it is asked for is the one that is read by itself", async () => {
  const name = fc.integer({ min: 0, max: 59 }).map((index) => `office:${index}`);
  const listed = fc.record({ parent: name, attributes: fc.constant({ open: true }) }, { requiredKeys: [] });
  const held = (given) => fc.array(fc.record({ ...given, scope: name }, { requiredKeys: Object.keys(given) }), { maxLength: 3 });
  const subject = fc.record({ assignments: held({ role: fc.constant("clerk") }), grants: held({ permissions: fc.constant(["page:view"]) }) });
  const resource = fc.record({ type: fc.constant("page"), scope: name }, { requiredKeys: ["type"] });
  const scopes = sample(fc.dictionary(name, listed, { minKeys: 40, maxKeys: 50 }), 1)[0];
  const subjects = sample(subject, 100).map((given, index) => ({ id: `s${index}`, ...given }));
  const resources = sample(resource, 100).map((given, index) => ({ id: `r${index}`, ...given }));
  const d1 = await database();
  await d1Store(d1).put({ context: { plan: "p", attributes: { a: 1 }, scopes }, subjects, resources });
  const { counted, counts } = counting(d1);
  const directory = d1Directory(counted);
  for (let index = 0; index < 100; index += 1) {
    const since = performance.now();
    const [subject, resource] = await Promise.all([directory.subject(`s${index}`), directory.resource("page", `r${index}`)]);
    const asked = [subject.assignments, subject.grants, [resource]].flat().flatMap(({ scope }) => scope ?? []);
    counts.trips = 0;
    const together = await directory.context({ scopes: asked }, since);
    assert.equal(counts.trips, 0);
    assert.deepEqual(together, await directory.context({ scopes: asked }));
    assert.equal(counts.trips, 1);
  }
});

test("the context is read again for what it was not read for, and for what is asked later", async () => {
  const d1 = await database();
  const chain = { "office:o1": { parent: "company:c1" }, "company:c1": { attributes: { open: true } } };
  await d1Store(d1).put({ context: { entitlements: ["finance"], scopes: chain }, subjects: [{ id: "anna", assignments: [{ role: "clerk", scope: "office:o1" }] }] });
  const { counted, counts } = counting(d1);
  const directory = d1Directory(counted);
  const since = performance.now();
  await directory.subject("anna");
  await d1Store(d1).put({ context: { entitlements: [] } });
  counts.trips = 0;
  const entitlements = async (scopes, from) => (await directory.context({ scopes }, from)).entitlements;
  assert.deepEqual([await entitlements(["office:o1"], since), counts.trips], [["finance"], 0]);
  // A scope that another one is in was found, and not looked for: what that is in might lie too far up.
  for (const [scopes, from] of [[["company:c1"], since], [["office:o2", "office:o1"], since], [["office:o1"], undefined]]) {
    const before = performance.now();
    await directory.subject("anna");
    counts.trips = 0;
    assert.deepEqual([await entitlements(scopes, from && before), counts.trips], [[], 1], JSON.stringify(scopes));
  }
  await directory.subject("anna");
  counts.trips = 0;
  assert.deepEqual([await entitlements(["office:o1"], performance.now()), counts.trips], [[], 1]);
});

test("those who ask in one turn are given the same objects", async () => {
  const directory = d1Directory(seeded);
  const [one, other, here, there] = await Promise.all([
    directory.subject("anna"),
    directory.subject("anna"),
    directory.context({ scopes: ["office:o1"] }),
    directory.context({ scopes: [] }),
  ]);
  assert.equal(one, other);
  assert.equal(here, there);
});

test("an id that only looks like another is not it", async () => {
  const d1 = await database();
  await d1Store(d1).put({ subjects: [{ id: "\ufffd" }, { id: "a\u0000b" }, { id: "a" }], resources: [{ type: "page", id: "\ufffd" }] });
  const directory = d1Directory(d1);
  assert.equal((await directory.subject("\ufffd")).id, "\ufffd");
  assert.equal((await directory.subject("a\u0000b")).id, "a\u0000b");
  for (const id of ["\ud800", "a\u0000", "A", "a ", "a'", "%", "", "a\u0000b\u0000"]) assert.equal(await directory.subject(id), undefined);
  assert.equal(await directory.resource("page", "\udfff"), undefined);
});

test("chains of scopes end: in a circle, and where they are higher than any policy's", async () => {
  const d1 = await database();
  const scopes = { "company:a": { parent: "company:b" }, "company:b": { parent: "company:a" } };
  for (let height = 0; height < 200; height += 1) scopes[`office:${height}`] = { parent: `office:${height + 1}` };
  await d1Store(d1).put({ scopes });
  const directory = d1Directory(d1);
  assert.deepEqual(Object.keys((await directory.context({ scopes: ["company:a"] })).scopes).sort(), ["company:a", "company:b"]);
  const { scopes: chain } = await directory.context({ scopes: ["office:0"] });
  assert.deepEqual([Object.keys(chain).length, Object.hasOwn(chain, "office:63")], [64, true]);
});

/** Tables that take anything as it is, as somebody else might have made them. */
const loose = (sql) =>
  sql
    .replaceAll(/ (TEXT|INTEGER)\b/g, "")
    .replaceAll(/ CHECK \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, "")
    .replaceAll(/ STRICT,? ?/g, " ")
    .replaceAll(/\) WITHOUT ROWID/g, ")")
    .replaceAll(" NOT NULL", "");

/** Parameters for values that come after an id. */
const places = (values) => values.map((_, index) => `?${index + 2}`);

test("a row that is no fact is a fault of the question, and is left out of a search", async () => {
  const d1 = await database(loose);
  await d1Store(d1).put({ ...DIRECTORY, subjects: [{ id: "sound", assignments: [{ role: "guest" }, { role: "clerk" }] }], resources: [{ type: "page", id: "p1" }] });
  const bad = {
    "attributes-text": ["attributes", "{broken"],
    "attributes-list": ["attributes", '["barred"]'],
    "attributes-number": ["attributes", 7],
    "attributes-null": ["attributes", "null"],
    "attributes-huge": ["attributes", '{"a":1e999}'],
    "attributes-long": ["attributes", `{"a":[[${"9".repeat(250)}e60]]}`],
    "status-number": ["status", 7],
  };
  for (const [id, [column, value]] of Object.entries(bad)) {
    await d1.batch([
      d1.prepare(`INSERT INTO subjects (id, ${column}) VALUES (?1, ?2)`).bind(id, value),
      d1.prepare("INSERT INTO assignments (subject, position, role) VALUES (?1, 0, 'guest')").bind(id),
    ]);
  }
  const assignments = {
    "role-missing": ["role", null],
    "scope-number": ["scope", 7],
    "from-fraction": ['"from"', 7.5],
    "until-text": ["until", "soon"],
    "status-unknown": ["status", "soon"],
  };
  for (const [id, [column, value]] of Object.entries(assignments)) {
    const [columns, values] = column === "role" ? ["role", [value]] : [`role, ${column}`, ["clerk", value]];
    await d1.batch([
      d1.prepare("INSERT INTO subjects (id) VALUES (?1)").bind(id),
      d1.prepare("INSERT INTO assignments (subject, position, role) VALUES (?1, 0, 'guest')").bind(id),
      d1.prepare(`INSERT INTO assignments (subject, position, ${columns}) VALUES (?1, 1, ${places(values)})`).bind(id, ...values),
    ]);
  }
  const grants = { "permissions-text": ["permissions", "page:view"], "when-list": ['"when"', "[]"], "when-text": ['"when"', "{"], "except-object": ['"except"', "{}"] };
  for (const [id, [column, value]] of Object.entries(grants)) {
    const columns = column === "permissions" ? "permissions" : `permissions, ${column}`;
    const values = column === "permissions" ? [value] : ['["page:view"]', value];
    await d1.batch([
      d1.prepare("INSERT INTO subjects (id) VALUES (?1)").bind(id),
      d1.prepare(`INSERT INTO grants (subject, position, ${columns}) VALUES (?1, 0, ${places(values)})`).bind(id, ...values),
    ]);
  }
  const faults = [];
  const point = decisionPoint({ policy, directory: d1Directory(d1, { fault: (thrown) => faults.push(thrown.message) }), fault: (thrown) => faults.push(thrown.message) });
  const send = async (path, body) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await point.fetch(new Request(`https://pdp.example.com/access/v1/${path}`, init));
    return { status: response.status, body: await response.json() };
  };
  assert.equal((await point.evaluate(evaluation("sound", "page:view", "p1"))).decision, true);
  const inert = [];
  for (const id of Object.keys({ ...bad, ...assignments, ...grants })) {
    for (const properties of [undefined, { more: 1 }]) {
      const asked = evaluation(id, "page:view", "p1");
      const { status, body } = await send("evaluation", { ...asked, subject: { ...asked.subject, ...(properties && { properties }) } });
      if (status === 200) inert.push([id, body.decision]);
      else assert.equal(status, 500, `${id}: ${status} ${JSON.stringify(body)}`);
    }
  }
  // A status that nobody knows makes the one assignment inert by the model, and the other counts.
  assert.deepEqual(inert, [["status-unknown", true], ["status-unknown", true]]);
  faults.length = 0;
  const { status, body } = await send("search/subject", { subject: { type: "user" }, action: { name: "view" }, resource: { type: "page", id: "p1" } });
  assert.deepEqual([status, body.results.map(({ id }) => id)], [200, ["sound", "status-unknown"]]);
  assert.ok(faults.length >= 10, faults.join("\n"));
  // Whoever is told of them may fail, and those who may are found all the same.
  for (const fault of [() => assert.fail("told"), async () => assert.fail("told")]) {
    const directory = d1Directory(d1, { fault });
    const { found } = await directory.subjects({ scopes: [], limit: 1000 });
    assert.ok(found.some(({ id }) => id === "sound"));
  }
});

test("broken resources, scopes and contexts are faults too", async () => {
  for (const [table, column, value] of [
    ["resources", "attributes", "{"],
    ["resources", "attributes", "[]"],
    ["resources", "attributes", '{"a":-1E+0400}'],
    ["resources", "scope", 7],
    ["scopes", "attributes", "true"],
    ["scopes", "parent", 7],
    ["context", "entitlements", '"finance"'],
    ["context", "entitlements", "[7]"],
    ["context", "attributes", "nothing"],
    ["context", "plan", 7],
  ]) {
    const d1 = await database(loose);
    await d1Store(d1).put(DIRECTORY);
    const point = decisionPoint({ policy, directory: d1Directory(d1) });
    assert.equal((await point.evaluate(evaluation("anna", "invoice:view", "i1"))).decision, true);
    await d1.prepare(`UPDATE ${table} SET ${column} = ?1`).bind(value).run();
    const answer = await point.evaluate(evaluation("anna", "invoice:view", "i1")).catch(() => "fault");
    assert.ok(answer === "fault" || answer.decision === false, `${table}.${column} ${JSON.stringify(answer)}`);
  }
});

test("a database that fails, or does not answer in time, denies", async () => {
  const failing = { prepare: (sql) => seeded.prepare(sql), batch: () => Promise.reject(new Error("D1 is down")) };
  const throwing = { prepare: () => { throw new Error("D1 is gone"); }, batch: () => [] };
  const hanging = { prepare: (sql) => seeded.prepare(sql), batch: () => new Promise(() => {}) };
  const empty = { prepare: (sql) => seeded.prepare(sql), batch: async () => [] };
  for (const [d1, message] of [[failing, /down/], [throwing, /gone/], [hanging, /within 30 ms/]]) {
    const point = decisionPoint({ policy, directory: d1Directory(d1, { timeout: 30 }) });
    await assert.rejects(point.evaluate(evaluation("anna", "invoice:view", "i1")), message);
    const { resource, action } = evaluation("", "invoice:view", "i1");
    const questions = {
      evaluation: evaluation("anna", "invoice:view", "i1"),
      "search/subject": { subject: { type: "user" }, action, resource },
      "search/resource": { subject: { type: "user", id: "anna" }, action, resource: { type: "invoice" } },
    };
    for (const [kind, body] of Object.entries(questions)) {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      const response = await point.fetch(new Request(`https://pdp.example.com/access/v1/${kind}`, init));
      assert.deepEqual([response.status, (await response.json()).decision], [500, false], kind);
    }
  }
  const { decision } = await decisionPoint({ policy, directory: d1Directory(empty) }).evaluate(evaluation("anna", "invoice:view", "i1"));
  assert.equal(decision, false);
});
