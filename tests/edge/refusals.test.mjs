// What is refused, and what goes wrong: methods, paths, sizes, faults of the directory, of the policy's source and of the
// log. Nothing of it allows.

import assert from "node:assert/strict";
import { setTimeout as later } from "node:timers/promises";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { decisionPoint, memoryDirectory } from "grantlet/authzen";
import { directory, policy } from "./certification/checks.mjs";
import { answer, ask, BASE, PATHS, pointOf } from "./support/asking.mjs";

const [subject, action, resource] = [{ type: "user", id: "alice" }, { name: "read" }, { type: "record", id: "record-1" }];
const READS = { subject, action, resource };
/** Of each endpoint a sound question. */
const QUESTIONS = {
  evaluation: READS,
  evaluations: { ...READS, evaluations: [{}, {}] },
  subject: { ...READS, subject: { type: "user" } },
  resource: { ...READS, resource: { type: "record" } },
  action: { subject, resource },
};
const WELL_KNOWN = "/.well-known/authzen-configuration";
const point = await pointOf(policy, directory);

const isRefusal = async (response, status) => {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.match(response.headers.get("content-type"), /^text\/plain/);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.match(text, /^\S.*\n$/);
};

/** A fault denies, says nothing of itself, and is told to whoever runs the decision point. */
const isFault = async (response) => {
  assert.equal(response.status, 500);
  const { decision, context } = await response.json();
  assert.deepEqual([decision, context.error.status, typeof context.error.message], [false, 500, "string"]);
  assert.doesNotMatch(JSON.stringify(context), /secret/);
};

test("other methods are refused with those that there are", async () => {
  for (const path of Object.values(PATHS)) {
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"]) {
      const response = await point.fetch(new Request(`${BASE}${path}`, { method, ...(!["GET", "HEAD"].includes(method) && { body: "{}" }) }));
      assert.equal(response.headers.get("allow"), "POST");
      await isRefusal(response, 405);
    }
  }
  const response = await point.fetch(new Request(`${BASE}${WELL_KNOWN}`, { method: "POST", body: "{}" }));
  assert.equal(response.headers.get("allow"), "GET, HEAD");
  await isRefusal(response, 405);
});

test("other paths are not there", async () => {
  const paths = ["/", "/access/v1", "/access/v1/evaluation/", "//access/v1/evaluation", "/access/v2/evaluation", "/access/v1/Evaluation", "/access/v1/search", "/constructor", `${WELL_KNOWN}/tenant`, "/x/access/v1/evaluation"];
  for (const path of paths) await isRefusal(await ask(point, path, READS), 404);
  assert.equal((await ask(point, "/access/v1/evaluation?a=/b", READS)).status, 200);
});

test("below a path, nothing is answered beside it", async () => {
  const tenant = await pointOf(policy, directory, { url: `${BASE}/tenants/north` });
  assert.equal((await ask(tenant, "/tenants/north/access/v1/evaluation", READS)).status, 200);
  for (const path of ["/access/v1/evaluation", "/tenants/south/access/v1/evaluation", "/tenants/northaccess/v1/evaluation", "/tenants/north/tenants/north/access/v1/evaluation"]) {
    await isRefusal(await ask(tenant, path, READS), 404);
  }
  const metadata = await (await tenant.fetch(new Request(`${BASE}${WELL_KNOWN}/tenants/north`))).json();
  assert.equal(metadata.policy_decision_point, `${BASE}/tenants/north`);
  assert.equal(metadata.search_action_endpoint, `${BASE}/tenants/north/access/v1/search/action`);
  assert.equal((await tenant.fetch(new Request(`${BASE}${WELL_KNOWN}`))).status, 404);
  for (const url of ["pdp.example.com", "ftp://pdp.example.com", `${BASE}/?a=1`, `${BASE}/#a`, ""]) {
    await assert.rejects(pointOf(policy, directory, { url }), TypeError, url);
  }
});

test("a body over the limit is refused, announced or not, and no more of it is read than the limit", async () => {
  const small = await pointOf(policy, directory, { limits: { body: 200 } });
  const padded = (length) => `${JSON.stringify(READS)}${" ".repeat(length)}`.slice(0, length);
  assert.equal((await ask(small, "evaluation", padded(200))).status, 200);
  await isRefusal(await ask(small, "evaluation", padded(201)), 413);
  await isRefusal(await ask(small, "evaluation", padded(201), { "content-length": "201" }), 413);
  // Characters are counted as the bytes that they are.
  await isRefusal(await ask(small, "evaluation", JSON.stringify({ ...READS, more: "é".repeat(50) })), 413);
  let pulled = 0;
  const endless = new ReadableStream({ pull: (controller) => void ((pulled += 1), controller.enqueue(new Uint8Array(100).fill(32))) });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: endless, duplex: "half" };
  await isRefusal(await small.fetch(new Request(`${BASE}${PATHS.evaluation}`, init)), 413);
  assert.ok(pulled < 10, `${pulled}`);
});

