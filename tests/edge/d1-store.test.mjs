// What is written into D1: replaced as a whole, refused where it would not come back as it is, and never half of it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { d1Directory, d1Store } from "grantlet/authzen";
import { scratch } from "../runtimes/support/pack.mjs";
import { answer, pages, pointOf } from "./support/asking.mjs";
import { database } from "./support/d1.mjs";

const SUBJECT = { id: "anna", assignments: [{ role: "clerk" }], grants: [{ permissions: ["page:view"] }] };

test("what is put again is replaced as a whole, and what is removed is gone with all that it was given", async () => {
  const d1 = await database();
  const [store, directory] = [d1Store(d1), d1Directory(d1)];
  await store.put({
    context: { plan: "growth", scopes: { "company:c": { attributes: { a: 1 } } } },
    subjects: [SUBJECT, { id: "bob" }],
    resources: [{ type: "page", id: "p", scope: "company:c", attributes: { a: 1 } }],
  });
  await store.put({ subjects: [{ id: "anna", status: "suspended" }], resources: [{ type: "page", id: "p" }], scopes: { "company:c": {} } });
  assert.deepEqual(await directory.subject("anna"), { id: "anna", status: "suspended", assignments: [], grants: [] });
  assert.deepEqual(await directory.resource("page", "p"), { type: "page", id: "p" });
  assert.deepEqual(await directory.context({ scopes: ["company:c"] }), { plan: "growth", scopes: { "company:c": {} } });
  await store.put({ context: { entitlements: [] } });
  assert.deepEqual(await directory.context({ scopes: [] }), { entitlements: [], scopes: {} });

  await store.put({ subjects: [SUBJECT] });
  await store.remove({ subjects: ["anna", "nobody"], resources: [{ type: "page", id: "p" }], scopes: ["company:c"] });
  for (const table of ["assignments", "grants", "resources", "scopes"]) {
    assert.deepEqual((await d1.prepare(`SELECT * FROM ${table}`).all()).results, [], table);
  }
  assert.equal(await directory.subject("anna"), undefined);
  assert.equal((await directory.subject("bob")).id, "bob");
  await store.put({});
  await store.remove({});
});

/** An object that is so many levels deep. */
const nested = (levels) => JSON.parse(`{"deep":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`);

const NO_TIMES = [
  ...["soon", "2026-07-01", "2026-07-01T00:00:00", "2026-02-29T00:00:00Z", "2026-07-01T24:00:00Z", "2026-07-01T00:00:60Z"],
  ...[1.5, NaN, 8.64e15 + 1, null, new Date(NaN)],
];

