// What a careful enemy would try: facts of somebody else, tokens of their own making, numbers that no double holds, and
// names of hosts that look like paths.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { connect } from "node:net";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { decisionPoint, kvPolicies, memoryDirectory, nodeListener } from "grantlet/authzen";
import { answer, ask, pointOf } from "./support/asking.mjs";

const POLICY = {
  grantlet: 1,
  resources: { doc: { actions: ["view", "edit"] }, note: { actions: ["view"] } },
  roles: { editor: { allow: ["doc:*"] }, reader: { allow: [{ permissions: ["doc:view"], when: { eq: [{ var: "resource.open" }, true] } }] } },
};
const FILE = {
  subjects: [
    { id: "anna", assignments: [{ role: "editor" }] },
    { id: "bo", assignments: [{ role: "reader" }] },
  ],
  resources: [
    { type: "doc", id: "d1", attributes: { open: true } },
    { type: "doc", id: "d2", attributes: { open: false } },
    { type: "note", id: "n1", attributes: { open: true } },
  ],
};
const known = memoryDirectory(FILE);
const user = (id) => ({ type: "user", id });
const doc = (id) => ({ type: "doc", id });
const VIEW = { name: "view" };

test("facts of somebody or something else are a fault, at once and later", async () => {
  for (const wrap of [(value) => value, async (value) => value]) {
    const faults = [];
    const fault = ({ message }) => faults.push(message);
    const others = { ...known, subject: () => wrap(known.subject("anna")), resource: known.resource };
    const point = await pointOf(POLICY, others, { fault });
    const asked = { subject: user("Anna"), action: VIEW, resource: doc("d2") };
    for (const more of [{}, { context: { a: 1 } }]) {
      assert.equal((await ask(point, "evaluation", { ...asked, ...more })).status, 500);
      assert.equal((await ask(point, "action", { ...asked, ...more })).status, 500);
      assert.equal((await ask(point, "resource", { ...asked, ...more })).status, 500);
    }
    const said = { ...asked, subject: { ...asked.subject, properties: { a: 1 } } };
    assert.equal((await ask(point, "evaluation", said)).status, 500);
    const elsewhere = { ...known, resource: () => wrap(known.resource("doc", "d1")) };
    const other = await pointOf(POLICY, elsewhere, { fault });
    for (const resource of [doc("d2"), { type: "note", id: "d1" }]) {
      assert.equal((await ask(other, "evaluation", { subject: user("bo"), action: VIEW, resource })).status, 500);
      assert.equal((await ask(other, "action", { subject: user("bo"), resource })).status, 500);
    }
    assert.equal((await ask(other, "subject", { subject: user("bo"), action: VIEW, resource: doc("d2") })).status, 500);
    assert.equal((await answer(other, "evaluation", { subject: user("bo"), action: VIEW, resource: doc("d1") })).decision, true);
    assert.equal(faults.length, 12);
    assert.match(faults[0], /`Anna`/);
  }
});

test("a search for resources of one type finds none of another", async () => {
  const all = { ...known, resources: () => ({ found: FILE.resources }) };
  const point = await pointOf(POLICY, all);
  const { results } = await answer(point, "resource", { subject: user("anna"), action: VIEW, resource: { type: "doc" } });
  assert.deepEqual(results, [doc("d1"), doc("d2")]);
});

test("a search is a fault where every subject would be one", async () => {
  const faults = [];
  const broken = { ...known, context: () => ({ entitlements: 7 }) };
  const point = await pointOf(POLICY, broken, { fault: (thrown) => faults.push(thrown) });
  const response = await ask(point, "subject", { subject: { type: "user" }, action: VIEW, resource: doc("d1") });
  assert.equal(response.status, 500);
  assert.equal(faults.length, 1);
});

/** A token as whoever knows how they are made can make one of their own. */
function forged(token, text) {
  const question = JSON.stringify(token);
  const sum = createHash("sha256").update(`${text}\n${question}`).digest("base64url").slice(0, 22);
  return Buffer.from(`${sum}${text}`).toString("base64url");
}