test("more evaluations than the limit are refused", async () => {
  const few = await pointOf(policy, directory, { limits: { evaluations: 3 } });
  assert.equal((await answer(few, "evaluations", { ...READS, evaluations: [{}, {}, {}] })).evaluations.length, 3);
  await isRefusal(await ask(few, "evaluations", { ...READS, evaluations: [{}, {}, {}, {}] }), 400);
});

test("the request id comes back with every kind of answer", async () => {
  const headers = { "x-request-id": "a b,c" };
  const failing = await pointOf(policy, { ...memoryDirectory(directory), subject: () => fail() });
  const responses = [
    await ask(point, "evaluation", READS, headers),
    await ask(point, "evaluation", "{", headers),
    await ask(point, "/none", READS, headers),
    await ask(failing, "evaluation", READS, headers),
    await point.fetch(new Request(`${BASE}${WELL_KNOWN}`, { headers })),
    await point.fetch(new Request(`${BASE}${PATHS.evaluation}`, { headers })),
  ];
  assert.deepEqual(responses.map(({ status }) => status), [200, 400, 404, 500, 200, 405]);
  for (const response of responses) assert.equal(response.headers.get("x-request-id"), "a b,c");
});

function fail() {
  throw new Error("secret");
}

/** Ways in which what is asked fails. */
const FAILURES = { throws: fail, rejects: async () => fail(), "rejects later": () => later(5).then(fail), "gives what is none": () => 7 };
/** Of each method of a directory the endpoints that need it. */
const NEEDS = {
  subject: ["evaluation", "evaluations", "resource", "action"],
  resource: ["evaluation", "evaluations", "subject", "action"],
  subjects: ["subject"],
  resources: ["resource"],
  context: Object.keys(QUESTIONS),
};

for (const [how, failure] of Object.entries(FAILURES)) {
  test(`a directory that ${how}: 500, and nothing is allowed`, async () => {
    for (const [method, endpoints] of Object.entries(NEEDS)) {
      const faults = [];
      const broken = await pointOf(policy, { ...memoryDirectory(directory), [method]: failure }, { fault: (thrown) => faults.push(thrown) });
      for (const endpoint of endpoints) {
        const response = await ask(broken, endpoint, QUESTIONS[endpoint]);
        if (how === "gives what is none" && response.status === 200) {
          assert.doesNotMatch(await response.text(), /"decision":true/, `${method} ${endpoint}`);
          continue;
        }
        await isFault(response);
        assert.ok(faults.length > 0, `${method} ${endpoint}`);
      }
    }
  });
}

test("a subject whose facts are malformed: 500 where it is asked about, and left out of a search", async () => {
  const faults = [];
  const malformed = { ...directory, subjects: [...directory.subjects, { id: "eve", assignments: [{ role: "editor", until: "soon" }] }, { id: "zoe", attributes: 7 }] };
  const broken = await pointOf(policy, malformed, { fault: (thrown) => faults.push(thrown) });
  for (const id of ["eve", "zoe"]) await isFault(await ask(broken, "evaluation", { ...READS, subject: { type: "user", id } }));
  assert.equal(faults.length, 2);
  const { results } = await answer(broken, "subject", QUESTIONS.subject);
  assert.deepEqual(results.map(({ id }) => id), ["alice", "bob"]);
  assert.ok(faults.length > 2);
});

test("a directory that hangs holds up whoever asks about it, and nobody else", async () => {
  const known = memoryDirectory(directory);
  const hanging = await pointOf(policy, { ...known, subject: (id) => (id === "bob" ? new Promise(() => {}) : known.subject(id)) });
  const bob = ask(hanging, "evaluation", { ...READS, subject: { type: "user", id: "bob" } });
  assert.equal((await answer(hanging, "evaluation", READS)).decision, true);
  assert.equal(await Promise.race([bob, later(50, "waiting")]), "waiting");
});

test("a source of policies that fails: 500 until it gives one", async () => {
  const versioned = { policy: await loadPolicy(policy), version: "3" };
  for (const failure of Object.values(FAILURES)) {
    let current = failure;
    const changing = decisionPoint({ policy: { current: () => current() }, directory: memoryDirectory(directory) });
    for (const endpoint of Object.keys(QUESTIONS)) await isFault(await ask(changing, endpoint, QUESTIONS[endpoint]));
    current = async () => versioned;
    assert.deepEqual(await answer(changing, "evaluation", READS), { decision: true, context: { reason: "granted", policyVersion: "3" } });
  }
});

