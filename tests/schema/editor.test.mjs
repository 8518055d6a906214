// What an editor makes of the schema: the language service that VS Code has for JSON, told no more than the policy's
// own `$schema`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import languageService from "vscode-json-languageservice";
import { json, text } from "./support.mjs";

const { getLanguageService, TextDocument } = languageService;
const PLACE = new URL("../../policies/", import.meta.url);

/** Reads schemas from where `$schema` leads to, as an editor does. */
const service = getLanguageService({
  schemaRequestService: async (url) => readFileSync(new URL(url), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});
service.configure({ validate: true, schemas: [] });

const START = { $schema: "../pkg/grantlet.schema.json", grantlet: 1 };
const POLICY = {
  ...START,
  resources: { crm: { actions: ["view"] } },
  roles: { sales: { allow: ["crm:view", { permissions: ["crm:view"], when: { eq: [1, { var: "subject.id" }] } }] } },
};

function open(written) {
  const document = TextDocument.create(new URL("policy.json", PLACE).href, "json", 1, written);
  return [document, service.parseJSONDocument(document)];
}

/** What the editor underlines, with what it says of it. */
async function underlined(written) {
  const [document, parsed] = open(written);
  const found = await service.doValidation(document, parsed, { schemaRequest: "error", schemaValidation: "error" });
  return found.map(({ range, message }) => [document.getText(range), message]);
}

/** What is proposed where `|` stands. */
async function proposed(marked) {
  const [document, parsed] = open(marked.replace("|", ""));
  const list = await service.doComplete(document, document.positionAt(marked.indexOf("|")), parsed);
  return list.items;
}

const labels = async (marked) => (await proposed(marked)).map(({ label }) => label).sort();
const written = (policy) => JSON.stringify(policy, null, 2);

test("the five policies and their tables name their schema, and nothing in them is underlined", async () => {
  const files = ["copernica", "performanet", "procurios", "sys", "workspaces"].flatMap((name) => [name, `${name}.tests`]);
  for (const file of files) {
    const path = `policies/${file}.json`;
    assert.match(json(path).$schema, file.endsWith(".tests") ? /tests\.schema\.json$/ : /grantlet\.schema\.json$/);
    assert.deepEqual(await underlined(text(path)), [], file);
  }
});

test("a typo is underlined where it stands, with what to write", async () => {
  const cases = [
    [(role) => (role.alow = []), '"alow"', /Property alow is not allowed/],
    [(role) => (role.allow[0] = "crm.*:view"), '"crm.*:view"', /A pattern is `resource:actions`/],
    [(role) => (role.allow[1].when.eq[1].var = "user.id"), '"user.id"', /A variable is `subject\.`/],
    [(role) => (role.abstract = "yes"), '"yes"', /Expected "boolean"/],
    [(role) => (role.label = { "the english": "x" }), '"the english"', /A language is a tag such as `en`/],
  ];
  for (const [change, place, message] of cases) {
    const policy = structuredClone(POLICY);
    change(policy.roles.sales);
    const found = await underlined(written(policy));
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.equal(found[0][0], place);
    assert.match(found[0][1], message);
  }
});

test("a wrong operator, word or combination of keys is underlined", async () => {
  const section = { show: ["crm:view"], otherwise: "disabled" };
  const word = await underlined(written({ ...POLICY, sections: { crm: section } }));
  assert.deepEqual(word, [['"disabled"', 'Value is not accepted. Valid values: "hide", "disable".']]);
  for (const [rule, message] of [
    [{ by: "self" }, /Missing property "roles"/],
    [{ roles: "*" }, /Missing property "by"/],
    [{ permissions: ["crm:*"], by: "self", vacant: true }, /missing property roles required by property vacant/],
  ]) {
    const found = await underlined(written({ ...POLICY, administration: [rule] }));
    assert.match(found.map(([, message]) => message).join("\n"), message);
  }
});

test("the keys of a policy, a role and a condition are proposed, each with what it means", async () => {
  const before = written(START).slice(0, -2);
  const top = await proposed(`${before},\n  |\n}`);
  const { properties } = json("pkg/grantlet.schema.json");
  const missing = Object.keys(properties).filter((key) => !Object.hasOwn(START, key));
  assert.deepEqual(top.map(({ label }) => label).sort(), missing.sort());
  const said = top.map(({ documentation }) => documentation.value ?? documentation);
  assert.ok(said.every((sentence) => /^[A-Z`].*\.$/.test(sentence)), said.join("\n"));

  const role = await labels(`${before}, "roles": { "sales": { | } } }`);
  for (const key of ["abstract", "allow", "deny", "inherits", "label", "requires", "scopes"]) assert.ok(role.includes(key), key);
  const condition = await labels(`${before}, "roles": { "sales": { "allow": [{ "when": { | } }] } } }`);
  assert.deepEqual(condition, ["all", "any", "eq", "exists", "ge", "gt", "in", "le", "lt", "ne", "not"]);
});

test("the words that may stand under a key are proposed", async () => {
  const before = written(START).slice(0, -2);
  assert.deepEqual(await labels(`${before}, "sections": { "a": { "otherwise": | } } }`), ['"disable"', '"hide"']);
  const statuses = await labels(`${before}, "administration": [{ "statuses": [|] }] }`);
  assert.deepEqual(statuses, ['"active"', '"invited"', '"suspended"']);
});

test("resting on a key tells what it means", async () => {
  const role = written({ ...POLICY, roles: { sales: { inherits: [] } } });
  const [document, parsed] = open(role);
  const hover = await service.doHover(document, document.positionAt(role.indexOf('"inherits"') + 2), parsed);
  assert.match(JSON.stringify(hover.contents), /The roles whose grants it has too/);
});

test("the package ships what a policy's `$schema` names", () => {
  const { files, exports } = json("pkg/package.json");
  for (const file of ["grantlet.schema.json", "tests.schema.json", "directory.schema.json"]) {
    assert.ok(files.includes(file), file);
    assert.equal(exports[`./${file}`], `./${file}`);
    assert.ok(text(`pkg/${file}`).startsWith("{"));
  }
});
