// Section 8 through the package: what comes back, what is refused as no change, and that nothing breaks the module.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { loadPolicy, PolicyError } from "grantlet";

const DOCUMENT = {
  grantlet: 1,
  scopes: { workspace: {} },
  resources: { page: { actions: ["view", "edit"] } },
  roles: {
    reader: { scopes: ["root", "workspace"], allow: ["page:view"] },
    owner: { scopes: ["root", "workspace"], inherits: ["reader"], allow: ["page:edit"] },
  },
  administration: [
    { roles: ["reader"], by: ["owner"] },
    { roles: "*", scope: "workspace", by: ["owner"] },
    { permissions: ["page:view"], by: ["owner"] },
  ],
  constraints: [{ id: "last-owner", minimum: 1, roles: ["owner"], scope: "workspace" }],
};

const policy = await loadPolicy(DOCUMENT);
const anna = { id: "anna", assignments: [{ role: "owner" }, { role: "owner", scope: "workspace:w" }] };
const tom = { id: "tom" };

afterEach(() => {
  assert.equal(policy.decideChange({ actor: anna, target: tom, assign: { role: "reader" } }).allowed, true);
});

const refused = (code, pointer) => (error) => {
  assert.ok(error instanceof PolicyError, error);
  assert.deepEqual([error.code, error.diagnostics[0].pointer], [code, pointer]);
  return true;
};

test("an allowed change names its rule", () => {
  assert.deepEqual(policy.decideChange({ actor: anna, target: tom, assign: { role: "reader", until: new Date(9e12) } }), {
    allowed: true,
    reason: "granted",
    because: [{ effect: "allow", via: "rule", index: 0, pointer: "/administration/0", part: "assign" }],
  });
});

test("a refused one names the rule that came closest, or the constraint", () => {
  assert.deepEqual(policy.decideChange({ actor: tom, target: { id: "eve" }, grant: { permissions: ["page:view"] } }), {
    allowed: false,
    reason: "not-administrator",
    because: [{ effect: "deny", via: "rule", index: 2, pointer: "/administration/2", part: "grant", lacks: ["by"] }],
  });
  const revoke = { role: "owner", scope: "workspace:w" };
  const directory = [anna, tom];
  assert.deepEqual(policy.decideChange({ actor: anna, target: anna, revoke, directory }), {
    allowed: false,
    reason: "constraint",
    constraint: "last-owner",
    because: [{ effect: "deny", via: "constraint", index: 0, pointer: "/constraints/0" }],
  });
});

test("without a `now` the present is the clock's", () => {
  const hour = 3_600_000;
  const until = (time) => ({ id: "eve", assignments: [{ role: "owner", until: time }] });
  const assign = { role: "reader" };
  assert.equal(policy.decideChange({ actor: until(Date.now() + hour), target: tom, assign }).allowed, true);
  assert.equal(policy.decideChange({ actor: until(Date.now() - hour), target: tom, assign }).allowed, false);
});

test("what is no change is refused with its place", () => {
  const base = { actor: anna, target: tom };
  const cases = [
    [{ ...base }, "empty-change", ""],
    [{ target: tom, assign: { role: "reader" } }, "missing-key", ""],
    [{ ...base, assign: { role: "reader", note: 1 } }, "unknown-key", "/assign/note"],
    [{ ...base, assign: { role: 7 } }, "wrong-type", "/assign/role"],
    [{ ...base, assign: { role: "reader" }, directory: [tom, tom] }, "duplicate-id", "/directory/1/id"],
    [{ ...base, target: { id: "anna" }, assign: { role: "reader" } }, "two-documents", "/target"],
    [{ ...base, assign: { role: "reader", until: new Date(Number.NaN) } }, "invalid-time", "/assign/until"],
    [undefined, "invalid-change", ""],
    [null, "wrong-type", ""],
    [() => base, "invalid-change", ""],
    [{ ...base, assign: { role: 1n } }, "invalid-change", ""],
  ];
  for (const [change, code, pointer] of cases) {
    assert.throws(() => policy.decideChange(change), refused(code, pointer), JSON.stringify(change, (_, it) => `${it}`));
  }
  const cyclic = { ...base, assign: { role: "reader" } };
  cyclic.assign.scope = cyclic;
  assert.throws(() => policy.decideChange(cyclic), refused("invalid-change", ""));
  const thrower = { ...base, get assign() { throw new Error("no"); } };
  assert.throws(() => policy.decideChange(thrower), refused("invalid-change", ""));
});

test("a large directory is decided over, a huge text is refused", () => {
  const people = (count) =>
    Array.from({ length: count }, (_, number) => ({
      id: `p${number}`,
      assignments: [{ role: "owner", scope: "workspace:w" }],
    }));
  const change = { actor: anna, target: anna, revoke: { role: "owner", scope: "workspace:w" } };
  assert.equal(policy.decideChange({ ...change, directory: [anna, ...people(20_000)] }).reason, "granted");
  const meta = "x".repeat(64 * 1024 * 1024);
  assert.throws(() => policy.decideChange({ ...change, directory: [{ id: "eve", meta }] }), refused("too-large", ""));
});

test("a freed policy decides nothing", async () => {
  const freed = await loadPolicy(DOCUMENT);
  freed.free();
  assert.throws(() => freed.decideChange({ actor: anna, target: tom, assign: { role: "reader" } }), /freed/);
});
