// The tables of expected decisions of every system, asked through the package. The crate has its own run of them.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { loadPolicy } from "grantlet";

const folder = new URL("../../policies/", import.meta.url);
const json = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

const EFFECTS = ["allow", "conditional", "deny"];

/** What of a row is not as expected, as lines. */
function differences(policy, { subjects, contexts = {} }, row) {
  const { name, subject, context, request, expect, sections = {} } = row;
  const session = policy.session(subjects[subject], contexts[context]);
  const found = [];
  const compare = (what, expected, actual) => {
    if (expected !== actual) found.push(`${name}: ${what}: expected ${expected}, got ${actual}`);
  };
  for (const [permission, expected] of Object.entries(expect)) {
    const { effect, reason } = session.decide(permission, request);
    compare(permission, expected, EFFECTS.includes(expected) ? effect : reason);
    compare(`can ${permission}`, effect === "allow", session.can(permission, request));
    if (policy.permissions.includes(permission)) {
      compare(`handle ${permission}`, effect === "allow", session.can(policy.permission(permission), request));
    }
    compare(`allowed ${permission}`, effect === "allow", session.allowed(request).includes(permission));
  }
  const states = session.sections(request);
  for (const [section, expected] of Object.entries(sections)) {
    compare(`section ${section}`, expected, session.section(section, request));
    compare(`sections ${section}`, expected, states[section]);
  }
  session.free();
  return found;
}

/** The change of a row, with the subjects and the context that it names. */
function change({ subjects, contexts = {} }, { actor, target, context, directory, revoke, assign, ungrant, grant }) {
  return {
    actor: subjects[actor],
    target: subjects[target],
    context: contexts[context],
    directory: directory?.map((name) => subjects[name]),
    revoke,
    assign,
    ungrant,
    grant,
  };
}

for (const file of readdirSync(folder).filter((file) => file.endsWith(".tests.json"))) {
  test(`every row of ${file} is answered as expected`, async (t) => {
    const table = json(file);
    const policy = await loadPolicy(json(table.policy));
    const start = performance.now();
    const found = table.tests.flatMap((row) => differences(policy, table, row));
    t.diagnostic(`rows: ${table.tests.length}, ms: ${Math.round(performance.now() - start)}`);
    assert.deepEqual(found, []);
    assert.ok(table.tests.length > 0);
  });

  test(`every change of ${file} is decided as expected`, async (t) => {
    const table = json(file);
    const policy = await loadPolicy(json(table.policy));
    const start = performance.now();
    const found = table.changes.flatMap((row) => {
      const { allowed, reason, constraint } = policy.decideChange(change(table, row));
      const isExpected = reason === row.expect && constraint === row.constraint && allowed === (reason === "granted");
      return isExpected ? [] : [`${row.name}: expected ${row.expect}, got ${reason} ${constraint ?? ""}`];
    });
    t.diagnostic(`changes: ${table.changes.length}, ms: ${Math.round(performance.now() - start)}`);
    assert.deepEqual(found, []);
    assert.ok(table.changes.length > 0);
  });
}
