// A session is live: what time changes turns by itself, with a timer or without one.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openSnapshot } from "grantlet/client";
import { callsOf, loadPolicy, policy } from "./support.mjs";

const HOUR = 3_600_000;
const START = Date.parse("2026-07-01T12:00:00Z");

beforeEach(() => mock.timers.enable({ apis: ["Date", "setTimeout"], now: START }));
afterEach(() => mock.timers.reset());

/** Time passes and no timer fires, as in a page that is asleep. */
function sleep(duration) {
  const at = Date.now() + duration;
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: at });
}

const standIn = (from, until) => ({ id: "anna", assignments: [{ role: "sales", from, until }] });

test("an assignment begins and ends without a timer", () => {
  const session = policy.session(standIn(START + HOUR, START + 3 * HOUR));
  assert.equal(session.validUntil, START + HOUR);
  assert.equal(session.can("crm:view"), false);
  assert.equal(session.decide("crm:view").reason, "inactive");
  sleep(HOUR - 1);
  assert.equal(session.can("crm:view"), false);
  sleep(1);
  assert.equal(session.can("crm:view"), true);
  assert.equal(session.section("relations"), "enabled");
  assert.equal(session.validUntil, START + 3 * HOUR);
  assert.equal(session.decide("crm:view").until, START + 3 * HOUR);
  sleep(2 * HOUR);
  assert.equal(session.can("crm:view"), false);
  assert.equal(session.section("relations"), "hidden");
  assert.deepEqual(session.allowed(), []);
  assert.equal(session.validUntil, Number.POSITIVE_INFINITY);
});

test("every way of asking is at the present", () => {
  const questions = {
    can: (session) => session.can("crm:view"),
    handle: (session) => session.can(policy.permission("crm:view")),
    scope: (session) => session.can("crm:view", { scope: "workspace:north" }),
    record: (session) => session.can("crm:view", { resource: {} }),
    decide: (session) => session.decide("crm:view").effect === "allow",
    section: (session) => session.section("relations") === "enabled",
    sections: (session) => session.sections().relations === "enabled",
    allowed: (session) => session.allowed().includes("crm:view"),
  };
  for (const [name, ask] of Object.entries(questions)) {
    const session = policy.session(standIn(undefined, Date.now() + HOUR));
    assert.equal(ask(session), true, name);
    assert.equal(ask(session), true, name);
    sleep(HOUR);
    assert.equal(ask(session), false, name);
  }
});

test("while a bound is ahead an answer costs a look at the clock and no call into the module", () => {
  const session = policy.session(standIn(undefined, START + HOUR));
  assert.equal(
    callsOf(() => assert.equal(session.can("crm:view"), true)),
    0,
  );
});

test("a session with an instant of its own stands still", () => {
  const session = policy.session(standIn(undefined, START + HOUR), { now: START });
  let told = 0;
  session.subscribe(() => (told += 1));
  mock.timers.tick(2 * HOUR);
  assert.equal(session.can("crm:view"), true);
  assert.equal(session.validUntil, START + HOUR);
  assert.equal(told, 0);
});

test("subscribers are told when a bound passes", () => {
  const session = policy.session(standIn(START + HOUR, START + 3 * HOUR));
  const heard = [];
  const unsubscribe = session.subscribe(() => heard.push([Date.now() - START, session.can("crm:view")]));
  mock.timers.tick(HOUR - 1);
  assert.deepEqual(heard, []);
  mock.timers.tick(1);
  assert.deepEqual(heard, [[HOUR, true]]);
  mock.timers.tick(2 * HOUR);
  assert.deepEqual(heard, [
    [HOUR, true],
    [3 * HOUR, false],
  ]);
  mock.timers.tick(100 * HOUR);
  assert.equal(heard.length, 2);
  unsubscribe();
});

test("subscribers are told even if somebody asked before the timer fired", () => {
  const session = policy.session(standIn(undefined, START + HOUR));
  let told = 0;
  session.subscribe(() => (told += 1));
  mock.timers.tick(HOUR - 1);
  const { now } = Date;
  Date.now = () => now() + 5;
  assert.equal(session.can("crm:view"), false);
  assert.equal(told, 0);
  Date.now = now;
  mock.timers.tick(5);
  assert.equal(told, 1);
});

test("subscribers are told if the clock turns while an early timer looks at it", () => {
  const session = policy.session(standIn(undefined, START + HOUR));
  for (const one of [session, openSnapshot(session.snapshot())]) {
    sleep(START - Date.now());
    let told = 0;
    one.subscribe(() => (told += 1));
    mock.timers.tick(HOUR - 1);
    const { now } = Date;
    let looks = 0;
    Date.now = () => now() - (looks++ === 0 ? 1 : 0);
    mock.timers.tick(1);
    Date.now = now;
    mock.timers.tick(5);
    assert.equal(told, 1);
    assert.equal(one.can("crm:view"), false);
  }
});

test("a bound that is further away than timers reach is told of too", () => {
  const far = 100 * 24 * HOUR;
  const session = policy.session(standIn(undefined, START + far));
  let told = 0;
  session.subscribe(() => (told += 1));
  mock.timers.tick(far - 1);
  assert.equal(told, 0);
  mock.timers.tick(1);
  assert.equal(told, 1);
});

test("there is a timer only while somebody listens", () => {
  const set = mock.method(globalThis, "setTimeout");
  const cleared = mock.method(globalThis, "clearTimeout");
  const session = policy.session(standIn(undefined, START + HOUR));
  session.can("crm:view");
  assert.equal(set.mock.callCount(), 0);
  const [first, second] = [session.subscribe(() => {}), session.subscribe(() => {})];
  assert.equal(set.mock.callCount(), 1);
  first();
  assert.equal(cleared.mock.callCount(), 0);
  second();
  assert.equal(cleared.mock.callCount(), 1);
  policy.session({ id: "bob" }).subscribe(() => {});
  assert.equal(set.mock.callCount(), 1);
  set.mock.restore();
  cleared.mock.restore();
});

test("instants that a policy compares with turn answers", async () => {
  const until = "2026-07-01T13:00:00Z";
  const early = await loadPolicy({
    grantlet: 1,
    resources: { sale: { actions: ["buy"] } },
    roles: {
      buyer: { allow: [{ permissions: ["sale:buy"], when: { le: [{ var: "context.now" }, { time: until }] } }] },
    },
  });
  const session = early.session({ id: "anna", assignments: [{ role: "buyer" }] });
  assert.equal(session.can("sale:buy"), true);
  sleep(HOUR);
  assert.equal(session.can("sale:buy"), true);
  sleep(1);
  assert.equal(session.can("sale:buy"), false);
});
