// `matrix`, `recommend`, `diff` and `who`: the answers of `grantlet/tools`, written for people and for machines.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { openTools } from "grantlet/tools";
import { stringify } from "yaml";
import { each, example, folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

const text = (system) => readFileSync(place(`policies/${system}.json`), "utf8");
const bare = (value) => JSON.parse(JSON.stringify(value));

/** What of each system is asked, at which type of scope, and a change of it that a diff shows. */
const ASKED = {
  copernica: ["account:view", "account", (policy) => delete policy.roles["account-user"].allow],
  performanet: ["user-management:view", undefined, (policy) => Object.values(policy.roles).at(-1).allow.pop()],
  procurios: ["crm.relation:edit", undefined, (policy) => delete policy.roles["finance-manager"].inherits],
  sys: ["orders:view", undefined, (policy) => policy.roles.freelancer.allow.push("orders:view")],
  workspaces: ["workspace.content:edit", "workspace", (policy) => policy.roles.guest.allow.push("workspace.visitors:view")],
};

for (const system of SYSTEMS) {
  const file = `policies/${system}.json`;
  const [permission, scope, change] = ASKED[system];

  test(`the matrix of ${system}`, async () => {
    await each(["table", "markdown", "csv", "html"], (format) =>
      golden(`matrix-${system}-${format}`, ["matrix", file, "--format", format]),
    );
    const { out } = await grantlet(["matrix", file, "--json"]);
    assert.deepEqual(JSON.parse(out), bare((await openTools(text(system))).matrix()));
  });

  test(`roles for what is needed in ${system}`, async () => {
    const words = ["recommend", file, permission, ...(scope === undefined ? [] : ["--scope", scope])];
    await golden(`recommend-${system}`, words);
    const { out } = await grantlet([...words, "--json"]);
    const options = scope === undefined ? {} : { scope };
    assert.deepEqual(JSON.parse(out), bare((await openTools(text(system))).recommend([permission], options)));
  });

  test(`what a change of ${system} does`, async (t) => {
    const newer = JSON.parse(text(system));
    change(newer);
    const cwd = folder(t, { "old.json": text(system), "new.yaml": stringify(newer) });
    await golden(`diff-${system}`, ["diff", "old.json", "new.yaml"], { cwd });
    const { out } = await grantlet(["diff", "old.json", "new.yaml", "--json"], { cwd });
    assert.deepEqual(JSON.parse(out), bare((await openTools(text(system))).diff(newer)));
  });

  test(`who may in ${system}`, async (t) => {
    const { subjects: named, contexts } = JSON.parse(readFileSync(place(`policies/${system}.tests.json`), "utf8"));
    const ids = new Set();
    const subjects = Object.values(named).filter(({ id }) => !ids.has(id) && ids.add(id));
    const [context] = Object.values(contexts);
    const at = Object.keys(context.scopes ?? {}).find((one) => one.startsWith(`${scope}:`));
    const files = { "directory.json": JSON.stringify({ context, subjects }), "directory.yaml": stringify({ context, subjects }, { aliasDuplicateObjects: false }) };
    const cwd = folder(t, { "policy.json": text(system), ...files });
    const words = ["--directory", "directory.yaml", permission, ...(at === undefined ? [] : ["--scope", at])];
    await golden(`who-${system}`, ["who", "policy.json", ...words], { cwd });
    const { out } = await grantlet(["who", "policy.json", "--json", ...words.with(1, "directory.json")], { cwd });
    const request = at === undefined ? undefined : { scope: at };
    assert.deepEqual(JSON.parse(out), bare((await openTools(text(system))).who(permission, subjects, context, request)));
  });
}

test("the questions over the example", async () => {
  const cwd = example;
  await golden("matrix-roles", ["matrix", "policy.yaml", "--role", "sales", "--role", "manager"], { cwd });
  await golden("recommend-none", ["recommend", "policy.yaml", "finance.invoice:edit"], { cwd });
  await golden("recommend-too-few", "recommend policy.yaml crm.relation:create finance:view --at-most 1".split(" "), { cwd });
  await golden("recommend-plan", "recommend policy.yaml finance:view --entitlement finance --json".split(" "), { cwd });
  await golden("diff", ["diff", "policy.yaml", "newer.json"], { cwd });
  await golden("diff-colour", ["diff", "policy.yaml", "newer.json"], { cwd, env: { FORCE_COLOR: "1" } });
  await golden("diff-none", ["diff", "policy.yaml", "policy.yaml"], { cwd });
});

test("a directory is asked about in rounds, as of one time, and the answers are those of all at once", async (t) => {
  const subjects = Array.from({ length: 1201 }, (_, index) => ({
    id: `u${index}`,
    assignments: index % 3 === 0 ? [{ role: "manager" }] : index % 3 === 1 ? [{ role: "sales" }] : [],
  }));
  const cwd = folder(t, { "directory.json": JSON.stringify({ $schema: "directory.schema.json", subjects }) });
  const { out } = await grantlet(["who", "policy.yaml", "--directory", `${cwd}/directory.json`, "crm.relation:edit", "--json"], { cwd: example });
  const ids = (rest) => subjects.map(({ id }) => id).filter((_, index) => index % 3 === rest);
  assert.deepEqual(JSON.parse(out), { allow: ids(0), conditional: ids(1) });
});

const DIRECTORIES = {
  "no object": ["[]", "1:1 wrong-type"],
  "no subjects": ["{}", "1:1 missing-key"],
  "a key that directories do not have": ["subjects: []\nsubjets: []", "2:1 unknown-key"],
  "an id twice": ["subjects:\n  - id: a\n  - id: b\n  - id: a", "4:9 duplicate-id"],
  "a malformed subject": ["subjects:\n  - id: a\n  - id: b\n    assignments: 7", "4:18 wrong-type"],
  "a subject that is none": ["subjects:\n  - id: a\n  - 7", "3:5 wrong-type"],
  "a malformed context": ["context: { now: soon }\nsubjects: []", "1:17 invalid-time"],
};

for (const [what, [written, expected]] of Object.entries(DIRECTORIES)) {
  test(`a directory is refused: ${what}`, async (t) => {
    const cwd = folder(t, { "directory.yaml": written });
    const { code, out } = await grantlet(["who", "policy.yaml", "--json", "--directory", `${cwd}/directory.yaml`, "crm:view"], { cwd: example });
    const [{ line, column, code: found }] = JSON.parse(out).diagnostics;
    assert.deepEqual([code, `${line}:${column} ${found}`], [1, expected]);
  });
}

test("a malformed subject beyond the first round is told where it stands", async (t) => {
  const subjects = Array.from({ length: 700 }, (_, index) => (index === 650 ? { id: "x", grants: 1 } : { id: `u${index}` }));
  const cwd = folder(t, { "directory.json": JSON.stringify({ subjects }, null, 1) });
  const { out } = await grantlet(["who", "policy.yaml", "--json", "--directory", `${cwd}/directory.json`, "crm:view"], { cwd: example });
  assert.equal(JSON.parse(out).diagnostics[0].pointer, "/subjects/650/grants");
});

test("everybody in a large directory is asked at one time", async (t) => {
  const HOUR = 3_600_000;
  const start = Date.parse("2026-07-01T00:00:00Z");
  const assignments = [{ role: "sales", until: start + 24 * HOUR }];
  const subjects = Array.from({ length: 20_000 }, (_, number) => ({ id: `s${number}`, assignments }));
  const cwd = folder(t, { "directory.json": JSON.stringify({ subjects }) });
  // Whoever looks at this clock finds it an hour later.
  const clock = `data:text/javascript,let time = ${start}; Date.now = () => (time += ${HOUR});`;
  const env = { NODE_OPTIONS: `--import "${clock.replaceAll(" ", "%20")}"` };
  const { out } = await grantlet(["who", "policy.yaml", "--directory", `${cwd}/directory.json`, "crm.relation:view", "--json"], { cwd: example, env });
  assert.equal(JSON.parse(out).allow.length, subjects.length);
});
