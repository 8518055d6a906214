// Policies of the example `examples/edge-worker` while they change: who may publish, how versions are numbered, and
// 10,000 requests at once, of which each is answered by one version, named with the answer, and logged once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { ending, example, json, running, seedDirectory, TOKENS } from "./support/edge-worker.mjs";

const ends = ending(after);
let project;
before(() => (project = example("policies", { "crowd.mjs": readFileSync(new URL("support/crowd.mjs", import.meta.url), "utf8") })));

const { kCurrentWorker } = createRequire(new URL("../runtimes/package.json", import.meta.url))("miniflare");
const started = async (variables = { POLICY_REFRESH: 20 }, options = {}) => {
  const edge = await running(project, ends, { variables, ...options });
  return { ...edge, policies: await edge.miniflare.getKVNamespace("POLICIES") };
};
const PATH = "/workspaces/sales";
const policy = () => json(project, "seed/policy.json");
const versionOf = async (response) => (await response.json()).version;

test("whoever has no token of publishers publishes nothing", async () => {
  const edge = await started();
  for (const token of ["x".repeat(20), TOKENS.SERVICE_TOKEN, await edge.keys.token("sofie")]) {
    const refused = await edge.as("", "/policies", { method: "POST", token, body: JSON.stringify(policy()) });
    assert.equal(refused.status, 401);
  }
  assert.equal((await edge.ask("/policies", { method: "POST", body: "{}" })).status, 401);
  assert.equal((await edge.as("", "/policies", { token: TOKENS.PUBLISHER_TOKEN })).status, 405);
  assert.deepEqual((await edge.policies.list()).keys, []);
});

test("before a policy is published nobody is let in", async () => {
  const edge = await started();
  assert.equal((await edge.as("sofie", "/settings")).status, 503);
  assert.equal((await edge.as("sofie", "/session/snapshot")).status, 503);
  assert.equal((await edge.service("evaluation", question(0, "create"))).status, 500);
  assert.equal(edge.api.requests.length, 0);
});

test("a broken policy is refused with what is wrong with it, and takes no number", async () => {
  const edge = await started();
  assert.deepEqual([await versionOf(await edge.publish(policy())), await versionOf(await edge.publish(policy()))], ["1", "2"]);
  const kept = (await edge.policies.list()).keys.length;
  const broken = { ...policy(), roles: { ...policy().roles, guest: { allow: ["relation:veiw"] } } };
  const refused = await edge.publish(broken);
  const { diagnostics } = await refused.json();
  assert.deepEqual([refused.status, diagnostics.map(({ pointer }) => pointer)], [422, ["/roles/guest/allow/0"]]);
  for (const text of ["", "{", "null", "[]", '{"grantlet":1,"grantlet":1,"resources":{},"roles":{}}']) {
    assert.equal((await edge.publish(text)).status, 422, text);
  }
  assert.equal((await edge.publish(policy(), "?loggable=everything")).status, 422);
  assert.equal((await edge.policies.list()).keys.length, kept);
  assert.equal(await versionOf(await edge.publish(policy())), "3");
});

test("who publishes at the same time gets a number each, in order", async () => {
  const edge = await started();
  // Large ones among them, which take longer.
  const described = (index) => ({ ...policy(), description: "x".repeat(index % 4 === 0 ? 2_000_000 : 10) });
  const published = await Promise.all(Array.from({ length: 20 }, (_, index) => edge.publish(described(index)).then(versionOf)));
  assert.deepEqual([...published].sort((a, b) => a - b), Array.from({ length: 20 }, (_, index) => String(index + 1)));
  assert.equal(await versionOfPointer(edge), "20");
});

/** The version that KV points to. */
async function versionOfPointer({ policies }) {
  return JSON.parse(await policies.get("policy:current")).version;
}

/** What is asked of a relation of anna's workspace. */
function question(id, action) {
  return {
    subject: { type: "user", id: "anna" },
    action: { name: action },
    resource: { type: "relation", id: `new-${id}`, properties: { scope: "workspace:sales" } },
  };
}

