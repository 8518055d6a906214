// The life of a session: updated, subscribed to, freed.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { PolicyError } from "grantlet";
import { ANNA, DOCUMENT, loadPolicy, policy } from "./support.mjs";

const BOOKKEEPER = { id: "carl", assignments: [{ role: "bookkeeper" }] };

test("an update replaces what is given and keeps the rest", () => {
  const session = policy.session(BOOKKEEPER);
  assert.equal(session.section("finance"), "locked");
  session.update({ context: { entitlements: ["finance"] } });
  assert.equal(session.section("finance"), "enabled");
  session.update({ subject: ANNA });
  assert.equal(session.can("invoice:view"), false);
  assert.equal(session.decide("invoice:view").reason, "not-granted");
  session.update({ subject: BOOKKEEPER });
  assert.equal(session.can("invoice:view"), true);
  session.update({ roles: [] });
  assert.deepEqual(session.allowed(), []);
  session.update({});
  session.update({ subject: undefined, context: undefined, roles: undefined });
  assert.deepEqual(session.allowed(), []);
  session.update({ roles: null });
  assert.equal(session.can("invoice:view"), true);
  session.update({ context: {} });
  assert.equal(session.can("invoice:view"), false);
});

test("an update forgets the answers at scopes and for sections, and the warnings", () => {
  const session = policy.session(ANNA);
  const north = { scope: "workspace:north" };
  for (let round = 0; round < 3; round += 1) assert.equal(session.can("page:edit", north), true);
  assert.equal(session.section("relations"), "enabled");
  session.update({ subject: { id: "anna", assignments: [{ role: "gone" }] } });
  for (let round = 0; round < 3; round += 1) assert.equal(session.can("page:edit", north), false);
  assert.equal(session.section("relations"), "hidden");
  assert.equal(session.warnings.length, 1);
});

test("what was given is taken as it was then", () => {
  const subject = structuredClone(ANNA);
  const session = policy.session(subject);
  subject.assignments.push({ role: "bookkeeper" });
  session.update({ context: { entitlements: ["finance"] } });
  assert.equal(session.can("invoice:view"), false);
});

test("a malformed update changes nothing and tells nobody", () => {
  const session = policy.session(ANNA);
  let told = 0;
  session.subscribe(() => (told += 1));
  const cycle = {};
  cycle.self = cycle;
  const updates = [
    { subject: null },
    { subject: { id: "anna", assignments: "sales" } },
    { subject: BOOKKEEPER, context: { now: "soon" } },
    { context: cycle },
    { roles: [7] },
  ];
  for (const update of updates) assert.throws(() => session.update(update), PolicyError);
  assert.equal(told, 0);
  assert.equal(session.can("crm:view"), true);
  session.update({ context: {} });
  assert.equal(session.can("crm:view"), true);
  assert.equal(told, 1);
});

test("every subscriber is told of an update, and finds the new answers", () => {
  const session = policy.session(ANNA);
  const heard = [];
  const tell = () => heard.push(session.can("crm:view"));
  const once = [session.subscribe(tell), session.subscribe(tell)];
  session.update({ roles: [] });
  assert.deepEqual(heard, [false, false]);
  once[0]();
  once[0]();
  session.update({ roles: null });
  assert.deepEqual(heard, [false, false, true]);
});

test("a subscriber that throws does not keep the others from being told", () => {
  const session = policy.session(ANNA);
  const queue = mock.method(globalThis, "queueMicrotask", () => {});
  let told = 0;
  session.subscribe(() => {
    throw new Error("not today");
  });
  session.subscribe(() => (told += 1));
  session.update({ roles: [] });
  queue.mock.restore();
  assert.equal(told, 1);
  assert.throws(queue.mock.calls[0].arguments[0], /not today/);
});

test("a subscriber may take itself and others away, and may update", () => {
  const session = policy.session(ANNA);
  const heard = [];
  const first = session.subscribe(() => {
    heard.push("first");
    first();
    second();
  });
  const second = session.subscribe(() => heard.push("second"));
  const third = session.subscribe(() => {
    heard.push("third");
    third();
    session.update({ roles: null });
  });
  session.update({ roles: [] });
  assert.deepEqual(heard, ["first", "third"]);
  assert.equal(session.can("crm:view"), true);
});

test("a freed session throws whatever it is asked, and may be freed again", () => {
  const session = policy.session(ANNA);
  let told = 0;
  const unsubscribe = session.subscribe(() => (told += 1));
  const handle = policy.permission("crm:view");
  session.free();
  session.free();
  session[Symbol.dispose ?? Symbol.for("Symbol.dispose")]?.();
  unsubscribe();
  const calls = {
    can: () => session.can("crm:view"),
    handle: () => session.can(handle),
    unknown: () => session.can("crm:veiw"),
    scope: () => session.can("crm:view", { scope: "workspace:north" }),
    decide: () => session.decide("crm:view"),
    section: () => session.section("relations"),
    sections: () => session.sections(),
    allowed: () => session.allowed(),
    update: () => session.update({ subject: ANNA }),
    subscribe: () => session.subscribe(() => {}),
    validUntil: () => session.validUntil,
    warnings: () => session.warnings,
  };
  for (const [name, call] of Object.entries(calls)) {
    assert.throws(call, { message: "this session was freed" }, name);
  }
  assert.equal(told, 0);
});

test("who asks for it is told that a session was freed, once for each subscription", () => {
  const session = policy.session(ANNA);
  const told = [];
  const subscribe = (name) => session.subscribe(
    () => told.push(`${name} changed`),
    () => told.push(`${name} freed`),
  );
  subscribe("first");
  const leave = subscribe("second");
  session.update({ roles: [] });
  leave();
  session.free();
  session.free();
  assert.deepEqual(told, ["first changed", "second changed", "first freed"]);
});

test("a session outlives its policy, and a freed policy throws", async () => {
  const own = await loadPolicy(DOCUMENT);
  const handle = own.permission("crm:view");
  const session = own.session(ANNA);
  own.free();
  own.free();
  const calls = [
    () => own.permissions,
    () => own.roles,
    () => own.sections,
    () => own.session(ANNA),
    () => own.permission("crm:view"),
  ];
  for (const call of calls) assert.throws(call, { message: "this policy was freed" });
  assert.equal(session.can(handle), true);
  assert.equal(session.can("crm.relation:edit", { resource: { owner: "anna" } }), true);
  session.update({ roles: [] });
  assert.equal(session.can(handle), false);
});

test("sessions of one policy are apart", () => {
  const [anna, carl] = [policy.session(ANNA), policy.session(BOOKKEEPER, { entitlements: ["finance"] })];
  assert.equal(anna.can("invoice:view"), false);
  assert.equal(carl.can("invoice:view"), true);
  carl.free();
  assert.equal(anna.can("crm:view"), true);
});
