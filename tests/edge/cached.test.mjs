// A cached directory gives what the one behind it gave, no longer than it may.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { cached, decisionPoint } from "grantlet/authzen";
import { loadPolicy } from "grantlet";

/** A directory that counts what it is asked, gives a new object each time, and can be made to fail or to wait. */
function behind() {
  const asked = [];
  const answer = (name, make) => async (...parameters) => {
    asked.push([name, ...parameters]);
    await directory.wait;
    if (directory.fault !== undefined) throw directory.fault;
    return make(...parameters);
  };
  const directory = {
    asked,
    wait: undefined,
    fault: undefined,
    assignments: [{ role: "reader" }],
    subject: answer("subject", (id) => (id.startsWith("nobody") ? undefined : { id, assignments: directory.assignments })),
    resource: answer("resource", (type, id) => ({ type, id })),
    context: answer("context", ({ scopes }) => ({ attributes: { scopes: [...scopes] } })),
    subjects: answer("subjects", () => ({ found: [] })),
    resources: answer("resources", () => ({ found: [] })),
  };
  return directory;
}

test("the same answer is the same object, at once and without asking", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10 });
  const [anna, page, context] = [await kept.subject("anna"), await kept.resource("page", "p"), await kept.context({ scopes: ["a:1", "b:2"] })];
  assert.equal(kept.subject("anna"), anna);
  assert.equal(kept.resource("page", "p"), page);
  assert.equal(kept.context({ scopes: ["b:2", "a:1", "b:2"] }), context);
  assert.equal(directory.asked.length, 3);
  assert.notEqual(await kept.subject("bob"), anna);
  assert.deepEqual(await kept.resource("page:p", ""), { type: "page:p", id: "" });
  assert.deepEqual((await kept.context({ scopes: ["a:1"] })).attributes, { scopes: ["a:1"] });
});

test("a right that was revoked is there for so long and no longer", async () => {
  const policy = await loadPolicy({ grantlet: 1, resources: { page: { actions: ["view"] } }, roles: { reader: { allow: ["page:view"] } } });
  const directory = behind();
  const point = decisionPoint({ policy, directory: cached(directory, { milliseconds: 80, most: 10 }) });
  const ask = async () => (await point.evaluate({ subject: { type: "user", id: "anna" }, action: { name: "view" }, resource: { type: "page", id: "p" } })).decision;
  assert.equal(await ask(), true);
  directory.assignments = [];
  const revoked = performance.now();
  assert.equal(await ask(), true);
  while (await ask()) assert.ok(performance.now() - revoked < 500, "it stays");
  assert.ok(performance.now() - revoked <= 150);
});

test("the time begins when the question is asked", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 60, most: 10 });
  directory.wait = pause(50);
  await kept.subject("anna");
  await pause(20);
  await kept.subject("anna");
  assert.equal(directory.asked.length, 2);
});

test("the time of a context begins when it may have been read first", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10 });
  const since = performance.now() - 980;
  const asked = await kept.context({ scopes: [] }, since);
  assert.deepEqual(directory.asked, [["context", { scopes: [] }, since]]);
  assert.equal(kept.context({ scopes: [] }, performance.now()), asked);
  await pause(30);
  assert.notEqual(await kept.context({ scopes: [] }), asked);
  assert.deepEqual(directory.asked[1], ["context", { scopes: [] }, undefined]);
});

test("those who ask at the same time share one lookup, its failure too, and no failure is kept", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10 });
  const all = await Promise.all(Array.from({ length: 100 }, () => kept.subject("anna")));
  assert.deepEqual([new Set(all).size, directory.asked.length], [1, 1]);
  directory.fault = new Error("down");
  const failed = await Promise.allSettled(Array.from({ length: 100 }, () => kept.subject("bob")));
  assert.ok(failed.every(({ reason }) => reason === directory.fault));
  assert.equal(directory.asked.length, 2);
  directory.fault = undefined;
  assert.equal((await kept.subject("bob")).id, "bob");
});

test("nobody is not kept: who is added is there at once", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10 });
  assert.equal(await kept.subject("nobody"), undefined);
  assert.equal(await kept.subject("nobody"), undefined);
  assert.equal(directory.asked.length, 2);
});

test("no more are kept than may be, and those that were used last", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 10_000, most: 3 });
  for (const id of ["a", "b", "c"]) await kept.subject(id);
  await kept.subject("a");
  for (let index = 0; index < 1000; index += 1) await kept.subject(`nobody ${index}`);
  await kept.subject("d");
  const before = directory.asked.length;
  for (const id of ["c", "a", "d"]) await kept.subject(id);
  assert.equal(directory.asked.length, before);
  await kept.subject("b");
  assert.equal(directory.asked.length, before + 1);
});

test("a lookup that never ends holds up nobody for long", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10, timeout: 30 });
  directory.wait = new Promise(() => {});
  void kept.subject("anna");
  await assert.rejects(kept.subject("anna"), /within 30 ms/);
  directory.wait = undefined;
  assert.equal((await kept.subject("anna")).id, "anna");
});

test("whoever has a runtime finish what is under way is told of each lookup, and of no failure", async () => {
  const directory = behind();
  const waited = [];
  const kept = cached(directory, { milliseconds: 1000, most: 10, waitUntil: (promise) => waited.push(promise) });
  await Promise.all([kept.subject("anna"), kept.subject("anna"), kept.resource("page", "p"), kept.context({ scopes: [] })]);
  await kept.subject("anna");
  assert.equal(waited.length, 3);
  directory.fault = new Error("down");
  await assert.rejects(kept.subject("ben"), /down/);
  assert.equal(waited.length, 4);
  await Promise.all(waited);
});

test("searches are asked anew, and what is no bound is refused", async () => {
  const directory = behind();
  const kept = cached(directory, { milliseconds: 1000, most: 10 });
  for (let count = 0; count < 2; count += 1) {
    await kept.subjects({ scopes: [], limit: 1 });
    await kept.resources({ type: "page", limit: 1, conditions: async () => [] });
  }
  assert.equal(directory.asked.length, 4);
  const scopes = Array.from({ length: 500 }, (_, index) => `workspace:${index}`);
  assert.notEqual(await kept.context({ scopes }), await kept.context({ scopes }), "nor is a context of hundreds of scopes kept");
  for (const bounds of [{ milliseconds: 0, most: 1 }, { milliseconds: NaN, most: 1 }, { milliseconds: 1, most: 0 }, { milliseconds: 1 }, {}]) {
    assert.throws(() => cached(directory, bounds), RangeError);
  }
});

test("somebody who asks all the time is found as fast as anybody", async () => {
  const kept = cached(behind(), { milliseconds: 60_000, most: 10_000 });
  const often = () => {
    const began = performance.now();
    for (let time = 0; time < 20_000; time += 1) assert.equal(kept.subject("anna")?.id, "anna");
    return performance.now() - began;
  };
  await kept.subject("anna");
  const alone = Math.min(...[1, 2, 3].map(often));
  for (let index = 0; index < 9_999; index += 1) await kept.subject(`u${index}`);
  const amongOthers = Math.min(...[1, 2, 3].map(often));
  assert.ok(amongOthers < 10 * alone, `${amongOthers} ms, and ${alone} ms alone`);
});