/** The policy of a version: an even one allows anna to create and not to delete, an odd one the other way round. */
function flipped(version) {
  const { roles, ...others } = policy();
  const allow = ["workspace:view", "relation:view", version % 2 === 0 ? "relation:create" : "relation:delete"];
  return { ...others, roles: { ...roles, sales: { ...roles.sales, allow } } };
}

const isAllowed = (version, action) => (action === "create") === (version % 2 === 0);

test("10,000 requests at once while policies change: each answer is of one version, and each is logged once", async () => {
  const edge = await started({ POLICY_REFRESH: 20 }, { script: "crowd.mjs", options: { serviceBindings: { SELF: kCurrentWorker } } });
  assert.equal(await versionOf(await edge.publish(flipped(1))), "1");
  await seedDirectory(edge);
  const session = await edge.keys.token("anna");
  assert.equal((await edge.as("anna", PATH)).status, 200);
  const already = (await edge.logged("decision")).length;

  const ofService = { authorization: `Bearer ${TOKENS.SERVICE_TOKEN}`, "content-type": "application/json" };
  /** Each tenth is of somebody at the guard, each tenth of a service for two decisions; the others are for one. */
  const requests = Array.from({ length: 10_000 }, (_, number) => {
    const id = { "x-request-id": `q-${number}` };
    if (number % 10 === 0) return { path: `${PATH}/relations`, headers: { ...id, authorization: `Bearer ${session}` } };
    const first = question(number % 50, number % 2 === 0 ? "create" : "delete");
    const headers = { ...id, ...ofService };
    if (number % 10 !== 1) return { path: "/access/v1/evaluation", headers, body: JSON.stringify(first) };
    const evaluations = ["create", "delete"].map((name) => ({ action: { name } }));
    return { path: "/access/v1/evaluations", headers, body: JSON.stringify({ ...first, evaluations }) };
  });
  const policies = Array.from({ length: 400 }, (_, index) => JSON.stringify(flipped(index + 2)));
  const publisher = { authorization: `Bearer ${TOKENS.PUBLISHER_TOKEN}` };
  const response = await edge.ask("/test/crowd", { method: "POST", body: JSON.stringify({ requests, publisher, policies }) });
  const { answers, published, most } = await response.json();

  assert.ok(most >= 500, `${most} at a time`);
  assert.deepEqual(published, published.map((_, index) => String(index + 2)), "each number once, in order");
  const decisions = answers.flatMap(({ status, version, text }, number) => {
    if (number % 10 === 0) {
      assert.ok(status === 200 || status === 403, `${status} ${text}`);
      return { number, action: "create", version, answer: status === 200 };
    }
    assert.equal(status, 200, text);
    const { evaluations, ...one } = JSON.parse(text);
    if (evaluations === undefined) return { number, action: number % 2 === 0 ? "create" : "delete", version: one.context.policyVersion, answer: one.decision };
    assert.equal(evaluations[0].context.policyVersion, evaluations[1].context.policyVersion, "one request is answered by one version");
    return evaluations.map(({ decision, context }, index) => ({ number, action: ["create", "delete"][index], version: context.policyVersion, answer: decision }));
  });
  assert.equal(decisions.length, 11_000);
  for (const { number, action, version, answer } of decisions) {
    assert.equal(answer, isAllowed(Number(version), action), `q-${number}: ${action} by version ${version}`);
    assert.ok(Number(version) >= answers[number].floor, `q-${number}: version ${version} after ${answers[number].floor}`);
  }
  const versions = new Set(decisions.map(({ version }) => version));
  assert.ok(versions.size >= 10, `answers of ${versions.size} versions of ${published.length}`);

  const keyOf = (id, action, version, isAllow) => `${id} ${action} ${version} ${isAllow}`;
  const lines = (await edge.logged("decision")).slice(already);
  assert.deepEqual(
    lines.map(({ requestId, what, policyVersion, answer }) => keyOf(requestId, what.action, policyVersion, answer === "allow")).sort(),
    decisions.map(({ number, action, version, answer }) => keyOf(`q-${number}`, action, version, answer)).sort(),
  );
  const reached = decisions.filter(({ number, answer }) => answer && number % 10 === 0).length;
  assert.equal(edge.api.requests.filter(({ method }) => method === "POST").length, reached, "what was denied reached no upstream");
  assert.deepEqual(await edge.logged("fault"), []);
});
