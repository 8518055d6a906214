// A snapshot answers as its session did, where it was asked about; else, and when its time is over, it denies.

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { openSnapshot } from "grantlet/client";
import { cases, Comparison, effectOf, stateOf } from "../support/accessibility.mjs";
import { ANNA, DOCUMENT, loadPolicy, policy } from "./support.mjs";

const START = Date.parse("2026-07-01T12:00:00Z");
const HOUR = 3_600_000;

const clockAt = (now) => mock.timers.enable({ apis: ["Date", "setTimeout"], now });
afterEach(() => mock.timers.reset());

/** As a page gets it. */
const sent = (snapshot) => openSnapshot(JSON.parse(JSON.stringify(snapshot)));

const isPlain = ({ resource, action }) => resource === undefined && action === undefined;

/** The snapshots of a generated case: each with the reasons of each request that the set has for its subject. */
async function* snapshots({ policy: written, directory, instants, requests }) {
  const policy = await loadPolicy(written);
  const scopes = [...new Set(requests.filter(isPlain).flatMap(({ scope }) => scope ?? []))];
  for (const { context, reasons } of instants) {
    clockAt(Number(new Date(context.now)));
    for (const [who, subject] of directory.entries()) {
      const session = policy.session(subject, context);
      yield { session, snapshot: session.snapshot({ scopes }), scopes, reasons: reasons[who] };
    }
    mock.timers.reset();
  }
  policy.free();
}

test("it has the answers of the set at the root and at the scopes that were wanted", async (t) => {
  const found = new Comparison();
  for (const [number, written] of cases.entries()) {
    const { permissions, requests } = written;
    for await (const { session, snapshot, reasons } of snapshots(written)) {
      const client = sent(snapshot);
      for (const [place, request] of requests.entries()) {
        if (!isPlain(request)) continue;
        const where = (what) => () => `${what} of ${JSON.stringify(request)} in case ${number}`;
        const expected = (name) => reasons[place][permissions.indexOf(name)];
        for (const name of permissions) {
          const { effect, reason, until } = client.decide(name, request);
          found.equal(where(name), reason, expected(name));
          found.equal(where(name), effect, effectOf(expected(name)));
          found.equal(where(name), until, session.decide(name, request).until);
          found.equal(where(name), client.can(name, request), effect === "allow");
        }
        const states = client.sections(request);
        for (const [name, declaration] of Object.entries(written.policy.sections)) {
          found.equal(where(name), client.section(name, request), stateOf(declaration, expected));
          found.equal(where(name), states[name], stateOf(declaration, expected));
        }
      }
    }
  }
  found.end(t, 15_000);
});

test("it never allows what the set does not, whatever is asked, and opens no section for a record", async (t) => {
  const found = new Comparison();
  let allowed = 0;
  for (const [number, written] of cases.entries()) {
    const { permissions, requests } = written;
    for await (const { snapshot, scopes, reasons } of snapshots(written)) {
      const client = sent(snapshot);
      for (const [place, request] of requests.entries()) {
        const where = (what) => () => `${what} of ${JSON.stringify(request)} in case ${number}`;
        const isTold = request.scope === undefined || scopes.includes(request.scope);
        for (const [at, name] of permissions.entries()) {
          const truth = effectOf(reasons[place][at]);
          const { effect, reason } = client.decide(name, request);
          if (effect === "allow") found.equal(where(name), truth, "allow");
          allowed += Number(effect === "allow" && !isPlain(request));
          // A record can only decide what the session called conditional.
          if (request.action === undefined && isTold && effect !== "conditional") found.equal(where(name), effect, truth);
          if (!isTold) found.equal(where(name), reason, "unknown-scope");
        }
        if (isPlain(request)) continue;
        for (const name of Object.keys(written.policy.sections)) {
          found.equal(where(name), client.section(name, request), "hidden");
        }
      }
    }
  }
  assert.ok(allowed > 1_000, `${allowed} allows for records are too few`);
  found.end(t, 15_000);
});

test("it has the names of permissions and sections in it, and nothing else of policy or facts", async () => {
  for await (const { snapshot, scopes } of snapshots(cases[0])) {
    const { permissions, policy } = cases[0];
    const strings = [];
    JSON.stringify(snapshot, (key, value) => {
      strings.push(key, ...(typeof value === "string" ? [value] : []));
      return value;
    });
    const known = [...permissions, ...Object.keys(policy.sections), ...scopes];
    const form = ["grantlet", "validUntil", "permissions", "sections", "root", "scopes", "reasons", "states"];
    const others = strings.filter((text) => !known.includes(text) && !form.includes(text) && !/^[0-8]*$/.test(text));
    assert.deepEqual(others, []);
  }
});

