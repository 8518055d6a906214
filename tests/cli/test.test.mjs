// `grantlet test`: the tables of the five policies hold, and what differs is told with its place.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { parse, stringify } from "yaml";
import { example, folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

test("the tables of the five policies", async () => {
  for (const system of SYSTEMS) await golden(`test-${system}`, ["test", `policies/${system}.tests.json`]);
});

const isAllow = (answer) => answer === "granted" || answer === "allow";

for (const system of SYSTEMS) {
  test(`one expectation of ${system} that is turned round is found, in JSON and in YAML`, async (t) => {
    const table = JSON.parse(readFileSync(place(`policies/${system}.tests.json`), "utf8"));
    const row = table.tests.findIndex(({ expect }) => Object.values(expect).some(isAllow));
    const { name, expect } = table.tests[row];
    const permission = Object.keys(expect).find((one) => isAllow(expect[one]));
    expect[permission] = "not-granted";
    const files = {
      [`${system}.json`]: readFileSync(place(`policies/${system}.json`), "utf8"),
      "table.json": JSON.stringify(table, null, 2),
      "table.yaml": stringify(table, { aliasDuplicateObjects: false }),
    };
    const cwd = folder(t, files);
    for (const file of ["table.json", "table.yaml"]) {
      const { code, out } = await grantlet(["test", "--json", file], { cwd });
      assert.equal(code, 1);
      const { failed, files: [{ differences }] } = JSON.parse(out);
      assert.equal(failed, 1);
      const [{ test: found, asked, expected, got, line, column, because }] = differences;
      assert.deepEqual([found, asked, expected, got], [name, permission, "not-granted", "granted"]);
      assert.ok(because.length > 0 && because.every(({ at }) => at.line > 0));
      const here = files[file].split("\n")[line - 1].slice(column - 1);
      assert.match(here, new RegExp(`^"?${permission.replaceAll(".", "\\.")}"?: "?not-granted`));
    }
  });
}

test("what differs, for people, in colour, for GitHub and for machines", async () => {
  const cwd = example;
  await golden("test-differs", ["test", "policy.tests.yaml", "failing.tests.yaml"], { cwd });
  await golden("test-colour", ["test", "failing.tests.yaml"], { cwd, env: { FORCE_COLOR: "1" } });
  await golden("test-github", ["test", "--format", "github", "failing.tests.yaml"], { cwd });
  await golden("test-json", ["test", "--json", "failing.tests.yaml"], { cwd });
});

const TABLE = parse(readFileSync(new URL("example/policy.tests.yaml", import.meta.url), "utf8"));
const POLICY = readFileSync(new URL("example/policy.yaml", import.meta.url), "utf8");

/** What is said of the example's table after a change of it. */
async function saidOf(t, change) {
  const table = structuredClone(TABLE);
  change(table);
  const cwd = folder(t, { "policy.yaml": POLICY, "table.json": JSON.stringify(table, null, 2) });
  const { code, out } = await grantlet(["test", "--json", "table.json"], { cwd });
  const { diagnostics } = JSON.parse(out);
  assert.equal(code, 1);
  return diagnostics.map(({ code, pointer, help }) => [code, pointer, help].filter(Boolean).join(" "));
}

const FAULTS = {
  "a key that no test has": [(table) => (table.tests[0].expects = {}), "unknown-key /tests/0/expects did you mean `expect`?"],
  "no expectation": [(table) => delete table.tests[1].expect, "missing-key /tests/1"],
  "a subject that is not in the file": [(table) => (table.tests[0].subject = "ana"), "unknown-name /tests/0/subject did you mean `anna`?"],
  "a subject of an object's prototype": [(table) => (table.tests[0].subject = "constructor"), "unknown-name /tests/0/subject there is `anna`, `ben`"],
  "a context that is not in the file": [(table) => (table.tests[0].context = "grwoth"), "unknown-name /tests/0/context did you mean `growth`?"],
  "no reason": [(table) => (table.tests[0].expect["crm:view"] = "alow"), "unknown-name /tests/0/expect/crm:view did you mean `allow`?"],
  "a test that is no object": [(table) => (table.tests[0] = "x"), "wrong-type /tests/0"],
  "subjects as a list": [(table) => (table.subjects = []), "wrong-type /subjects"],
  "a malformed assignment": [(table) => (table.subjects.ben.assignments[0].until = "soon"), /^invalid-time \/subjects\/ben\/assignments\/0\/until/],
  "a malformed context": [(table) => (table.contexts.small.now = "soon"), /^invalid-time \/contexts\/small\/now/],
  "a change that changes nothing": [
    (table) => (table.changes = [{ name: "n", actor: "anna", target: "ben", expect: "granted" }]),
    "empty-change /changes/0",
  ],
  "a change with a typo": [
    (table) => (table.changes = [{ name: "n", actor: "anna", target: "ben", asign: { role: "sales" }, expect: "granted" }]),
    "unknown-key /changes/0/asign did you mean `assign`?",
  ],
};

for (const [what, [change, expected]] of Object.entries(FAULTS)) {
  test(`refused: ${what}`, async (t) => {
    const said = await saidOf(t, change);
    const holds = said.some((one) => (typeof expected === "string" ? one === expected : expected.test(one)));
    assert.ok(holds, JSON.stringify(said));
  });
}

test("a change is held to its reason and its constraint", async (t) => {
  const policy = `${POLICY}administration:
  - { roles: [sales], by: [manager] }
constraints:
  - { id: one-hat, exclusive: [sales, bookkeeper] }
`;
  const table = structuredClone(TABLE);
  table.subjects.carla = { id: "carla", assignments: [{ role: "manager" }] };
  const change = { actor: "carla", target: "ben", assign: { role: "sales" }, context: "growth" };
  table.changes = [
    { name: "right", ...change, expect: "constraint", constraint: "one-hat" },
    { name: "wrong", ...change, expect: "granted" },
  ];
  const cwd = folder(t, { "policy.yaml": policy, "table.json": JSON.stringify(table) });
  const { code, out } = await grantlet(["test", "--json", "table.json"], { cwd });
  const [{ differences }] = JSON.parse(out).files;
  const told = differences.map(({ test, expected, got, pointer }) => [test, expected, got, pointer]);
  assert.deepEqual([code, told], [1, [["wrong", "granted", "constraint one-hat", "/changes/1/expect"]]]);
});