test("all answers of one request come from one policy", async () => {
  const versions = [await loadPolicy(policy), await loadPolicy({ ...policy, roles: { ...policy.roles, reader: {} } })];
  let asked = 0;
  const current = () => ({ policy: versions[asked % 2], version: String(asked++ % 2) });
  const changing = decisionPoint({ policy: { current }, directory: memoryDirectory(directory) });
  for (let time = 0; time < 6; time += 1) {
    const { evaluations } = await answer(changing, "evaluations", { ...READS, evaluations: Array(20).fill({}) });
    const [{ context }] = evaluations;
    assert.equal(context.policyVersion, String(time % 2));
    for (const one of evaluations) assert.deepEqual([one.decision, one.context.policyVersion], [time % 2 === 0, context.policyVersion]);
  }
});

test("each decision and each search is an entry of the log, and a log that throws denies", async () => {
  const entries = [];
  const logging = await pointOf(policy, directory, { log: (entry) => entries.push(JSON.parse(JSON.stringify(entry))) });
  const began = performance.now();
  for (const [endpoint, question] of Object.entries(QUESTIONS)) await answer(logging, endpoint, question, { "x-request-id": endpoint });
  const all = performance.now() - began;
  assert.deepEqual(entries.map(({ endpoint }) => endpoint), ["evaluation", "evaluations", "evaluations", "search/subject", "search/resource", "search/action"]);
  for (const { time, duration, requestId } of entries) {
    assert.ok(Number.isInteger(time) && requestId !== undefined);
    assert.ok(duration >= 0 && duration <= all, `${duration} of ${all} ms`);
  }
  const bare = entries.map(({ time, duration, requestId, endpoint, ...rest }) => rest);
  assert.deepEqual(bare[0], { subject, action: "read", resource, decision: true, reason: "granted" });
  assert.deepEqual(bare[3], { subject: { type: "user" }, action: "read", resource, results: 2 });
  assert.deepEqual(bare[4], { subject, action: "read", resource: { type: "record" }, results: 2 });
  assert.deepEqual(bare[5], { subject, resource, results: 2 });
  // What a request says of somebody stands in no log.
  entries.length = 0;
  await answer(logging, "evaluation", { ...READS, subject: { ...subject, properties: { secret: 1 } }, context: { secret: 1 } });
  assert.doesNotMatch(JSON.stringify(entries), /secret/);
  const broken = await pointOf(policy, directory, { log: fail });
  for (const [endpoint, question] of Object.entries(QUESTIONS)) await isFault(await ask(broken, endpoint, question));
});

test("of the attributes, the log has those that the policy's version lists", async () => {
  const entries = [];
  const versioned = { policy: await loadPolicy(policy), version: "1", loggable: ["resource.status", "action.soft", "subject.role", "context.ip", "subject.none", "resource.constructor"] };
  const logging = decisionPoint({ policy: versioned, directory: memoryDirectory(directory), log: (entry) => entries.push(entry) });
  await answer(logging, "evaluation", { ...READS, action: { name: "delete", properties: { soft: true, secret: 1 } }, context: { ip: "10.0.0.7", secret: 1 } });
  assert.deepEqual(entries[0].attributes, { "resource.status": "active", "action.soft": true, "context.ip": "10.0.0.7" });
});

for (const how of ["throws", "rejects", "rejects later"]) {
  test(`whoever is told of faults and ${how} changes no answer`, async () => {
    const fault = FAILURES[how];
    await isFault(await ask(await pointOf(policy, directory, { log: fail, fault }), "evaluation", READS));
    const unsound = { id: "unsound", attributes: 7 };
    const all = memoryDirectory(directory);
    const most = { ...all, subjects: async (asked) => ({ found: [unsound, ...(await all.subjects(asked)).found] }) };
    const { results } = await answer(await pointOf(policy, most, { fault }), "subject", QUESTIONS.subject);
    assert.deepEqual(results, (await answer(point, "subject", QUESTIONS.subject)).results);
    await later(10);
  });
}

test("a log that fails after the answer is a fault that is told", async () => {
  for (const log of [FAILURES.rejects, FAILURES["rejects later"]]) {
    const faults = [];
    const logging = await pointOf(policy, directory, { log, fault: ({ message }) => faults.push(message) });
    for (const [endpoint, question] of Object.entries(QUESTIONS)) await answer(logging, endpoint, question);
    await later(10);
    assert.deepEqual(faults, Array(6).fill("secret"));
  }
});

test("a log that fails after the answer is an unhandled rejection where nobody is told of faults", async () => {
  const logging = await pointOf(policy, directory, { log: FAILURES.rejects });
  const thrown = [];
  const before = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", ({ message }) => thrown.push(message));
  try {
    await answer(logging, "evaluation", READS);
    await later(10);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of before) process.on("unhandledRejection", listener);
  }
  assert.deepEqual(thrown, ["secret"]);
});

test("a program that asks without a request gets the same answers, and an error where there is none", async () => {
  assert.deepEqual(await point.evaluate(READS), await answer(point, "evaluation", READS));
  await assert.rejects(point.evaluate({ subject, action }), /`\/resource` is missing/);
  await assert.rejects((await pointOf(policy, { ...memoryDirectory(directory), context: fail })).evaluate(READS), /secret/);
});
