// What the example `examples/edge-worker` answers when KV is down, or gives something old or broken: the last good policy
// for as long as was said, and then nobody is let in.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { ending, example, json, running, seedDirectory } from "./support/edge-worker.mjs";

const ends = ending(after);
const source = readFileSync(new URL("support/failing.mjs", import.meta.url), "utf8");
const PATH = "/workspaces/sales/relations";
const STALE = 1500;
let project;
before(() => (project = example("kv", { "failing.mjs": source })));

/** A worker of its own, whose KV fails as it is told to. */
async function started(variables = {}) {
  const edge = await running(project, ends, { script: "failing.mjs", variables: { POLICY_REFRESH: 20, POLICY_MAX_STALE: STALE, ...variables } });
  await seedDirectory(edge);
  const namespace = await edge.miniflare.getKVNamespace("POLICIES");
  const failing = (faults = {}) => edge.ask("/test/faults", { method: "POST", body: JSON.stringify(faults) });
  /** The status at the guard, and the version that answered. */
  const asked = async () => {
    await passing(40);
    const response = await edge.as("anna", PATH, { method: "POST" });
    return [response.status, response.headers.get("policy-version")];
  };
  return { ...edge, namespace, failing, asked };
}

const passing = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The policy that lets anna create relations, or not. */
function policy(isAllowed) {
  const { roles, ...others } = json(project, "seed/policy.json");
  const allow = isAllowed ? ["relation:view,create"] : ["relation:view"];
  return { ...others, roles: { ...roles, sales: { ...roles.sales, allow } } };
}

const OPEN = [200, "1"];
const CLOSED = [503, null];

test("KV down from the start: nobody is let in, until it is back", async () => {
  const { failing, publish, asked, api, as, logged } = await started();
  await publish(policy(true));
  for (const how of ["throws", "hangs"]) {
    await failing({ POLICIES: how });
    assert.deepEqual(await asked(), CLOSED, how);
    assert.equal((await as("anna", "/session/snapshot")).status, 503);
  }
  assert.equal(api.requests.length, 0);
  assert.deepEqual(await logged("decision"), []);
  assert.ok((await logged("fault")).some(({ of, message }) => of === "policy" && message.includes("POLICIES is down")));
  await failing();
  assert.deepEqual(await asked(), OPEN);
});

test("KV down later: the last good policy answers for as long as was said, and then nobody is let in", async () => {
  const { failing, publish, asked, api } = await started();
  await publish(policy(true));
  assert.deepEqual(await asked(), OPEN);
  await failing({ POLICIES: "throws" });
  const since = Date.now();
  let last;
  while (Date.now() - since < STALE - 500) {
    last = await asked();
    assert.deepEqual(last, OPEN, `${Date.now() - since} ms after`);
  }
  await passing(STALE + 200 - (Date.now() - since));
  const reached = api.requests.length;
  for (let time = 0; time < 3; time += 1) assert.deepEqual(await asked(), CLOSED);
  assert.equal(api.requests.length, reached);
  await failing();
  assert.deepEqual(await asked(), OPEN);
});

test("KV that gives an old policy again: the newer one stays", async () => {
  const { failing, publish, asked, namespace } = await started();
  await publish(policy(true));
  const old = await namespace.get("policy:current");
  await publish(policy(false));
  assert.deepEqual(await asked(), [403, "2"]);
  await failing({ POLICIES: { "policy:current": old } });
  for (let time = 0; time < 5; time += 1) assert.deepEqual(await asked(), [403, "2"]);
  await failing();
  await publish(policy(true));
  assert.deepEqual(await asked(), [200, "3"]);
});

test("KV that gives a broken policy, a part of one or another one: the one of before stays", async () => {
  const { failing, publish, asked, namespace } = await started();
  await publish(policy(false));
  assert.deepEqual(await asked(), [403, "1"]);
  const record = JSON.stringify({ version: "2", policy: policy(true) });
  const pointing = (text, version = "2") => JSON.stringify({ version, sha256: createHash("sha256").update(text).digest("hex") });
  const broken = [
    record.slice(0, -1),
    record.slice(0, record.length / 2),
    "",
    "null",
    "[]",
    JSON.stringify({ version: "2" }),
    JSON.stringify({ version: "2", policy: {} }),
    JSON.stringify({ version: "2", policy: { ...policy(true), rolls: {} } }),
    JSON.stringify({ version: "7", policy: policy(true) }),
  ];
  for (const text of broken) {
    await failing({ POLICIES: { "policy:current": pointing(text), "policy:2": text } });
    assert.deepEqual(await asked(), [403, "1"], text.slice(0, 40));
  }
  await failing({ POLICIES: { "policy:current": pointing("something else"), "policy:2": record } });
  assert.deepEqual(await asked(), [403, "1"], "what the pointer does not mean");
  await failing({ POLICIES: { "policy:current": pointing(record), "policy:2": null } });
  assert.deepEqual(await asked(), [403, "1"], "a record that has not arrived");
  await failing({ POLICIES: { "policy:current": pointing(record), "policy:2": record } });
  assert.deepEqual(await asked(), [200, "2"], "and the same one whole is taken over");
  assert.equal((await namespace.list()).keys.length, 2);
});

test("a policy that could not be written takes its number with it, and is never answered by", async () => {
  const { failing, publish, asked, namespace } = await started();
  await publish(policy(true));
  await failing({ "POLICIES writes": "throws" });
  const failed = await publish(policy(false));
  assert.deepEqual([failed.status, (await failed.json()).error], [503, "unavailable"]);
  await failing();
  assert.deepEqual(await asked(), OPEN);
  assert.equal((await (await publish(policy(false))).json()).version, "3");
  assert.deepEqual(await asked(), [403, "3"]);
  assert.equal(await namespace.get("policy:2"), null);
});

test("a policy that takes long to be written is not written over a newer one", async () => {
  const { failing, publish, asked, namespace } = await started();
  await failing({ "POLICIES writes": { "policy:1": 400 } });
  const slow = publish(policy(true));
  await passing(100);
  const published = await Promise.all([slow, publish(policy(false))]);
  assert.deepEqual(await Promise.all(published.map(async (response) => (await response.json()).version)), ["1", "2"]);
  assert.equal(JSON.parse(await namespace.get("policy:current")).version, "2");
  assert.deepEqual(await asked(), [403, "2"]);
});

test("callers that hang up take nobody with them", async () => {
  const edge = await started({ DIRECTORY_KEPT: 30 });
  await edge.publish(policy(true));
  const authorization = `Bearer ${await edge.keys.token("anna")}`;
  const ask = (signal) => fetch(`${edge.origin}${PATH}`, { method: "POST", headers: { authorization }, signal });
  for (let round = 0; round < 30; round += 1) {
    await passing(30);
    const leaving = Array.from({ length: 4 }, (_, index) => ask(AbortSignal.timeout(index + (round % 6))).catch(() => {}));
    const began = performance.now();
    assert.equal((await ask()).status, 200);
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
    await Promise.all(leaving);
  }
});
