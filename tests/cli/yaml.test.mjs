// YAML is another way of writing JSON: the same values with their places, and what JSON does not have is refused where
// it stands.

import assert from "node:assert/strict";
import test from "node:test";
import { folder, grantlet } from "./support.mjs";

/** What is said of a text, as `line:column code: message`. */
async function said(t, text, name = "policy.yaml") {
  const { code, out, err } = await grantlet(["check", "--json", name], { cwd: folder(t, { [name]: text }) });
  assert.equal(err, "");
  const found = JSON.parse(out).policies[0].diagnostics;
  assert.equal(code, found.length > 0 ? 1 : 0);
  return found.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);
}

const POLICY = `grantlet: 1
resources:
  crm: { actions: [view, edit] }
roles:
  reader:
    allow:
      - crm:view
`;

test("a policy in YAML", async (t) => {
  assert.deepEqual(await said(t, POLICY), []);
  assert.deepEqual(await said(t, `\uFEFF# a policy\n---\n${POLICY.replaceAll("\n", "\r\n")}...\r\n`), []);
});

test("places are counted in characters, whatever ends the lines and begins the text", async (t) => {
  const typo = "  crm: { label: 'Bedrijf 𝒳é', actoins: [view] }\n";
  const written = POLICY.replace(/^ {2}crm.*\n/m, typo);
  const place = `3:${[...typo.slice(0, typo.indexOf("actoins"))].length + 1} unknown-key: unknown key \`actoins\``;
  for (const text of [written, written.replaceAll("\n", "\r\n"), `\uFEFF${written}`]) {
    assert.ok((await said(t, text)).includes(place), JSON.stringify(await said(t, text)));
  }
});

test("the same in JSON, with tabs", async (t) => {
  const text = '\uFEFF{\r\n\t"grantlet": 1,\r\n\t"resources": { "crm": { "label": "𝒳é",\t"actoins": ["view"] } },\r\n\t"roles": {}\r\n}';
  const found = await said(t, text, "policy.json");
  assert.ok(found.includes("3:41 unknown-key: unknown key `actoins`"), JSON.stringify(found));
  assert.deepEqual(await said(t, '{ "é": "𝒳", x }', "policy.json"), [
    "1:13 syntax: the text is no JSON: expected a key in quotes",
  ]);
});

const with_ = (line) => `${POLICY}${line}\n`;

const REFUSED = {
  "an anchor": [with_("name: &n x"), "8:10 not-json: an anchor, `&n`, is nothing that JSON has"],
  "an alias": [with_("name: *n"), "8:7 not-json: an alias, `*n`, is nothing that JSON has"],
  "a merge key": [with_("<<: {}"), "8:1 not-json: a merge key, `<<`, is nothing that JSON has"],
  "a tag": [with_("name: !!str x"), /^8:\d+ not-json: a tag, `.*str`, is nothing that JSON has$/],
  "a tag of one's own": [with_("name: !secret x"), /^8:\d+ not-json: a tag, `!secret`, is nothing that JSON has$/],
  "a second document": [`${POLICY}---\n${POLICY}`, "8:1 not-json: several documents in one file is nothing that JSON has"],
  "a key that is a number": [with_("7: x"), "8:1 not-json: the key `7` is nothing that JSON has"],
  "a key that is a list": [with_("? [a]\n: x"), "8:3 not-json: the key `[a]` is nothing that JSON has"],
  "a number in another base": [with_("name: 0x1F"), "8:7 not-json: `0x1F` is nothing that JSON has"],
  "a number with a zero in front": [with_("name: 007"), "8:7 not-json: `007` is nothing that JSON has"],
  "no number": [with_("name: .nan"), "8:7 not-json: `.nan` is nothing that JSON has"],
  "a number beyond all": [with_("name: 1e999"), "8:7 not-json: `1e999` is nothing that JSON has"],
  "a word in another case": [with_("name: True"), "8:7 not-json: `True` is nothing that JSON has"],
  "half a character": [with_('name: "\\ud800"'), "8:7 not-json: half a character is nothing that JSON has"],
  "a key that stands twice": [with_("roles: {}"), "8:1 duplicate-key: the key `roles` stands here twice"],
  "another version": [`%YAML 1.1\n---\n${POLICY}`, "1:1 not-json: `%YAML 1.1` is nothing that JSON has"],
  "a tab as a margin": [with_("sections:\n\tcrm: {}"), /^9:1 syntax: the text is no YAML: /],
  "what is left open": [with_("name: [a"), /^\d+:\d+ syntax: the text is no YAML: /],
};

for (const [what, [text, expected]] of Object.entries(REFUSED)) {
  test(`refused: ${what}`, async (t) => {
    const [first] = await said(t, text);
    if (typeof expected === "string") assert.equal(first, expected);
    else assert.match(first, expected);
  });
}

test("words of older versions and dates are strings", async (t) => {
  assert.deepEqual(await said(t, with_("name: yes")), []);
  assert.deepEqual(await said(t, with_("name: 2026-07-01")), []);
  const [first] = await said(t, POLICY.replace("    allow:", "    abstract: yes\n    allow:"));
  assert.equal(first, "6:15 wrong-type: expected a boolean, found a string");
});

test("names that objects inherit are names like any other", async (t) => {
  const found = await said(t, with_("__proto__: {}\nconstructor: {}"));
  assert.deepEqual(found.map((one) => one.split(":").slice(0, 2).join(":")), ["8:1 unknown-key", "9:1 unknown-key"]);
});

test("names stand in the order in which they were written, numbers too", async (t) => {
  const text = POLICY.replace("  reader:", "  zeta: {}\n  '7': {}\n  reader:");
  const cwd = folder(t, { "policy.yaml": text });
  const { out } = await grantlet(["matrix", "--json", "policy.yaml"], { cwd });
  assert.deepEqual(JSON.parse(out).roles, ["zeta", "7", "reader"]);
});

test("what is nested too deep is refused before anything runs out", async (t) => {
  for (const depth of [101, 100_000]) {
    const [first] = await said(t, `name: ${"[".repeat(depth)}${"]".repeat(depth)}`);
    assert.match(first, /too-deep: nested deeper than 100 levels$/);
    const [json] = await said(t, `${"[".repeat(depth)}${"]".repeat(depth)}`, "policy.json");
    assert.match(json, /^1:101 too-deep: nested deeper than 100 levels$/);
  }
});

test("many keys are read in a moment", async (t) => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `  r${index}: { actions: [view] }\n`).join("");
  const started = Date.now();
  assert.deepEqual(await said(t, `grantlet: 1\nresources:\n${keys}roles: {}\n`), []);
  assert.ok(Date.now() - started < 10_000);
});
