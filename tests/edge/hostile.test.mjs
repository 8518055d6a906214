// Whatever is sent to whatever endpoint: no fault, no allow that a plain question would not get, and an answer in time.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { loadPolicy } from "grantlet";
import { memoryDirectory } from "grantlet/authzen";
import { directory, policy } from "./certification/checks.mjs";
import { answer, ask, PATHS, pointOf, reason } from "./support/asking.mjs";

const faults = [];
const point = await pointOf(policy, directory, { fault: (thrown) => faults.push(thrown), limits: { evaluations: 50 } });
const ENDPOINTS = Object.keys(PATHS);
const endpoint = fc.constantFrom(...ENDPOINTS);
const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__", "then", "", "length"];

/** What is answered to a body, which is never a fault. */
async function answered(name, body, headers) {
  const response = await ask(point, name, body, headers);
  const text = await response.text();
  assert.ok([200, 400, 413].includes(response.status), `${response.status} ${text} ${faults.at(-1)?.stack}`);
  return { status: response.status, text };
}

/**
 * What the evaluator itself, without a decision point, says of a question: the oracle. `undefined` where the question is
 * none.
 */
const evaluator = await loadPolicy(policy);
const known = memoryDirectory(directory);
function plain({ subject, action, resource, context }) {
  const person = subject.type === "user" ? known.subject(subject.id) : undefined;
  if (person === undefined) return false;
  const own = (properties) => Object.fromEntries(Object.entries(properties ?? {}));
  const record = known.resource(resource.type, resource.id);
  const said = Object.hasOwn(own(resource.properties), "scope") ? { scope: "nowhere" } : {};
  const asked = { ...person, attributes: { ...person.attributes, ...own(subject.properties) } };
  const session = evaluator.session(asked, { attributes: own(context) });
  const request = {
    resource: { ...record?.attributes, ...own(resource.properties), id: resource.id, type: resource.type },
    ...(action.properties && { action: own(action.properties) }),
    ...said,
  };
  const may = session.can(`${resource.type}:${action.name}`, request);
  session.free();
  return may;
}

const value = fc.jsonValue({ maxDepth: 3 });
const key = fc.oneof(fc.constantFrom(...NAMES, "scope", "status", "role", "id", "type"), fc.string({ maxLength: 6 }));
const properties = fc.option(fc.dictionary(key, value, { maxKeys: 5 }), { nil: undefined });
const text = (...likely) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...likely) }, fc.constantFrom(...NAMES.filter((name) => name !== "")), fc.string({ minLength: 1, maxLength: 5 }));
const compact = (record) => Object.fromEntries(Object.entries(record).filter(([, one]) => one !== undefined));
const subject = fc.record({ type: text("user"), id: text("alice", "bob"), properties }).map(compact);
const action = fc.record({ name: text("read", "write", "delete"), properties: fc.oneof(properties, fc.constant({ soft: true })) }).map(compact);
const resource = fc.record({ type: text("record"), id: text("record-1", "record-2"), properties: fc.oneof(properties, fc.constantFrom({ status: "archived" }, { status: "active" })) }).map(compact);
const question = fc.record({ subject, action, resource, context: properties }).map(compact);

/** Half of a character, or a number that is none, is refused as a whole. */
const isSound = (one) => !/\\u[dD][89a-fA-F]/.test(JSON.stringify(one));

test("a question of any names and properties is answered as the evaluator answers it", async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(question, async (one) => {
      const { status, text } = await answered("evaluation", JSON.stringify(one));
      if (status === 400) return assert.ok(!isSound(one), text);
      const { decision } = JSON.parse(text);
      assert.equal(decision, plain(JSON.parse(JSON.stringify(one))));
      allowed += decision ? 1 : 0;
    }),
    { numRuns: 1500 },
  );
  assert.ok(allowed > 50, `${allowed}`);
  assert.deepEqual(faults, []);
});

test("any JSON to any endpoint is answered or refused", async () => {
  const part = fc.oneof(value, subject, action, resource, question, fc.array(question, { maxLength: 3 }));
  const names = fc.constantFrom("subject", "action", "resource", "context", "evaluations", "options", "page", ...NAMES);
  const body = fc.oneof(value, fc.dictionary(names, part, { maxKeys: 7 }), fc.tuple(question, names, part).map(([one, name, more]) => ({ ...one, [name]: more })));
  await fc.assert(
    fc.asyncProperty(endpoint, body, async (name, one) => {
      const { status, text } = await answered(name, JSON.stringify(one) ?? "null");
      if (status !== 200 || !text.includes('"decision":true')) return;
      const sent = JSON.parse(JSON.stringify(one));
      const { evaluations } = JSON.parse(text);
      // A request for one decision passes over a list of them.
      if (evaluations === undefined) return assert.equal(plain(sent), true, JSON.stringify(one));
      for (const [index, { decision }] of evaluations.entries()) {
        if (decision) assert.equal(plain({ ...sent, ...sent.evaluations[index] }), true, JSON.stringify(one));
      }
    }),
    { numRuns: 3000 },
  );
  assert.deepEqual(faults, []);
});

test("any bytes to any endpoint are refused or answered, never allowed", async () => {
  const pieces = fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "\\u0000", "\\ud800", "subject", "1e999", "-0", "null", "\ufeff", "\u2028", "//", "é");
  const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(pieces, { maxLength: 40 }).map((list) => list.join("")));
  await fc.assert(
    fc.asyncProperty(endpoint, bodies, async (name, body) => {
      const { text } = await answered(name, body);
      assert.doesNotMatch(text, /"decision":true/);
    }),
    { numRuns: 1500 },
  );
  assert.deepEqual(faults, []);
});

