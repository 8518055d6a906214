// The guard against slower: what loading, opening and asking cost in instructions of the module, against the counts in
// `benches/guard.json`. The counts do not depend on the machine or on what else it does.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import * as engine from "../../benches/engines/grantlet.mjs";
import { questions, record, scenario, USER } from "../../benches/scenario.mjs";
import { instructionsOf, loadPolicy, memoryOf } from "./metered.mjs";

const MOST_GROWTH = 0.05;
const FILE = new URL("../../benches/guard.json", import.meta.url);
const NOW = { now: 1_780_000_000_000 };

const kept = JSON.parse(readFileSync(FILE, "utf8"));
const found = {};

/** Holds a count to the one that is kept. */
function guard(what, count) {
  found[what] = count;
  if (process.env.BLESS === "1") return;
  const before = kept.instructions[what];
  assert.notEqual(before, undefined, `\`${what}\` has no count in benches/guard.json; BLESS=1 writes it`);
  const told = `\`${what}\` takes ${count} instructions, and there are ${before} in benches/guard.json; BLESS=1 accepts that`;
  assert.ok(count <= before * (1 + MOST_GROWTH), told);
}

test.after(() => {
  if (process.env.BLESS !== "1") return;
  writeFileSync(FILE, `${JSON.stringify({ ...kept, instructions: found }, null, 2)}\n`);
});

function fingerprint(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

for (const times of [1, 10]) {
  const at = `${(150 * times).toLocaleString("en")} grants`;
  const office = scenario(times);
  const text = engine.write(office);
  const { allow, condition } = questions(office);
  const [name] = engine.question(allow[0]);
  const [conditional, own] = engine.question(condition[0]);

  test(`the policy of ${at} is the one that is counted`, () => {
    assert.equal(fingerprint(text), kept.fingerprints[at]);
  });

  test(`loading ${at} takes no more instructions`, async () => {
    // The first load starts the module.
    const policy = await loadPolicy(text);
    guard(`load ${at} from text`, await instructionsOf(() => loadPolicy(text)));
    const bytes = policy.toBytes();
    guard(`load ${at} from bytes`, await instructionsOf(() => loadPolicy(bytes)));
  });

  test(`opening a session with ${at} takes no more instructions`, async () => {
    const policy = await loadPolicy(text);
    guard(`session of ${at}`, await instructionsOf(() => policy.session(engine.subject(USER), NOW)));
  });

  test(`asking with ${at} takes no more instructions`, async () => {
    const policy = await loadPolicy(text);
    const session = policy.session(engine.subject(USER), NOW);
    assert.equal(await instructionsOf(() => session.can(name)), 0);
    guard(`first check of a record with ${at}`, await instructionsOf(() => session.can(conditional, { resource: own })));
    guard(`check of a record with ${at}`, await instructionsOf(() => session.can(conditional, { resource: own })));
    guard(`decision with ${at}`, await instructionsOf(() => session.decide(name)));
    guard(`all that is allowed for a record with ${at}`, await instructionsOf(() => session.allowed({ resource: own })));
  });
}

test("a million checks leave the module's memory as it was", async () => {
  const policy = await loadPolicy(engine.write(scenario()));
  const session = policy.session(engine.subject(USER));
  const { allow, condition } = questions(scenario());
  const [[name], [conditional]] = [engine.question(allow[0]), engine.question(condition[0])];
  const handle = policy.permission(name);
  const own = { resource: record("crm.relation", USER.id) };
  session.can(conditional, own);
  const before = memoryOf();
  let yes = 0;
  for (let round = 0; round < 333_334; round += 1) {
    if (session.can(name) && session.can(handle) && session.can(conditional, own)) yes += 1;
  }
  assert.equal(yes, 333_334);
  assert.equal(memoryOf(), before);
});

test("a check without a record takes no memory of JavaScript", async () => {
  const policy = await loadPolicy(engine.write(scenario()));
  const session = policy.session(engine.subject(USER));
  const [name] = engine.question(questions(scenario()).allow[0]);
  const handle = policy.permission(name);
  const CHECKS = 100_000;
  const check = () => {
    let yes = 0;
    for (let round = 0; round < CHECKS; round += 1) if (session.can(name) && session.can(handle)) yes += 1;
    return yes;
  };
  const taken = () => {
    const before = process.memoryUsage().heapUsed;
    assert.equal(check(), CHECKS);
    return process.memoryUsage().heapUsed - before;
  };
  // Compiling the loop and the test's own work take some now and then; a check that took memory would every time.
  const least = Math.min(...Array.from({ length: 10 }, () => Math.abs(taken())));
  assert.ok(least < CHECKS, `${CHECKS} checks took ${least} bytes`);
});
