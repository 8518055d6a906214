// What a permission is asked by: a name or a handle of this policy, and nothing else.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy, Permission, PolicyError } from "grantlet";
import { ANNA, DOCUMENT, policy } from "./support.mjs";

const ODD = {
  grantlet: 1,
  resources: {
    constructor: { actions: ["view", "toString"] },
    hasOwnProperty: { actions: ["valueOf"] },
  },
  roles: { constructor: { allow: ["constructor:view"] }, toString: { allow: ["hasOwnProperty:*"] } },
  sections: { constructor: { show: ["constructor:view"] }, valueOf: { show: ["hasOwnProperty:valueOf"] } },
};

test("names of Object.prototype are names like any other", async () => {
  const odd = await loadPolicy(ODD);
  const session = odd.session({ id: "anna", assignments: [{ role: "constructor" }] });
  assert.equal(session.can("constructor:view"), true);
  assert.equal(session.can("constructor:toString"), false);
  assert.equal(session.can("hasOwnProperty:valueOf"), false);
  assert.deepEqual(session.sections(), { constructor: "enabled", valueOf: "hidden" });
  assert.ok(Object.hasOwn(session.sections(), "constructor"));
  assert.deepEqual(session.allowed(), ["constructor:view"]);
});

test("names that no policy can have are unknown", () => {
  const session = policy.session(ANNA);
  const names = [
    "",
    ":",
    "crm",
    "crm:",
    ":view",
    "__proto__",
    "__proto__:view",
    "constructor",
    "constructor:view",
    "toString",
    "length",
    "0",
    " crm:view",
    "crm:view ",
    "CRM:view",
    "crm:*",
    "x".repeat(1e6),
  ];
  for (const name of names) {
    assert.equal(session.can(name), false, name);
    assert.equal(session.can(name, { scope: "workspace:north" }), false, name);
    assert.deepEqual(session.decide(name), { effect: "deny", reason: "unknown-permission", because: [] });
    assert.equal(session.section(name), "hidden");
    assert.throws(
      () => policy.permission(name),
      (error) => error instanceof PolicyError && error.code === "unknown-permission",
    );
  }
});

test("what is no permission is unknown", () => {
  const session = policy.session(ANNA);
  const handle = policy.permission("crm:view");
  const forged = [
    undefined,
    null,
    0,
    1,
    true,
    {},
    [],
    () => {},
    Symbol("crm:view"),
    new String("crm:view"),
    { ...handle },
    { name: "crm:view", number: 0, policy },
    new Permission("crm:view", 0, policy),
    new Permission("crm:view", 0),
    Reflect.construct(Object, [], Permission),
    Object.create(handle),
    new Proxy(handle, {}),
  ];
  for (const permission of forged) {
    assert.equal(session.can(permission), false);
    assert.equal(session.can(permission, {}), false);
    assert.equal(session.decide(permission).reason, "unknown-permission");
  }
});

test("a handle answers as its name does", () => {
  const session = policy.session(ANNA);
  for (const name of policy.permissions) {
    const handle = policy.permission(name);
    assert.ok(handle instanceof Permission);
    assert.equal(handle, policy.permission(name));
    assert.equal(String(handle), name);
    assert.ok(Object.isFrozen(handle));
    for (const request of [
      undefined,
      { scope: "workspace:north" },
      { resource: { owner: "anna" } },
      { action: { soft: true } },
    ]) {
      assert.equal(session.can(handle, request), session.can(name, request));
      assert.deepEqual(session.decide(handle, request), session.decide(name, request));
    }
  }
});

test("a handle of another policy is unknown, even of an equal one", async () => {
  const other = await loadPolicy(DOCUMENT);
  const session = policy.session(ANNA);
  const handle = other.permission("crm:view");
  assert.equal(session.can(handle), false);
  assert.equal(session.can(handle, { scope: "workspace:north" }), false);
  assert.equal(session.decide(handle).reason, "unknown-permission");
  assert.equal(other.session(ANNA).can(handle), true);
});