const READS = { subject: { type: "user", id: "alice" }, action: { name: "read" }, resource: { type: "record", id: "record-1" } };

test("names that every object has are names like any other", async () => {
  for (const name of NAMES.filter((one) => one !== "")) {
    assert.equal(await reason(point, { ...READS, subject: { type: "user", id: name } }), "unknown-subject");
    assert.equal(await reason(point, { ...READS, subject: { type: name, id: "alice" } }), "unknown-subject");
    assert.equal(await reason(point, { ...READS, action: { name } }), "unknown-permission");
    assert.equal(await reason(point, { ...READS, resource: { type: name, id: "record-1" } }), "unknown-permission");
    assert.equal(await reason(point, { ...READS, resource: { type: "record", id: name } }), "not-granted");
    const { results } = await answer(point, "subject", { ...READS, subject: { type: name } });
    assert.deepEqual(results, []);
  }
});

test("a prototype in a body is nobody's prototype", async () => {
  const inherits = (member, text) => JSON.stringify({ ...READS, action: { name: "write" }, [member]: null }).replace(`"${member}":null`, `"${member}":${text}`);
  const admin = '{"role":"admin"}';
  const archived = '"resource":{"type":"record","id":"record-2"}';
  const bodies = [
    inherits("subject", `{"type":"user","id":"alice","__proto__":{"properties":${admin}}}`),
    inherits("subject", `{"type":"user","id":"alice","properties":{"__proto__":${admin}}}`),
    inherits("subject", `{"type":"user","id":"alice","properties":{"constructor":{"prototype":${admin}}}}`),
    `{"__proto__":${JSON.stringify(READS)}}`,
    inherits("__proto__", admin),
  ].map((body) => body.replace('"resource":{"type":"record","id":"record-1"}', archived));
  for (const body of bodies) assert.doesNotMatch((await answered("evaluation", body)).text, /"decision":true/, body);
  assert.equal({}.role, undefined);
  const all = `{"__proto__":${JSON.stringify(READS)},"evaluations":[{},{"__proto__":${JSON.stringify(READS)}}]}`;
  assert.doesNotMatch((await answered("evaluations", all)).text, /"decision":true/);
});

test("deep JSON is refused or answered, and not by an overflow", async () => {
  for (const depth of [10, 30, 31, 32, 33, 62, 63, 64, 65, 1000, 100_000]) {
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
      const deep = `${open.repeat(depth)}${open === "[" ? "" : "1"}${close.repeat(depth)}`;
      for (const body of [deep, JSON.stringify(READS).replace('"record-1"', `"record-1","properties":{"x":${deep}}`), JSON.stringify({ ...READS, context: { x: 0 } }).replace('"x":0', `"x":${deep}`)]) {
        for (const name of ENDPOINTS) await answered(name, body);
      }
    }
  }
  assert.deepEqual(faults, []);
});

test("a body may have 64 levels, however many lists and objects lie side by side", async () => {
  const nested = (levels) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
  const asked = (deep) => ({ ...READS, resource: { ...READS.resource, properties: { deep } } });
  // The body, the resource and its properties are three of them.
  assert.equal((await answered("evaluation", asked(nested(61)))).status, 200);
  assert.equal((await answered("evaluation", asked(nested(62)))).status, 400);
  assert.equal((await answered("evaluation", asked(Array.from({ length: 1000 }, () => nested(60))))).status, 200);
});

test("brackets in a text are no levels, and hide none", async () => {
  const asked = (properties) => ({ ...READS, resource: { ...READS.resource, properties } });
  const plainly = await reason(point, READS);
  for (const text of ["[".repeat(1000), "]".repeat(1000), '"[{'.repeat(1000), '\\"}]'.repeat(1000), "\\".repeat(1001)]) {
    assert.equal(await reason(point, asked({ text })), plainly);
    const deep = `${"[".repeat(70)}${"]".repeat(70)}`;
    for (const order of [`{"text":${JSON.stringify(text)},"deep":${deep}}`, `{"deep":${deep},"text":${JSON.stringify(text)}}`]) {
      const body = JSON.stringify(asked(0)).replace('"properties":0', () => `"properties":${order}`);
      assert.equal((await answered("evaluation", body)).status, 400);
    }
  }
});

test("large numbers, long names and many members are refused or answered in time", { timeout: 20_000 }, async () => {
  const big = "x".repeat(200_000);
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`p${index}`, index]));
  const bodies = [
    { ...READS, subject: { type: "user", id: big } },
    { ...READS, subject: { type: big, id: "alice" } },
    { ...READS, action: { name: big } },
    { ...READS, resource: { type: big, id: "record-1" } },
    { ...READS, resource: { type: "record", id: big } },
    { ...READS, resource: { type: "record", id: "record-1", properties: many } },
    { ...READS, resource: { type: "record", id: "record-1", properties: { scope: `account:${big}` } } },
    { ...READS, subject: { type: "user", id: "alice", properties: many }, context: many },
    { ...READS, evaluations: Array(100_000).fill({}) },
    { ...READS, evaluations: Array(50).fill({ context: { list: Array(500).fill(big.slice(0, 20)) } }) },
    { ...READS, page: { token: big } },
  ].map((body) => JSON.stringify(body));
  bodies.push(...["1e400", "-1e400", "9".repeat(400), "1e-400", "0.1e309"].map((number) => JSON.stringify({ ...READS, context: { n: 0 } }).replace('"n":0', `"n":${number}`)));
  bodies.push('"'.repeat(100_000), "[".repeat(100_000), "1".repeat(100_000), `{${'"a":1,'.repeat(50_000)}"a":1}`);
  for (const body of bodies) for (const name of ENDPOINTS) await answered(name, body);
  assert.deepEqual(faults, []);
});
