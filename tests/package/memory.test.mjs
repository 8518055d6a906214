// A large document leaves nothing in the module's memory but its policy: it is compiled in an instance of its own, and
// goes wrong there.

import assert from "node:assert/strict";
import test from "node:test";
import * as grantlet from "grantlet";

const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = function watched(module, imports) {
  const instance = new Instance(module, imports);
  memories.push(instance.exports.memory);
  return instance;
};
WebAssembly.Instance.prototype = Instance.prototype;

const { checkPolicy, loadPolicy, PolicyError } = grantlet;
const RESOURCES = 1250;
const ROLES = 20;
const ACTIONS = ["view", "add", "edit", "move", "copy", "delete"];

/** A policy of 150,000 grants, some of them under a condition. */
function large() {
  const document = { grantlet: 1, name: "large", resources: {}, roles: {}, sections: { first: { show: ["r0:view"] } } };
  const when = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
  for (let role = 0; role < ROLES; role += 1) document.roles[`role${role}`] = { allow: [] };
  for (let resource = 0; resource < RESOURCES; resource += 1) {
    document.resources[`r${resource}`] = { actions: ACTIONS };
    ACTIONS.forEach((action, place) => {
      for (let role = 0; role < ROLES; role += 1) {
        const permission = `r${resource}:${action}`;
        const own = (resource + place + role) % 7 === 0;
        document.roles[`role${role}`].allow.push(own ? { permissions: [permission], when } : permission);
      }
    });
  }
  return document;
}

const document = large();
const text = JSON.stringify(document);
const small = await loadPolicy({ grantlet: 1, resources: { crm: { actions: ["view"] } }, roles: {} });
const [memory] = memories;

test("150,000 grants from text take 32 bytes of the module's memory each, and answer as they do from bytes", async () => {
  const before = memory.buffer.byteLength;
  const policy = await loadPolicy(text);
  const taken = memory.buffer.byteLength - before;
  assert.ok(taken / 150_000 < 32, `${taken / 150_000} bytes for each grant`);
  assert.equal(policy.permissions.length, RESOURCES * ACTIONS.length);
  const bytes = policy.toBytes();
  const again = await loadPolicy(bytes);
  assert.deepEqual(again.toBytes(), bytes);
  const anna = { id: "anna", assignments: [{ role: "role3" }] };
  const [one, other] = [policy.session(anna), again.session(anna)];
  const resource = { owner: "anna" };
  for (const permission of policy.permissions.slice(0, 500)) {
    assert.equal(one.can(permission), other.can(permission));
    assert.equal(one.can(permission, { resource }), true);
    assert.deepEqual(one.decide(permission), other.decide(permission));
  }
  assert.equal(one.section("first"), "enabled");
  for (const each of [one, other, policy, again]) each.free();
});

test("what is wrong with a large document is told as of a small one", async () => {
  const faults = { roles: { lead: { allow: ["r0:fly"], inherits: ["nobody"] } } };
  const few = { ...document, resources: { r0: document.resources.r0 }, ...faults };
  const many = { ...few, description: "x".repeat(400_000) };
  const expected = await checkPolicy(few);
  assert.ok(expected.length >= 2);
  assert.deepEqual(await checkPolicy(many), expected);
  await assert.rejects(loadPolicy(many), (error) => {
    assert.ok(error instanceof PolicyError);
    assert.deepEqual(error.diagnostics, expected);
    return true;
  });
  assert.deepEqual(small.session({ id: "anna" }).warnings, []);
});

test("a failure there is no answer, and none of the policies that are loaded fail with it", async () => {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module, imports) => {
    const { exports } = await instantiate(module, imports);
    const trapping = { ...exports };
    for (const name of Object.keys(exports)) {
      if (/^e\d/.test(name)) trapping[name] = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    }
    return { exports: trapping };
  };
  try {
    for (const work of [loadPolicy, checkPolicy]) {
      await assert.rejects(work(text), (error) => {
        assert.equal(error.message, "the WebAssembly module of grantlet failed");
        assert.equal(error.cause.message, "unreachable");
        return true;
      });
    }
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  assert.equal(small.session({ id: "anna" }).decide("crm:view").effect, "deny");
  const policy = await loadPolicy(text);
  assert.equal(policy.roles.length, ROLES);
  policy.free();
});

test("a session answers while a large document is compiled beside it", async () => {
  const session = small.session({ id: "anna" });
  const loading = [loadPolicy(text), loadPolicy(text), checkPolicy(text)];
  for (let turn = 0; turn < 5; turn += 1) {
    assert.equal(session.decide("crm:view").reason, "not-granted");
    await null;
  }
  const [first, second, found] = await Promise.all(loading);
  assert.deepEqual(first.toBytes(), second.toBytes());
  assert.ok(found.every(({ severity }) => severity === "warning"));
  assert.equal(session.decide("crm:view").reason, "not-granted");
});
