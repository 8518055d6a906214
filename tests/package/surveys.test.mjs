// Sessions of equal facts: the first one asks the module, the others are told what is known, for as long as it holds.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { callsOf, DOCUMENT, loadPolicy } from "./support.mjs";

const HOUR = 3_600_000;
const START = Date.parse("2026-07-01T12:00:00Z");
const sales = (id, rest) => ({ id, assignments: [{ role: "sales", ...rest }] });

let policy;

beforeEach(async () => {
  policy = await loadPolicy(DOCUMENT);
  mock.timers.enable({ apis: ["Date"], now: START });
});
afterEach(() => mock.timers.reset());

/** How many calls it takes to open a session, and whether it may view. */
function opened(...facts) {
  let may;
  const calls = callsOf(() => {
    may = policy.session(...facts).can("crm:view");
  });
  return [calls, may];
}

test("equal facts are judged once, and others by themselves", () => {
  assert.deepEqual(opened(sales("anna")), [1, true]);
  assert.deepEqual(opened(sales("anna")), [0, true]);
  assert.deepEqual(opened(sales("bob")), [1, true]);
  assert.deepEqual(opened({ ...sales("anna"), status: "suspended" }), [1, false]);
  assert.deepEqual(opened(sales("anna"), undefined, { roles: [] }), [1, false]);
  assert.deepEqual(opened(sales("anna"), { entitlements: ["finance"] }), [1, true]);
  assert.deepEqual(opened(sales("anna")), [0, true]);
});

test("what time turns is judged anew from that instant on", () => {
  const standIn = sales("anna", { from: START + HOUR, until: START + 2 * HOUR });
  assert.deepEqual(opened(standIn), [1, false]);
  mock.timers.tick(HOUR - 1);
  assert.deepEqual(opened(standIn), [0, false]);
  mock.timers.tick(1);
  assert.deepEqual(opened(standIn), [1, true]);
  assert.deepEqual(opened(standIn), [0, true]);
  mock.timers.tick(HOUR);
  assert.deepEqual(opened(standIn), [1, false]);
  assert.deepEqual(opened(standIn), [0, false]);
  // A clock that is set back.
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: START + HOUR });
  assert.deepEqual(opened(standIn), [1, true]);
});

test("policies do not share what they know", async () => {
  assert.deepEqual(opened(sales("anna")), [1, true]);
  const document = structuredClone(DOCUMENT);
  document.roles.sales.deny = ["crm:view"];
  const stricter = await loadPolicy(document);
  assert.equal(stricter.session(sales("anna")).can("crm:view"), false);
  assert.equal(policy.session(sales("anna")).can("crm:view"), true);
});

test("sessions of equal facts live and end by themselves", () => {
  const [first, second] = [policy.session(sales("anna")), policy.session(sales("anna"))];
  first.update({ subject: { id: "anna" } });
  assert.deepEqual([first.can("crm:view"), second.can("crm:view")], [false, true]);
  first.free();
  assert.throws(() => first.can("crm:view"), /freed/);
  assert.equal(second.can("crm:view"), true);
  const resource = { get owner() {
    return second.can("crm.relation:edit", { resource: { owner: "bob" } }) ? "bob" : "anna";
  } };
  const third = policy.session(sales("anna"));
  assert.equal(third.can("crm.relation:edit", { resource }), true);
  assert.equal(third.can("crm.relation:edit", { resource }), true);
});

test("malformed facts are refused each time", () => {
  for (let time = 0; time < 2; time += 1) {
    assert.throws(() => policy.session({ id: "anna", assignments: "sales" }), { name: "PolicyError", code: "wrong-type" });
  }
});

test("a hundred are kept, and no long ones", () => {
  opened(sales("anna"));
  for (let number = 0; number < 99; number += 1) opened(sales(`person ${number}`));
  assert.deepEqual(opened(sales("anna")), [0, true]);
  opened(sales("one more"));
  assert.deepEqual(opened(sales("anna")), [1, true]);
  for (let number = 0; number < 98; number += 1) opened(sales(`somebody ${number}`));
  const long = { ...sales("anna"), attributes: { text: "x".repeat(2000) } };
  assert.deepEqual(opened(long), [1, true]);
  assert.deepEqual(opened(long), [1, true]);
  assert.deepEqual(opened(sales("anna")), [0, true]);
});
