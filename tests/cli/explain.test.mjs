// `grantlet explain`: the decision of the package, with every place behind it in its file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { each, example, folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

/** The first row of a table for each reason, as a call. */
function callsOf(system) {
  const table = JSON.parse(readFileSync(place(`policies/${system}.tests.json`), "utf8"));
  const found = new Map();
  for (const { subject, context, request = {}, expect } of table.tests) {
    for (const [permission, reason] of Object.entries(expect)) {
      if (found.has(reason)) continue;
      const file = `policies/${system}.tests.json`;
      const words = ["explain", `policies/${system}.json`, "--subject", `${file}#/subjects/${subject}`];
      if (context !== undefined) words.push("--context", `${file}#/contexts/${context}`);
      if (request.scope !== undefined) words.push("--scope", request.scope);
      for (const part of ["resource", "action"]) if (part in request) words.push(`--${part}`, JSON.stringify(request[part]));
      found.set(reason, { words: [...words, permission], permission, request, subject: table.subjects[subject], context: table.contexts[context] });
    }
  }
  return found;
}

for (const system of SYSTEMS) {
  test(`each reason in ${system}, as the package gives it`, async () => {
    const policy = await loadPolicy(readFileSync(place(`policies/${system}.json`), "utf8"));
    await each(callsOf(system), async ([reason, { words, permission, request, subject, context }]) => {
      await golden(`explain-${system}-${reason}`, words);
      const { out } = await grantlet([...words, "--json"]);
      const { decision } = JSON.parse(out);
      const bare = { ...decision, because: decision.because.map(({ at, heldAt, ...rest }) => rest) };
      assert.deepEqual(bare, JSON.parse(JSON.stringify(policy.session(subject, context).decide(permission, request))));
      for (const { at, via, entitlement } of decision.because) {
        const file = readFileSync(place(at.file), "utf8").split("\n");
        const here = file[at.line - 1].slice(at.column - 1);
        // A pattern, or the value of `requires`.
        assert.match(here, entitlement === undefined ? /^"[^"]+:[^"]+"/ : new RegExp(`^"${entitlement}"`));
        assert.equal(at.file.endsWith("tests.json"), via === "grant");
      }
    });
  });
}

const cases = {
  "a direct grant that will end": "--scope workspace:north crm.relation:delete",
  "a direct grant that has ended": "--now 2027-01-01T00:00:00Z --scope workspace:north crm.relation:delete",
  "milliseconds as the time": "--now 1800000000000 --scope workspace:north crm.relation:delete",
  "an inherited grant": "--scope workspace:north crm:view",
  "a condition": "--scope workspace:north crm.relation:edit",
  "a condition that does not hold": "--scope workspace:north --resource relation.json crm.relation:edit",
  "roles that would give it": "crm.relation:edit",
  "an assignment that was not accepted": "--context growth.yaml finance:view",
  "a typo in the permission": "crm.realtion:edit",
  "a scope of no type": "--scope workspaces:north crm:view",
  "no reference of a scope": "--scope workspace: crm:view",
};

test("what a person is told", async () => {
  await each(Object.entries(cases), async ([what, line]) => {
    const words = ["explain", "policy.yaml", "--subject", "anna.yaml", "--now", "2026-11-22T09:00:00Z", ...line.split(" ")];
    if (line.includes("--now")) words.splice(4, 2);
    await golden(`explain ${what}`.replaceAll(" ", "-"), words, { cwd: example });
  });
});

test("what of the facts does not count is told with its place", async (t) => {
  const cwd = folder(t, {
    "policy.yaml": readFileSync(new URL("example/policy.yaml", import.meta.url)),
    "who.yaml": "id: eva\nassignments:\n  - { role: slaes }\n",
    "where.yaml": 'now: "2026-11-22T09:00:00Z"\nplan: grwoth\n',
    "broken.yaml": "id: eva\nassignments:\n  - { role: 7 }\n",
    "late.yaml": "now: soon\n",
    "list.yaml": "[]\n",
  });
  await golden("explain-warnings", "explain policy.yaml --subject who.yaml --context where.yaml crm:view".split(" "), { cwd });
  await golden("explain-broken", "explain policy.yaml --subject broken.yaml crm:view".split(" "), { cwd });
  await golden("explain-late", "explain policy.yaml --subject who.yaml --context late.yaml crm:view".split(" "), { cwd });
  await golden("explain-list", "explain policy.yaml --subject list.yaml crm:view".split(" "), { cwd });
});
