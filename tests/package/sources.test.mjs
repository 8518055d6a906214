// Every form in which a policy can come, and what is said of one that is none.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { checkPolicy, definePolicy, loadPolicy, Policy, PolicyError } from "grantlet";
import { DOCUMENT, policy } from "./support.mjs";

const TEXT = JSON.stringify(DOCUMENT);
const BYTES = new TextEncoder().encode(TEXT);

const refused = (code, message) => (error) => {
  assert.ok(error instanceof PolicyError, error);
  assert.equal(error.code, code);
  assert.equal(error.name, "PolicyError");
  assert.ok(error.diagnostics.some((each) => each.code === code && each.severity === "error"));
  if (message) assert.match(error.message, message);
  return true;
};

test("a policy is taken in every form", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grantlet-"));
  const file = join(folder, "policy.json");
  await writeFile(file, TEXT);
  const sources = {
    object: DOCUMENT,
    text: TEXT,
    bytes: BYTES,
    "bytes with a byte order mark": new Uint8Array([0xef, 0xbb, 0xbf, ...BYTES]),
    "part of a buffer": Buffer.concat([Buffer.from("xx"), BYTES]).subarray(2),
    buffer: BYTES.buffer.slice(0),
    response: new Response(TEXT),
    "promise of a response": Promise.resolve(new Response(TEXT)),
    file: pathToFileURL(file),
    "data address": new URL(`data:application/json,${encodeURIComponent(TEXT)}`),
  };
  for (const [name, source] of Object.entries(sources)) {
    const loaded = await loadPolicy(source);
    assert.deepEqual(loaded.permissions, policy.permissions, name);
  }
  await rm(folder, { recursive: true });
});

test("a policy's names are lists that nobody changes", () => {
  assert.ok(policy instanceof Policy);
  assert.deepEqual(policy.roles, ["sales", "bookkeeper", "editor"]);
  assert.deepEqual(policy.sections, ["relations", "finance"]);
  assert.equal(policy.permissions.length, 8);
  assert.ok(Object.isFrozen(policy.permissions) && Object.isFrozen(policy.roles) && Object.isFrozen(policy.sections));
});

test("definePolicy gives back what it was given", () => {
  assert.equal(definePolicy(DOCUMENT), DOCUMENT);
});

test("an answer of a server that is not the policy says so", async () => {
  const server = createServer((_, response) => response.writeHead(404).end("not here"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(`http://127.0.0.1:${server.address().port}/policy.json`);
  await assert.rejects(loadPolicy(url), refused("fetch-failed", /status 404/));
  await assert.rejects(loadPolicy(fetch(url)), refused("fetch-failed", /policy\.json`: status 404/));
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(loadPolicy(url), refused("fetch-failed", /could not be fetched/));
  await assert.rejects(loadPolicy(Promise.reject(new Error("offline"))), refused("fetch-failed", /offline/));
  await assert.rejects(loadPolicy(new URL("file:///no/such/policy.json")), refused("fetch-failed", /ENOENT/));
});

test("what is no policy is refused with a reason", async () => {
  const cycle = { grantlet: 1 };
  cycle.roles = cycle;
  const cases = [
    [undefined, "invalid-source", /its type is `undefined`/],
    [() => DOCUMENT, "invalid-source", /its type is `function`/],
    [Symbol("policy"), "invalid-source", /its type is `symbol`/],
    [cycle, "invalid-source", /circular/],
    [{ grantlet: 1n }, "invalid-source", /BigInt/],
    [new Uint8Array([0xff, 0xfe]), "invalid-source", /UTF-8/],
  ];
  for (const [source, code, message] of cases) {
    await assert.rejects(loadPolicy(source), refused(code, message));
    const [first] = await checkPolicy(source);
    assert.equal(first.code, code);
  }
  await assert.rejects(loadPolicy(new Response(new Uint8Array([0xff]))), refused("invalid-source", /UTF-8/));
  for (const source of [null, 5, true, [], "", "5", TEXT.slice(0, TEXT.length / 2)]) {
    await assert.rejects(loadPolicy(source), PolicyError);
    assert.equal((await checkPolicy(source))[0].severity, "error");
  }
});

test("an error's message is the first diagnostic, its place and how many there are", async () => {
  const broken = { ...DOCUMENT, rolls: {}, sectoins: {} };
  await assert.rejects(loadPolicy(broken), (error) => {
    const [first, second] = error.diagnostics.filter(({ severity }) => severity === "error");
    assert.equal(error.code, first.code);
    assert.equal(error.message, `${first.message} at \`${first.pointer}\` (and 1 more)`);
    assert.equal(second.pointer, "/sectoins");
    return true;
  });
});

test("checkPolicy answers errors and warnings, and nothing for a sound policy", async () => {
  assert.deepEqual(await checkPolicy(DOCUMENT), []);
  assert.deepEqual(await checkPolicy(TEXT), []);
  const pointless = structuredClone(DOCUMENT);
  pointless.roles.sales.allow.push({ permissions: ["crm:view"], except: ["invoice:view"] });
  const warnings = await checkPolicy(pointless);
  assert.deepEqual([...new Set(warnings.map(({ severity }) => severity))], ["warning"]);
  await loadPolicy(pointless);
});

test("a policy or a session is not made by hand", () => {
  const session = policy.session({ id: "anna" });
  assert.throws(() => new Policy({}), /loadPolicy/);
  assert.throws(() => new session.constructor({}, {}, "{}"), /policy\.session/);
});

test("a number in a policy is the double that JavaScript reads", async () => {
  const written = ["-0.1", "9007199254740993", "5e-324", "2.2250738585072011e-308", "1.7976931348623157E+308", "1e-400"];
  for (let seed = 1; written.length < 2000; seed = (seed * 48271) % 2147483647) {
    written.push(`${seed / 7}e${(seed % 600) - 300}`);
  }
  const grant = `{"permissions": ["crm:view"], "when": {"in": [{"var": "resource.n"}, [${written.join()}]]}}`;
  const numbers = await loadPolicy(
    `{"grantlet": 1, "resources": {"crm": {"actions": ["view"]}}, "roles": {"reader": {"allow": [${grant}]}}}`,
  );
  const session = numbers.session({ assignments: [{ role: "reader" }] });
  const other = written.filter((text) => !session.can("crm:view", { resource: { n: Number(text) } }));
  assert.deepEqual(other, []);
  assert.equal(session.can("crm:view", { resource: { n: 0.30000000000000004 } }), false);
});