test("a token of somebody's own making is refused, or begins where it says", async () => {
  const faults = [];
  const point = await pointOf(POLICY, known, { fault: (thrown) => faults.push(thrown), limits: { results: 1 } });
  const searched = { subject: { type: "user" }, action: VIEW, resource: doc("d1") };
  const question = ["search/subject", null, { type: "user" }, VIEW, { id: "d1", type: "doc" }, null];
  const statuses = [];
  const texts = ["", "x", "7", "null", "{}", "[]", "[7,0,1]", '["x",0,1]', '["-5",0,1]', '["1.5",0,null]', '["1e999",0,null]', '[null,"x",1]', "[null,-1,1]", "[null,1e300,null]", '[null,0,"x"]', "[null,0,-1]", "[null,0,0.5]", "[null,0]", "[null,0,null,1]"];
  for (const text of texts) {
    const response = await ask(point, "subject", { ...searched, page: { token: forged(question, text) } });
    assert.ok([200, 400].includes(response.status), `${text} ${response.status}`);
    statuses.push(response.status);
    if (response.status === 200) assert.ok((await response.json()).results.length <= 1, text);
  }
  assert.ok(statuses.includes(200) && statuses.includes(400));
  assert.deepEqual(faults, []);
});

test("a token is of one version of the policy", async () => {
  const policy = await loadPolicy(POLICY);
  let version = "1";
  const point = decisionPoint({ policy: { current: () => ({ policy, version }) }, directory: known });
  const searched = { subject: { type: "user" }, action: VIEW, resource: doc("d1") };
  const { page } = await answer(point, "subject", { ...searched, page: { limit: 1 } });
  const next = { ...searched, page: { token: page.next_token } };
  assert.equal((await ask(point, "subject", next)).status, 200);
  version = "2";
  assert.equal((await ask(point, "subject", next)).status, 400);
});

test("numbers that no double holds are refused, however they are written", async () => {
  const faults = [];
  const point = await pointOf(POLICY, known, { fault: (thrown) => faults.push(thrown) });
  for (const number of ["1e309", "1E+0309", `${"9".repeat(250)}e99`, `${"9".repeat(215)}.5e+95`, `-${"9".repeat(299)}E10`, "9".repeat(309)]) {
    const body = `{"subject":{"type":"user","id":"anna"},"action":{"name":"view"},"resource":{"type":"doc","id":"d1"},"context":{"n":${number}}}`;
    assert.equal((await ask(point, "evaluation", body)).status, 400, number);
  }
  assert.deepEqual(faults, []);
});

test("a host that looks like a path leads nowhere", async (t) => {
  const server = createServer(nodeListener(await pointOf(POLICY, known)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const body = JSON.stringify({ subject: user("anna"), action: VIEW, resource: doc("d1") });
  const asked = (host, path) =>
    new Promise((resolve, reject) => {
      const socket = connect(server.address().port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => (text += chunk)).on("end", () => resolve(text)).on("error", reject);
      socket.write(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
    });
  assert.match(await asked("pdp.example.com", "/access/v1/evaluation"), /^HTTP\/1.1 200/);
  for (const host of ["x/access/v1/evaluation?", "x/access/v1/evaluation#", "//access/v1/evaluation?"]) {
    assert.match(await asked(host, "/"), /^HTTP\/1.1 404/, host);
  }
});

test("a published policy with one key twice is refused: one of the two would be lost", async () => {
  const policy = '{"grantlet":1,"resources":{"doc":{"actions":["view"]}},"roles":{"guest":{"deny":["doc:view"],"deny":[],"allow":["doc:view"]}}}';
  const record = `{"version":"1","policy":${policy}}`;
  const values = new Map([
    ["policy:1", record],
    ["policy:current", JSON.stringify({ version: "1", sha256: createHash("sha256").update(record).digest("hex") })],
  ]);
  const refused = [];
  const policies = kvPolicies({ get: async (key) => values.get(key) ?? null }, { onRefused: ({ message }) => refused.push(message) });
  await assert.rejects(async () => policies.current());
  assert.match(refused.join(), /twice/);
});
