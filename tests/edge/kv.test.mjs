// Policies in KV: a newer one is taken over, a broken one never, and without KV nothing is allowed for long.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { PolicyError } from "grantlet";
import { decisionPoint, kvPolicies, publish } from "grantlet/authzen";
import { workerd } from "./support/d1.mjs";

/** A policy whose one role tells which it is: everybody is allowed what it is named after. */
const document = (name) => ({
  grantlet: 1,
  resources: { page: { actions: ["view", name] } },
  roles: { everybody: { allow: [`page:${name}`] } },
  derivedRoles: [{ role: "everybody" }],
});

/** A namespace in memory, whose answers can be made to fail. */
function memory() {
  const values = new Map();
  const kv = {
    values,
    gets: [],
    get: async (key) => {
      kv.gets.push(key);
      await null;
      return kv.answer(key);
    },
    put: async (key, value) => void values.set(key, value),
    answer: (key) => values.get(key) ?? null,
    works: () => (kv.answer = (key) => values.get(key) ?? null),
    fails: () => (kv.answer = () => Promise.reject(new Error("KV is down"))),
    hangs: () => (kv.answer = () => new Promise(() => {})),
  };
  return kv;
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Writes a record and its pointer as they are, without `publish`. */
function smuggle(kv, version, record, pointer = {}) {
  kv.values.set(`policy:${version}`, record);
  kv.values.set("policy:current", JSON.stringify({ version, sha256: sha256(record), ...pointer }));
}

const FAST = { refresh: 0, timeout: 40, maxStale: 150 };
const versionOf = async (policies) => (await policies.current()).version;

test("a published policy answers, and a newer one is taken over", async () => {
  const kv = memory();
  const pointer = await publish(kv, { version: "1", policy: document("edit"), loggable: ["resource.status"] });
  assert.equal(pointer.sha256, sha256(kv.values.get("policy:1")));
  const policies = kvPolicies(kv, FAST);
  const { policy, version, loggable } = await policies.current();
  assert.deepEqual([policy.permissions, version, loggable], [["page:view", "page:edit"], "1", ["resource.status"]]);
  await publish(kv, { version: "2", policy: JSON.stringify(document("delete")) });
  const next = await policies.current();
  assert.deepEqual([next.policy.permissions, next.version, next.loggable], [["page:view", "page:delete"], "2", undefined]);
  await publish(kv, { version: "10", policy: document("share") });
  assert.equal(await versionOf(policies), "10");
});

test("KV as workerd has it", async () => {
  const kv = await workerd({ kvNamespaces: ["POLICIES"] }).getKVNamespace("POLICIES");
  const policies = kvPolicies(kv, { refresh: 0 });
  await assert.rejects(async () => policies.current(), /no policy that can be trusted/);
  await publish(kv, { version: "1", policy: document("edit") });
  const point = decisionPoint({ policy: policies });
  const ask = (name) => point.evaluate({ subject: { type: "user", id: "anna" }, action: { name }, resource: { type: "page", id: "p" } });
  assert.deepEqual(await ask("edit"), { decision: true, context: { reason: "granted", policyVersion: "1" } });
  await publish(kv, { version: "2", policy: document("delete") });
  assert.deepEqual(await ask("edit"), { decision: false, context: { reason: "unknown-permission", policyVersion: "2" } });
});

test("the pointer is looked up no more often than it should be, by many at once too", async () => {
  const kv = memory();
  await publish(kv, { version: "1", policy: document("edit") });
  kv.gets.length = 0;
  const policies = kvPolicies(kv, { refresh: 500 });
  const answers = await Promise.all(Array.from({ length: 1000 }, () => policies.current()));
  assert.equal(new Set(answers).size, 1);
  assert.deepEqual(kv.gets, ["policy:current", "policy:1"]);
  for (let count = 0; count < 1000; count += 1) assert.equal(policies.current(), answers[0], "at once, and no promise");
  assert.equal(kv.gets.length, 2);
  await pause(550);
  await Promise.all(Array.from({ length: 1000 }, () => policies.current()));
  assert.deepEqual(kv.gets.slice(2), ["policy:current"]);
});

test("with `waitUntil` nobody waits for KV, and the newer policy answers from the next request on", async () => {
  const kv = memory();
  const waited = [];
  await publish(kv, { version: "1", policy: document("edit") });
  const policies = kvPolicies(kv, { ...FAST, waitUntil: (promise) => waited.push(promise) });
  await policies.current();
  await publish(kv, { version: "2", policy: document("delete") });
  assert.equal(policies.current().version, "1");
  await waited.at(-1);
  assert.equal(policies.current().version, "2");
  kv.hangs();
  assert.equal(policies.current().version, "2");
  await Promise.all(waited);
});

test("what is broken is refused and told, and the last good policy stays", async (t) => {
  const good = JSON.stringify({ version: "5", policy: document("edit") });
  const broken = {
    "no JSON": (kv) => smuggle(kv, "6", "{broken"),
    "no object": (kv) => smuggle(kv, "6", "null"),
    "no policy": (kv) => smuggle(kv, "6", '{"version":"6"}'),
    "a policy with a fault": (kv) => smuggle(kv, "6", JSON.stringify({ version: "6", policy: { ...document("edit"), oops: 1 } })),
    "half a record": (kv) => smuggle(kv, "6", good.slice(0, 50)),
    "another digest": (kv) => smuggle(kv, "6", JSON.stringify({ version: "6", policy: document("delete") }), { sha256: sha256("") }),
    "a record changed afterwards": async (kv) => {
      await publish(kv, { version: "6", policy: document("delete") });
      kv.values.set("policy:6", kv.values.get("policy:6").replaceAll("delete", "oodles"));
    },
    "another version": (kv) => smuggle(kv, "6", JSON.stringify({ version: "7", policy: document("delete") })),
    "no record yet": (kv) => kv.values.set("policy:current", JSON.stringify({ version: "6", sha256: sha256("") })),
    "too long": (kv) => smuggle(kv, "6", JSON.stringify({ version: "6", policy: document("delete"), more: "x".repeat(3000) })),
    "loggable that is no list": (kv) => smuggle(kv, "6", JSON.stringify({ version: "6", policy: document("delete"), loggable: "subject.email" })),
    "an older version": (kv) => smuggle(kv, "4", JSON.stringify({ version: "4", policy: document("delete") })),
    "the same version with another policy": (kv) => smuggle(kv, "5", JSON.stringify({ version: "5", policy: document("delete") })),
    "the pointer: no JSON": (kv) => kv.values.set("policy:current", "6"),
    "the pointer: a broken text": (kv) => kv.values.set("policy:current", '{"version":'),
    "the pointer: a version that is none": (kv) => smuggle(kv, "06", JSON.stringify({ version: "06", policy: document("delete") })),
    "the pointer: a number": (kv) => smuggle(kv, 6, JSON.stringify({ version: 6, policy: document("delete") })),
    "the pointer: no digest": (kv) => smuggle(kv, "6", JSON.stringify({ version: "6", policy: document("delete") }), { sha256: undefined }),
    "no pointer": (kv) => kv.values.delete("policy:current"),
  };
  for (const [name, breaks] of Object.entries(broken)) {
    await t.test(name, async () => {
      const kv = memory();
      const faults = [];
      smuggle(kv, "5", good);
      const policies = kvPolicies(kv, { refresh: 0, most: 2000, onRefused: (fault) => faults.push(fault) });
      const first = await policies.current();
      await breaks(kv);
      for (let count = 0; count < 3; count += 1) assert.equal(await policies.current(), first);
      assert.equal(faults.length, 1, "told once");
      assert.ok(faults[0] instanceof Error);
      await assert.rejects(async () => kvPolicies(kv, { most: 10 }).current(), /no policy that can be trusted/);
      await publish({ ...kv, get: async () => null }, { version: "8", policy: document("share") });
      assert.equal(await versionOf(policies), "8");
    });
  }
});

const nested = (depth) => `{"version":"2","policy":{"grantlet":1,"resources":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
const BROKEN = { "no JSON": "{broken", "no policy": nested(1), "nested deeply": nested(200), "nested more deeply than a program calls": nested(100_000) };
for (const [name, record] of Object.entries(BROKEN)) {
  test(`a broken policy does not take the last good one away, KV answers: ${name}`, async () => {
    const kv = memory();
    const faults = [];
    await publish(kv, { version: "1", policy: document("edit") });
    const policies = kvPolicies(kv, { ...FAST, onRefused: (fault) => faults.push(fault) });
    await policies.current();
    smuggle(kv, "2", record);
    const began = performance.now();
    while (performance.now() - began < 2 * FAST.maxStale) {
      assert.equal(await versionOf(policies), "1");
      await pause(10);
    }
    assert.deepEqual(faults.map(({ name }) => name), ["Refused"]);
  });
}

test("a broken policy is read once, however long it is, until the pointer says something else", async () => {
  const kv = memory();
  const faults = [];
  await publish(kv, { version: "1", policy: document("edit") });
  const policies = kvPolicies(kv, { refresh: 0, onRefused: (fault) => faults.push(fault) });
  await policies.current();
  smuggle(kv, "2", `{"version":"2","policy":{"grantlet":1,"name":"${"\\n".repeat(3_900_000)}"}}`);
  kv.gets.length = 0;
  for (let count = 0; count < 3; count += 1) assert.equal(await versionOf(policies), "1");
  assert.deepEqual(kv.gets, ["policy:current", "policy:2", "policy:current", "policy:current"]);
  assert.deepEqual(faults.map(({ name }) => name), ["Refused"]);
  smuggle(kv, "2", JSON.stringify({ version: "2", policy: document("delete") }));
  assert.equal(await versionOf(policies), "2");
});

test("of a pointer to an older policy, the policy is not even read", async () => {
  const kv = memory();
  smuggle(kv, "5", JSON.stringify({ version: "5", policy: document("edit") }));
  const policies = kvPolicies(kv, { refresh: 0 });
  await policies.current();
  smuggle(kv, "4", JSON.stringify({ version: "4", policy: document("delete") }));
  assert.equal(await versionOf(policies), "5");
  assert.deepEqual(kv.gets, ["policy:current", "policy:5", "policy:current"]);
});

test("whoever is told of a policy that is refused may fail too", async () => {
  for (const onRefused of [() => assert.fail("told"), async () => assert.fail("told")]) {
    const kv = memory();
    smuggle(kv, "5", JSON.stringify({ version: "5", policy: document("edit") }));
    const policies = kvPolicies(kv, { refresh: 0, onRefused });
    await policies.current();
    smuggle(kv, "6", "{broken");
    assert.equal(await versionOf(policies), "5");
    await pause(5);
  }
});

test("a policy that is refused says why", async () => {
  const kv = memory();
  const faults = [];
  smuggle(kv, "6", JSON.stringify({ version: "6", policy: { ...document("edit"), oops: 1 } }));
  const policies = kvPolicies(kv, { onRefused: (fault) => faults.push(fault) });
  const thrown = await Promise.resolve(policies.current()).catch((error) => error);
  assert.match(faults[0].message, /^version `6` of the policy is refused: .*oops/);
  assert.ok(faults[0].cause instanceof PolicyError);
  assert.equal(thrown.cause, faults[0]);
});

for (const way of ["fails", "hangs"]) {
  test(`KV that ${way}: the last good policy answers for a while, and then none does`, async () => {
    const kv = memory();
    await publish(kv, { version: "1", policy: document("edit") });
    const policies = kvPolicies(kv, { ...FAST, refresh: 30 });
    const point = decisionPoint({ policy: policies });
    const ask = () => point.evaluate({ subject: { type: "user", id: "anna" }, action: { name: "edit" }, resource: { type: "page", id: "p" } });
    assert.equal((await ask()).decision, true);
    kv[way]();
    const began = performance.now();
    let last;
    for (;;) {
      const answer = await ask().catch((error) => error);
      if (answer instanceof Error) break;
      last = performance.now() - began;
      assert.ok(last < 2000, "it never closes");
      await pause(5);
    }
    assert.ok(last > 60 && last < 400, `${last} ms`);
    await assert.rejects(ask(), /no policy that can be trusted/);
    kv.works();
    await pause(150);
    assert.equal((await ask()).decision, true);
  });

  test(`KV that ${way} from the first: nothing is allowed`, async () => {
    const kv = memory();
    kv[way]();
    const policies = kvPolicies(kv, FAST);
    const all = await Promise.allSettled(Array.from({ length: 20 }, async () => policies.current()));
    assert.ok(all.every(({ status }) => status === "rejected"));
    const response = await decisionPoint({ policy: policies }).fetch(
      new Request("https://pdp.example.com/access/v1/evaluation", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ subject: { type: "user", id: "anna" }, action: { name: "edit" }, resource: { type: "page", id: "p" } }),
      }),
    );
    assert.deepEqual([response.status, (await response.json()).decision], [500, false]);
  });
}

test("a lookup that is never answered does not hold up those that come later", async () => {
  const kv = memory();
  await publish(kv, { version: "1", policy: document("edit") });
  const policies = kvPolicies(kv, { ...FAST, timeout: 20 });
  kv.hangs();
  const first = Promise.resolve(policies.current()).catch(() => "fault");
  await pause(5);
  kv.works();
  assert.equal(await first, "fault");
  assert.equal(await versionOf(policies), "1");
});

test("a lookup that stands still is given up, and what comes of it later takes nothing back", async (t) => {
  const kv = memory();
  await publish(kv, { version: "1", policy: document("edit") });
  const policies = kvPolicies(kv, { refresh: 0, timeout: 20 });
  await policies.current();
  await publish(kv, { version: "2", policy: document("delete") });
  const { subtle } = crypto;
  const { digest } = subtle;
  let goOn;
  const held = new Promise((resolve) => (goOn = resolve));
  const standing = t.mock.method(subtle, "digest", async (...words) => {
    await held;
    return digest.apply(subtle, words);
  });
  assert.equal(await versionOf(policies), "1", "what is held answers while the newer one is on its way");
  standing.mock.restore();
  await publish(kv, { version: "3", policy: document("share") });
  assert.equal(await versionOf(policies), "3");
  goOn();
  await pause(50);
  kv.fails();
  assert.equal(await versionOf(policies), "3");
});

test("policies that change while KV mixes up old and new: versions only rise, and each is whole", async () => {
  const kv = memory();
  const history = [];
  const policies = kvPolicies(kv, { refresh: 0 });
  await publish(kv, { version: "1", policy: document("v1") });
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  kv.answer = async (key) => {
    if (random() < 0.5) await pause(random() * 3);
    if (random() < 0.1) throw new Error("KV is down");
    if (key === "policy:current" && random() < 0.3) return history[Math.floor(random() * history.length)] ?? null;
    return kv.values.get(key) ?? null;
  };
  const seen = [];
  let isOver = false;
  const asking = Array.from({ length: 20 }, async () => {
    let before = 0;
    while (!isOver) {
      const answer = await Promise.resolve(policies.current()).catch(() => undefined);
      if (answer !== undefined) {
        const number = Number(answer.version);
        assert.ok(number >= before, `${number} after ${before}`);
        assert.deepEqual(answer.policy.permissions, ["page:view", `page:v${number}`]);
        before = number;
        seen.push(number);
      }
      await pause(1);
    }
  });
  for (let version = 2; version <= 60; version += 1) {
    history.push(kv.values.get("policy:current"));
    await publish({ get: async (key) => kv.values.get(key) ?? null, put: kv.put }, { version: `${version}`, policy: document(`v${version}`) });
    await pause(5);
  }
  await pause(50);
  isOver = true;
  await Promise.all(asking);
  assert.equal(Math.max(...seen), 60);
  assert.ok(new Set(seen).size > 10, `${new Set(seen).size} versions were seen`);
});

test("what cannot be published writes nothing", async () => {
  const kv = memory();
  const policy = document("edit");
  for (const version of ["0", "-1", "01", "1.0", "v1", "", " 1", "1e3", "9".repeat(16), 1, undefined]) {
    await assert.rejects(publish(kv, { version, policy }), TypeError, String(version));
  }
  for (const loggable of ["subject.email", ["email"], [7], [""], [null]]) {
    await assert.rejects(publish(kv, { version: "1", policy, loggable }), TypeError, String(loggable));
  }
  const text = JSON.stringify(policy);
  for (const bad of ["{", { ...policy, oops: 1 }, `${text.slice(0, -1)},"grantlet":1}`, {}]) {
    await assert.rejects(publish(kv, { version: "1", policy: bad }), PolicyError);
  }
  assert.equal(kv.values.size, 0);
  await publish(kv, { version: "7", policy });
  const before = new Map(kv.values);
  await assert.rejects(publish(kv, { version: "7", policy: document("delete") }), /not newer/);
  await assert.rejects(publish(kv, { version: "6", policy }), /not newer than that of the present, `7`/);
  assert.deepEqual(kv.values, before);
  await publish(kv, { version: "7", policy });
  assert.deepEqual(kv.values, before, "the same may be published again");
});

test("the record is written before the pointer, and a publication that was cut off can be repeated", async () => {
  const kv = memory();
  const keys = [];
  const cut = { get: kv.get, put: async (key, value) => { keys.push(key); if (key === "policy:current") throw new Error("cut off"); await kv.put(key, value); } };
  await assert.rejects(publish(cut, { version: "1", policy: document("edit") }), /cut off/);
  assert.deepEqual(keys, ["policy:1", "policy:current"]);
  await assert.rejects(publish(kv, { version: "1", policy: document("delete") }), /published with something else/);
  await publish(kv, { version: "1", policy: document("edit") });
  assert.equal(await versionOf(kvPolicies(kv)), "1");
});

test("several policies can lie in one namespace", async () => {
  const kv = memory();
  await publish(kv, { version: "1", policy: document("edit") });
  await publish(kv, { version: "3", policy: document("delete") }, { prefix: "staging:" });
  assert.deepEqual([await versionOf(kvPolicies(kv)), await versionOf(kvPolicies(kv, { prefix: "staging:" }))], ["1", "3"]);
});
