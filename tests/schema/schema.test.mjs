// The schemas are what the tables of shapes say, accept what the evaluator accepts, and refuse what is wrong in form.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { checkPolicy } from "grantlet";
import { FILES, json, OF_FORM, policies, schema, text, UNSEEN, validator } from "./support.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const accepts = validator("policy");
const LEGAL = "tests/cases/legal/every-feature.json";

for (const [document, file] of Object.entries(FILES)) {
  test(`pkg/${file}.schema.json is what the tables of document::shape say`, () => {
    const arguments_ = ["run", "--quiet", "--example", "schema", "--", document];
    const printed = execFileSync("cargo", arguments_, { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 });
    const help = `run \`cargo run -q --example schema -- ${document} > pkg/${file}.schema.json\``;
    assert.equal(text(`pkg/${file}.schema.json`), printed, help);
  });
}

test("the five policies and what the evaluator has at most warnings of are accepted", async () => {
  const folders = ["policies", "tests/cases/legal", "tests/cases/lint", "tests/cases/broken"];
  let accepted = 0;
  for (const path of folders.flatMap(policies)) {
    const found = await checkPolicy(text(path));
    if (found.some(({ severity }) => severity === "error")) continue;
    accepted += 1;
    assert.ok(accepts(json(path)), `${path}: ${JSON.stringify(accepts.errors)}`);
  }
  assert.ok(accepted >= 14, `${accepted}`);
});

test("the tables of the five policies are accepted, and a directory with every key", () => {
  const tables = validator("tests");
  for (const path of policies("policies").map((path) => path.replace(".json", ".tests.json"))) {
    assert.ok(tables(json(path)), `${path}: ${JSON.stringify(tables.errors)}`);
  }
  const directory = validator("directory");
  const subjects = [{ id: "anna", status: "active", attributes: { region: "north" }, assignments: [{ role: "sales" }] }];
  const context = { now: "2026-11-22T09:00:00Z", scopes: { "team:a": { parent: "unit:é\u{1f600}" } } };
  const resources = [{ type: "crm.relation", id: "r1", scope: "team:a", attributes: {} }];
  assert.ok(directory({ $schema: "x", context, subjects, resources }), JSON.stringify(directory.errors));
  const wrong = [{ id: "anna", assignments: [{ role: "sales", scope: "team" }] }];
  for (const subjects of [wrong, [{}], [{ id: "anna", assignment: [] }]]) assert.ok(!directory({ subjects }));
  for (const now of ["2026-13-01T00:00:00Z", "2026-11-22T09:00:00", 0.5, 1e17]) {
    assert.ok(!directory({ subjects: [], context: { now } }), `${now}`);
  }
});

for (const path of policies("tests/cases/broken")) {
  const found = json(path.replace(".json", ".expected.json"));
  const errors = found.filter(({ severity }) => severity === "error").map(({ code }) => code);
  const ofForm = errors.filter((code) => OF_FORM.has(code));
  if (errors.includes("syntax") || errors.includes("too-deep") || ofForm.length === 0) continue;
  test(`${path} is refused: ${[...new Set(ofForm)].join(", ")}`, () => assert.ok(!accepts(json(path))));
}

test("what a schema cannot see is in what names lead to, in the text, or in how much there is", () => {
  const seen = policies("tests/cases/broken").flatMap((path) => json(path.replace(".json", ".expected.json")));
  const codes = seen.filter(({ severity }) => severity === "error").map(({ code }) => code);
  const undecided = codes.filter((code) => OF_FORM.has(code) === UNSEEN.has(code));
  assert.deepEqual(undecided, []);
});

/** Puts something else in each place of a document, one at a time, and gives each of the documents that come of it. */
function* mutations(document, others) {
  const places = [];
  const walk = (value, path) => {
    places.push(path);
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) walk(value[key], [...path, key]);
  };
  walk(document, []);
  for (const path of places) {
    const at = (copy, path) => path.reduce((value, key) => value[key], copy);
    const last = path.at(-1);
    const changed = (change) => {
      const copy = structuredClone(document);
      change(at(copy, path.slice(0, -1)), copy);
      return copy;
    };
    if (path.length > 0) {
      for (const other of others) yield changed((parent) => (parent[last] = other));
      yield changed((parent) => (Array.isArray(parent) ? parent.splice(Number(last), 1) : delete parent[last]));
    }
    const value = at(document, path);
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    for (const key of ["label", "roles", "permissions", "minimum", "eq", "time", "no key", "9", "root", ""]) {
      if (Object.hasOwn(value, key)) continue;
      const first = Object.values(value)[0] ?? {};
      for (const added of [first, [], "x", 1, {}]) {
        yield changed((_, copy) => (at(copy, path)[key] = structuredClone(added)));
      }
    }
  }
}

const OTHERS = [null, true, 0, 1.5, -1, 4e9, "", "a b", "root", "*", "crm", "self", "allow", "assign", "crm.relation:view"];
OTHERS.push("crm.**:view,edit", "crm.*:view", "*:*", "subject.id.x", "scope.parent", "scope.parent.parent.id");
OTHERS.push("2026-02-11T00:00:00+02:00", "2026-07-01", [], [1], ["owner"], ["owner", "base"], ["crm.relation:view"]);
OTHERS.push({}, { en: "x" }, { all: [] }, { var: "role.id" }, { var: "role.name" }, { time: "2026-01-01T00:00:00Z" });
OTHERS.push({ eq: [{ var: "resource.a.b" }, [{ a: 1 }]] }, { eq: [{ a: 1 }, 1] }, { can: ["crm.relation:view"] });

test("whatever one changes in a policy, schema and evaluator agree on its form", async (t) => {
  let [asked, refused] = [0, 0];
  const disagreed = [];
  for (const changed of mutations(json(LEGAL), OTHERS)) {
    const errors = (await checkPolicy(JSON.stringify(changed))).filter(({ severity }) => severity === "error");
    const isRefused = !accepts(changed);
    // A reference to what could not be declared is no name either; nothing else that the schema refuses is legal.
    const expected = errors.some(({ code }) => OF_FORM.has(code));
    const isAgreed = expected ? isRefused : !isRefused || errors.length > 0;
    if (!isAgreed) disagreed.push({ errors, of: accepts.errors?.[0] });
    asked += 1;
    refused += Number(isRefused);
  }
  t.diagnostic(`${asked} policies, ${refused} of them refused`);
  assert.deepEqual(disagreed.slice(0, 3), [], `${disagreed.length} of ${asked}`);
  assert.ok(asked > 15_000 && refused > asked / 2 && refused < asked, `${refused} of ${asked}`);
});

test("every key has a description, and every description is a sentence", () => {
  for (const document of Object.keys(FILES)) {
    const { definitions, ...top } = schema(document);
    for (const part of [top, ...Object.values(definitions)]) {
      for (const [key, { description }] of Object.entries(part.properties ?? {})) {
        assert.match(description ?? "", /^[A-Z`].*[.]$/, key);
      }
    }
  }
});
