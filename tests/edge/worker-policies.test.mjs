// Policies of the example `examples/edge-worker` while they change: who may publish, how versions are numbered, and
// 10,000 requests at once, of which each is answered by one version, named with the answer, and logged once.

import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import test, { after, before } from "node:test";
import { ending, example, json, running, seedDirectory, TOKENS } from "./support/edge-worker.mjs";

const ends = ending(after);
let project;
before(() => (project = example("policies")));

const started = async (variables = { POLICY_REFRESH: 20 }) => {
  const edge = await running(project, ends, { variables });
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
  const published = await Promise.all(Array.from({ length: 20 }, () => edge.publish(policy()).then(versionOf)));
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
  const edge = await started();
  assert.equal(await versionOf(await edge.publish(flipped(1))), "1");
  await seedDirectory(edge);
  const session = await edge.keys.token("anna");
  await edge.as("anna", PATH);
  const already = (await edge.logged("decision")).length;

  // As many connections as there are requests would be a test of the machine's limits.
  const agent = new Agent({ maxSockets: 400 });
  ends(() => agent.destroy());
  const { port } = new URL(edge.origin);
  const send = (method, path, headers, body = "") =>
    new Promise((resolve, reject) => {
      const sending = request({ host: "127.0.0.1", port, path, method, agent, headers: { ...headers, "content-length": Buffer.byteLength(body) } });
      sending.on("error", reject);
      sending.on("response", async (response) => {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
      sending.end(body);
    });

  /** The newest version that an answer named so far. */
  let seen = 1;
  let published = 1;
  const answers = [];
  const told = (id, floor, action, version, isAllow) => {
    assert.ok(version >= floor && version <= published + 1, `${id}: version ${version} after ${floor}`);
    assert.equal(isAllow, isAllowed(version, action), `${id}: ${action} by version ${version}`);
    seen = Math.max(seen, version);
    answers.push({ id, action, version, isAllow });
  };

  /** One of the requests: of a service for one decision or two, or of somebody at the guard. */
  const one = async (number) => {
    const id = `q-${number}`;
    const floor = seen;
    const headers = { authorization: `Bearer ${TOKENS.SERVICE_TOKEN}`, "content-type": "application/json", "x-request-id": id };
    if (number % 10 === 0) {
      const { status, headers: given } = await send("POST", `${PATH}/relations`, { authorization: `Bearer ${session}`, "x-request-id": id });
      assert.ok(status === 200 || status === 403, `${id}: ${status}`);
      told(id, floor, "create", Number(given["policy-version"]), status === 200);
    } else if (number % 10 === 1) {
      const both = { ...question(number, "create"), evaluations: [{}, { action: { name: "delete" } }] };
      const { evaluations } = JSON.parse((await send("POST", "/access/v1/evaluations", headers, JSON.stringify(both))).text);
      const versions = evaluations.map(({ context }) => Number(context.policyVersion));
      assert.equal(versions[0], versions[1], "one request is answered by one version");
      told(id, floor, "create", versions[0], evaluations[0].decision);
      told(id, floor, "delete", versions[1], evaluations[1].decision);
    } else {
      const action = number % 2 === 0 ? "create" : "delete";
      const { decision, context } = JSON.parse((await send("POST", "/access/v1/evaluation", headers, JSON.stringify(question(number, action)))).text);
      told(id, floor, action, Number(context.policyVersion), decision);
    }
  };

  let isOver = false;
  const publishing = (async () => {
    while (!isOver) {
      assert.equal(await versionOf(await edge.publish(flipped(published + 1))), String(published + 1));
      published += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await Promise.all(Array.from({ length: 10_000 }, (_, number) => one(number)));
  isOver = true;
  await publishing;

  assert.equal(answers.length, 11_000);
  const versions = new Set(answers.map(({ version }) => version));
  assert.ok(versions.size >= 10, `answers of ${versions.size} versions of ${published}`);
  const keyOf = (id, action, version, isAllow) => `${id} ${action} ${version} ${isAllow}`;
  const lines = (await edge.logged("decision")).slice(already);
  assert.deepEqual(
    lines.map(({ requestId, what, policyVersion, answer }) => keyOf(requestId, what.action, policyVersion, answer === "allow")).sort(),
    answers.map(({ id, action, version, isAllow }) => keyOf(id, action, version, isAllow)).sort(),
  );
  const reached = answers.filter(({ id, isAllow }) => isAllow && Number(id.slice(2)) % 10 === 0).length;
  assert.equal(edge.api.requests.filter(({ method }) => method === "POST").length, reached, "what was denied reached no upstream");
  assert.deepEqual(await edge.logged("fault"), []);
});
