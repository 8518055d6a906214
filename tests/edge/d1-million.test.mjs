// A million subjects and a million resources in D1: no page of a search reads much more than what it gives.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { d1Directory, decisionPoint } from "grantlet/authzen";
import { counting, database } from "./support/d1.mjs";

const MILLION = 1_000_000;

/**
 * Subjects `u0000000` and on: all are readers of one of 1,000 workspaces, every tenth a clerk at the root, every
 * 10,000th an auditor, and every 50,000th has a direct grant. Resources `r0000000` and on: half of them at the root, half
 * in the workspaces.
 */
async function million() {
  const d1 = await database();
  const numbers = (from, count) => `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${from + count})`;
  const began = performance.now();
  const step = 250_000;
  for (let from = 0; from < MILLION; from += step) {
    const id = (letter) => `'${letter}' || substr('000000' || i, -7)`;
    const sql = [
      `INSERT INTO subjects (id, attributes) ${numbers(from, step)} SELECT ${id("u")}, '{"region":"' || (i % 7) || '","number":' || i || '}' FROM n`,
      `INSERT INTO assignments (subject, position, role, scope) ${numbers(from, step)} SELECT ${id("u")}, 0, 'reader', 'workspace:w' || (i % 1000) FROM n`,
      `INSERT INTO assignments (subject, position, role) ${numbers(from, step)} SELECT ${id("u")}, 1, iif(i % 10000 = 0, 'auditor', 'clerk') FROM n WHERE i % 10 = 0`,
      `INSERT INTO grants (subject, position, permissions) ${numbers(from, step)} SELECT ${id("u")}, 0, '["page:view"]' FROM n WHERE i % 50000 = 7`,
      `INSERT INTO resources (type, id, scope, attributes) ${numbers(from, step)}
        SELECT 'page', ${id("r")}, iif(i % 2, 'workspace:w' || (i % 1000), NULL),
          '{"owner":"u' || substr('000000' || (i % 10000), -7) || '","size":' || (i % 1000) || ',"title":"page ' || i || '"}' FROM n`,
    ];
    await d1.batch(sql.map((one) => d1.prepare(one)));
  }
  console.log(`a million of each was written in ${Math.round((performance.now() - began) / 1000)} s`);
  return d1;
}

const policy = await loadPolicy({
  grantlet: 1,
  scopes: { workspace: {} },
  resources: { page: { actions: ["view", "edit", "audit", "share"] } },
  roles: {
    reader: { scopes: ["workspace"], allow: ["page:view"] },
    clerk: { allow: ["page:edit", { permissions: ["page:share"], when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] } }] },
    auditor: { allow: ["page:audit"] },
  },
});

const d1 = await million();

async function page(name, kind, body) {
  const { counted, counts } = counting(d1);
  const point = decisionPoint({ policy, directory: d1Directory(counted, { timeout: 60_000 }) });
  const ask = async () => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await point.fetch(new Request(`https://pdp.example.com/access/v1/search/${kind}`, init));
    return response.json();
  };
  await ask();
  counts.trips = 0;
  const began = performance.now();
  const { results } = await ask();
  const took = performance.now() - began;
  console.log(`${name}: ${results.length} results in ${took.toFixed(0)} ms, ${counts.trips} round trips`);
  return { results, took, trips: counts.trips };
}

/** Milliseconds that a page may take, on a machine that does other things too. */
const MOST = 4000;

test("a page of subjects", async () => {
  const resource = { type: "page", id: "r0000001", properties: {} };
  const who = (name, limit, id = "r0000001") => ({ subject: { type: "user" }, action: { name }, resource: { ...resource, id }, page: { limit } });
  const everybody = await page("a page of 1,000 of 100,000 with a role at the root", "subject", who("edit", 1000));
  assert.equal(everybody.results.length, 1000);
  const some = await page("the 1,000 of a workspace", "subject", who("view", 1000));
  assert.equal(some.results.length, 1000);
  const few = await page("all 100 of a million with a rare role", "subject", who("audit", 1000));
  assert.equal(few.results.length, 100);
  for (const { took } of [everybody, some, few]) assert.ok(took < MOST, `${took} ms`);
});

test("a page of resources", async () => {
  const what = (name, id, limit) => ({ subject: { type: "user", id }, action: { name }, resource: { type: "page" }, page: { limit } });
  const all = await page("a page of 1,000 of a million that one may edit", "resource", what("edit", "u0000010", 1000));
  assert.equal(all.results.length, 1000);
  const scope = await page("the 1,000 of the one workspace that one may view", "resource", what("view", "u0000011", 1000));
  assert.equal(scope.results.length, 1000);
  const own = await page("all 100 of a million that one owns", "resource", what("share", "u0000010", 1000));
  assert.equal(own.results.length, 100);
  await d1.prepare(`CREATE INDEX resources_by_owner ON resources (type, json_extract(attributes, '$."owner"'), scope, id)`).run();
  const indexed = await page("the same with an index on the owner", "resource", what("share", "u0000010", 1000));
  assert.deepEqual(indexed.results, own.results);
  for (const { took } of [all, scope, indexed]) assert.ok(took < MOST, `${took} ms`);
});

test("one evaluation", async () => {
  const { counted, counts } = counting(d1);
  const point = decisionPoint({ policy, directory: d1Directory(counted) });
  const times = [];
  for (let index = 0; index < 50; index += 1) {
    const id = String((index * 4999) % MILLION).padStart(7, "0");
    const began = performance.now();
    await point.evaluate({ subject: { type: "user", id: `u${id}` }, action: { name: "edit" }, resource: { type: "page", id: `r${id}` } });
    times.push(performance.now() - began);
  }
  times.sort((left, right) => left - right);
  console.log(`one evaluation: ${counts.trips / 50} round trips, ${times[25].toFixed(1)} ms in the middle, ${times[47].toFixed(1)} ms for 19 of 20`);
});