test("what is malformed is refused with its place, and nothing is written", async () => {
  const d1 = await database();
  const subject = (more) => ({ subjects: [{ id: "bob" }, { ...SUBJECT, ...more }] });
  const assignment = (more) => subject({ assignments: [{ role: "clerk", ...more }] });
  const grant = (more) => subject({ grants: [{ permissions: ["page:view"], ...more }] });
  const cyclic = {};
  cyclic.cyclic = cyclic;
  const deep = nested(81);
  const refused = [
    [subject({ id: "" }), "`/subjects/1/id` must not be empty"],
    [subject({ id: 7 }), "`/subjects/1/id` must be a string"],
    [subject({ id: "\ud800" }), "`/subjects/1/id` has half a character"],
    [subject({ id: "bob" }), "`bob` stands there twice"],
    [subject({ status: null }), "`/subjects/1/status` must be a string"],
    [subject({ attributes: [] }), "`/subjects/1/attributes` must be an object"],
    [subject({ attributes: { a: NaN } }), "`/subjects/1/attributes` must be JSON, which `a` in it is not"],
    [subject({ attributes: { a: [undefined] } }), "`/subjects/1/attributes` must be JSON, which `0` in it is not"],
    [subject({ attributes: { a: 1n } }), "`/subjects/1/attributes` must be JSON, which `a` in it is not"],
    [subject({ attributes: { a: { b: "\udc00" } } }), "`/subjects/1/attributes, at `b`,` has half a character"],
    ...[deep, nested(100_000), cyclic].map((attributes) => [subject({ attributes }), "`/subjects/1/attributes` must not be nested deeper than 80 levels"]),
    [grant({ when: deep }), "`/subjects/1/grants/0/when` must not be nested deeper than 80 levels"],
    [{ ...subject({}), resources: [{ type: "page", id: "p", attributes: deep }] }, "`/resources/0/attributes` must not be nested deeper than 80 levels"],
    [{ ...subject({}), scopes: { "company:c": { attributes: deep } } }, "`/scopes/company:c/attributes` must not be nested deeper than 80 levels"],
    [{ ...subject({}), context: { attributes: deep } }, "`/context/attributes` must not be nested deeper than 80 levels"],
    [subject({ assignments: "clerk" }), "`/subjects/1/assignments` must be a list"],
    [subject({ assignments: [null] }), "`/subjects/1/assignments/0` must be an object"],
    [assignment({ role: undefined }), "`/subjects/1/assignments/0/role` must be a string"],
    [assignment({ scope: null }), "`/subjects/1/assignments/0/scope` must be a string"],
    [assignment({ expires: 5 }), "`/subjects/1/assignments/0/expires` is no key of it, and cannot be stored"],
    ...NO_TIMES.map((until) => [assignment({ until }), "`/subjects/1/assignments/0/until` must be a time with an offset, or whole milliseconds"]),
    [grant({ permissions: "page:view" }), "`/subjects/1/grants/0/permissions` must be a list"],
    [grant({ permissions: [7] }), "`/subjects/1/grants/0/permissions/0` must be a string"],
    [grant({ when: true }), "`/subjects/1/grants/0/when` must be an object"],
    [grant({ deny: true }), "`/subjects/1/grants/0/deny` is no key of it, and cannot be stored"],
    [{ ...subject({}), resources: [{ type: "page", id: "p" }, { type: "page", id: "p", attributes: {} }] }, '`["page","p"]` stands there twice'],
    [{ ...subject({}), resources: [{ type: "page", id: "p", scope: 5 }] }, "`/resources/0/scope` must be a string"],
    [{ ...subject({}), scopes: { "company:c": { parent: 7 } } }, "`/scopes/company:c/parent` must be a string"],
    [{ ...subject({}), context: { now: 5 } }, "`/context/now` must not be given: the time is the clock's"],
    [{ ...subject({}), context: { entitlements: "finance" } }, "`/context/entitlements` must be a list"],
  ];
  for (const [facts, message] of refused) {
    await assert.rejects(d1Store(d1).put(facts), (error) => error instanceof TypeError && (assert.equal(error.message, message), true), message);
  }
  for (const table of ["subjects", "resources", "scopes", "context"]) {
    assert.deepEqual((await d1.prepare(`SELECT * FROM ${table}`).all()).results, [], table);
  }
});

