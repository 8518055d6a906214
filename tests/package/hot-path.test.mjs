// What is asked all the time stays on this side of the boundary.

import assert from "node:assert/strict";
import test from "node:test";
import { ANNA, callsOf, policy } from "./support.mjs";

test("an unconditional answer without a request makes no call into the module", () => {
  const session = policy.session(ANNA);
  const handle = policy.permission("crm:view");
  const made = callsOf(() => {
    for (let round = 0; round < 100; round += 1) {
      assert.equal(session.can("crm:view"), true);
      assert.equal(session.can("invoice:view"), false);
      assert.equal(session.can("crm.relation:edit"), false);
      assert.equal(session.can("crm:veiw"), false);
      assert.equal(session.can(handle), true);
    }
  });
  assert.equal(made, 0);
});

test("a request that says nothing is none", () => {
  const session = policy.session(ANNA);
  assert.equal(
    callsOf(() => assert.equal(session.can("crm:view", {}), true)),
    0,
  );
});

test("a session is opened with one call into the module", () => {
  assert.equal(
    callsOf(() => assert.equal(policy.session({ ...ANNA, id: "somebody new" }).can("crm:view"), true)),
    1,
  );
});

test("an unconditional answer for a record makes no call, a conditional one a call for each that is new", () => {
  const session = policy.session(ANNA);
  const resource = { owner: "anna" };
  // The first question that needs the module opens the session there.
  session.decide("crm:view");
  assert.equal(
    callsOf(() => {
      assert.equal(session.can("crm:view", { resource }), true);
      assert.equal(session.can("invoice:view", { resource }), false);
    }),
    0,
  );
  // One to learn what the answer turns on, and one for each owner.
  assert.equal(
    callsOf(() => {
      for (let round = 0; round < 50; round += 1) {
        assert.equal(session.can("crm.relation:edit", { resource }), true);
        assert.equal(session.can("crm.relation:edit", { resource: { owner: `bob ${round % 5}` } }), false);
      }
    }),
    7,
  );
});

test("a scope that is asked about again makes no call", () => {
  const session = policy.session(ANNA);
  const north = { scope: "workspace:north" };
  assert.equal(session.can("page:edit", north), true);
  assert.equal(session.can("page:edit", north), true);
  assert.equal(
    callsOf(() => {
      assert.equal(session.can("page:edit", north), true);
      assert.equal(session.can("page:view", { scope: "workspace:north" }), true);
      assert.equal(session.can("invoice:view", north), false);
      assert.equal(session.can("page:edit"), false);
    }),
    0,
  );
});

test("more scopes than tables are kept for are answered all the same", () => {
  const session = policy.session(ANNA);
  for (let round = 0; round < 3; round += 1) {
    for (let place = 0; place < 200; place += 1) {
      assert.equal(session.can("page:edit", { scope: `workspace:w${place}` }), false);
      assert.equal(session.can("page:edit", { scope: "workspace:north" }), true);
      assert.equal(session.can("crm:view", { scope: `workspace:w${place}` }), true);
    }
  }
});

test("an action's attributes are asked of the module", () => {
  const session = policy.session(ANNA);
  assert.equal(session.can("crm.relation:delete"), false);
  assert.equal(session.can("crm.relation:delete", { action: { soft: true } }), true);
  assert.equal(session.can("crm.relation:delete", { action: { soft: false } }), false);
  assert.equal(session.can("crm.relation:delete", { action: {}, resource: {} }), false);
});

test("answers outlive the growth of the module's memory", () => {
  const session = policy.session(ANNA);
  const others = Array.from({ length: 2000 }, (_, place) =>
    policy.session({ id: `u${place}`, attributes: { text: "x".repeat(2000) } }),
  );
  assert.equal(session.can("crm:view"), true);
  assert.equal(session.can("invoice:view"), false);
  for (const other of others) other.free();
  assert.equal(session.can("crm:view"), true);
});

test("sections at the root are asked once", () => {
  const session = policy.session({ id: "carl", assignments: [{ role: "bookkeeper" }] });
  assert.equal(session.section("relations"), "enabled");
  assert.equal(
    callsOf(() => {
      assert.equal(session.section("finance"), "locked");
      assert.deepEqual(session.sections(), { relations: "enabled", finance: "locked" });
      assert.equal(session.section("constructor"), "hidden");
    }),
    0,
  );
});