test("what depends on the record or on the action is conditional there", () => {
  const client = sent(policy.session(ANNA).snapshot());
  assert.equal(client.decide("crm.relation:edit").reason, "conditional");
  assert.equal(client.decide("crm.relation:edit", { resource: { owner: "anna" } }).reason, "conditional");
  assert.equal(client.can("crm.relation:edit", { resource: { owner: "anna" } }), false);
  assert.equal(client.can("crm:view"), true);
  assert.equal(client.can("crm:view", { action: { soft: true } }), false);
  assert.equal(client.decide("crm:view", { action: {} }).effect, "conditional");
  assert.deepEqual(client.decide("crm:view").because, []);
});

test("past `validUntil` it denies everything, and tells who listens", () => {
  clockAt(START);
  const subject = { id: "anna", assignments: [{ role: "sales", until: START + HOUR }] };
  const snapshot = policy.session(subject).snapshot();
  assert.equal(snapshot.validUntil, START + HOUR);
  const client = sent(snapshot);
  let told = 0;
  const leave = client.subscribe(() => (told += 1));
  mock.timers.tick(HOUR - 1);
  assert.equal(client.can("crm:view"), true);
  assert.equal(told, 0);
  mock.timers.tick(1);
  assert.equal(told, 1);
  assert.equal(client.can("crm:view"), false);
  assert.deepEqual(client.decide("crm:view"), {
    effect: "deny",
    reason: "expired",
    until: START + HOUR,
    because: [],
  });
  assert.equal(client.section("relations"), "hidden");
  assert.deepEqual(client.sections(), { relations: "hidden", finance: "hidden" });
  mock.timers.tick(1000 * HOUR);
  assert.equal(told, 1);
  leave();
  assert.equal(sent(snapshot).can("crm:view"), false);
});

test("without a bound ahead it holds, and sets no timer", () => {
  clockAt(START);
  const snapshot = policy.session(ANNA).snapshot();
  assert.equal(snapshot.validUntil, null);
  const client = sent(snapshot);
  client.subscribe(() => assert.fail("it was told"));
  mock.timers.tick(100_000 * HOUR);
  assert.equal(client.can("crm:view"), true);
  assert.equal("until" in client.decide("crm:view"), false);
});

test("a snapshot is of the instant at which it is taken", () => {
  clockAt(START);
  const session = policy.session({ id: "anna", assignments: [{ role: "sales", from: START + HOUR }] });
  assert.equal(openSnapshot(session.snapshot()).decide("crm:view").reason, "inactive");
  mock.timers.tick(HOUR);
  assert.equal(openSnapshot(session.snapshot()).decide("crm:view").reason, "granted");
});

test("names of objects' own things are no names", async () => {
  const client = sent(policy.session(ANNA).snapshot({ scopes: ["__proto__", "workspace:north"] }));
  for (const name of ["__proto__", "constructor", "toString", "", undefined, 0]) {
    assert.equal(client.decide(name).reason, "unknown-permission");
    assert.equal(client.section(name), "hidden");
    if (name !== undefined) assert.equal(client.decide("crm:view", { scope: name }).reason, "unknown-scope");
  }
  assert.equal(client.can("page:edit", { scope: "workspace:north" }), true);
  assert.equal(client.can("page:edit", { scope: "workspace:south" }), false);
});

test("what is no snapshot is refused, and what is cut denies", () => {
  const snapshot = policy.session(ANNA).snapshot();
  const { validUntil, ...rest } = snapshot;
  assert.equal(validUntil, null);
  for (const wrong of [{}, DOCUMENT, { ...snapshot, grantlet: 2 }, rest, { ...rest, validUntil: "2030" }]) {
    assert.throws(() => openSnapshot(wrong), { name: "TypeError" });
  }
  const cut = openSnapshot({ ...snapshot, root: { reasons: "", states: "" } });
  assert.equal(cut.decide("crm:view").reason, "unknown-permission");
  assert.equal(cut.section("relations"), "hidden");
  const strange = openSnapshot({ ...snapshot, root: { reasons: "ABCDEFGHI", states: "zz" }, validUntil: Number.NaN });
  assert.equal(strange.can("crm:view"), false);
  assert.equal(strange.section("relations"), "hidden");
});

test("a freed session gives none", async () => {
  const session = (await loadPolicy(DOCUMENT)).session(ANNA);
  session.free();
  assert.throws(() => session.snapshot(), /was freed/);
});