test("whatever is as deep as it may be is read in decisions and searches", async () => {
  const d1 = await database();
  let when = { eq: [{ var: "resource.a.a" }, { var: "subject.a.a" }] };
  for (let depth = 1; depth < 32; depth += 1) when = { all: [when] };
  const attributes = nested(80);
  await d1Store(d1).put({
    context: { attributes, scopes: { "company:c": { attributes } } },
    subjects: [{ id: "anna", attributes: { a: { a: 1 } }, grants: [{ permissions: ["page:view"], when }] }, { id: "bob", attributes, assignments: [{ role: "reader" }] }],
    resources: [{ type: "page", id: "p", scope: "company:c", attributes: { ...attributes, a: { a: 1 } } }, { type: "page", id: "q", attributes }],
  });
  const policy = { grantlet: 1, scopes: { company: {} }, resources: { page: { actions: ["view"] } }, roles: { reader: { allow: ["page:view"] } } };
  const point = await pointOf(policy, d1Directory(d1));
  const [user, page, action] = [(id) => ({ type: "user", id }), (id) => ({ type: "page", id }), { name: "view" }];
  for (const [subject, resource, decision] of [["anna", "p", true], ["anna", "q", false], ["bob", "p", true], ["bob", "q", true]]) {
    assert.equal((await answer(point, "evaluation", { subject: user(subject), action, resource: page(resource) })).decision, decision);
  }
  assert.deepEqual(await pages(point, "subject", { subject: { type: "user" }, action, resource: page("p") }), [["anna", "bob"]]);
  assert.deepEqual(await pages(point, "resource", { subject: user("anna"), action, resource: { type: "page" } }), [["p"]]);
  assert.deepEqual(await pages(point, "resource", { subject: user("bob"), action, resource: { type: "page" } }), [["q", "p"]]);
});

test("many facts are written in few statements, and few of them as one", async () => {
  const d1 = await database();
  const attributes = { text: "é".repeat(50) };
  const subjectOf = (index) => ({ id: `u${index}`, attributes, assignments: [{ role: "clerk", scope: `company:${index % 10}` }] });
  const subjects = Array.from({ length: 30_000 }, (_, index) => subjectOf(index));
  let most = 0;
  let trips = 0;
  const counted = {
    prepare: (sql) => ({
      bind: (...values) => {
        most = Math.max(most, ...values.map((value) => Buffer.byteLength(String(value))));
        return d1.prepare(sql).bind(...values);
      },
    }),
    batch: (statements) => {
      trips += 1;
      return d1.batch(statements);
    },
  };
  await d1Store(counted).put({ subjects });
  assert.ok(trips < 30 && most < 2_000_000, `${trips} round trips, ${most} bytes`);
  const counts = await d1.batch(["subjects", "assignments"].map((table) => d1.prepare(`SELECT count(*) AS count FROM ${table}`)));
  assert.deepEqual(counts.map(({ results: [{ count }] }) => count), [30_000, 30_000]);
  trips = 0;
  await d1Store(counted).put({ subjects: subjects.slice(0, 100), resources: [{ type: "page", id: "p" }], context: {} });
  assert.equal(trips, 1);
});

test("the types are those that a Worker has", () => {
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true },
    ...{ module: "esnext", moduleResolution: "bundler", target: "es2022" },
    ...{ lib: ["ES2022", "ESNext.Disposable"], types: ["@cloudflare/workers-types"] },
  };
  const project = scratch("edge-stores", {
    files: {
      "worker.ts": `import { cached, d1Directory, d1Store, decisionPoint, kvPolicies, publish } from "grantlet/authzen";
interface Env { DIRECTORY: D1Database; POLICIES: KVNamespace }
export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const directory = cached(d1Directory(env.DIRECTORY.withSession(), { timeout: 1000 }), { milliseconds: 1000, most: 100 });
    await d1Store(env.DIRECTORY).put({ subjects: [{ id: "anna" }] });
    await publish(env.POLICIES, { version: "1", policy: { grantlet: 1, resources: {}, roles: {} } });
    const policy = kvPolicies(env.POLICIES, { waitUntil: (promise) => context.waitUntil(promise) });
    const { fetch } = decisionPoint({ policy, directory: d1Directory(env.DIRECTORY) ?? directory });
    return fetch(request);
  },
};
`,
      "tsconfig.json": JSON.stringify({ compilerOptions }),
    },
  });
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", "."], { cwd: project, encoding: "utf8" });
  assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
});

test("the package brings the migrations", () => {
  const project = scratch("edge-migrations", { packages: [] });
  const { stdout } = spawnSync("ls", [join(project, "node_modules/grantlet/d1/migrations")], { encoding: "utf8" });
  assert.equal(stdout, "0001_directory.sql\n");
});
