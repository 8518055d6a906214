// `grantlet check`: what is wrong with a policy is told with its place, the same in JSON and in YAML.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { stringify } from "yaml";
import { folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

const text = (system) => readFileSync(place(`policies/${system}.json`), "utf8");

test("there is nothing to say of the five policies", () =>
  golden("check", ["check", "--strict", ...SYSTEMS.map((system) => `policies/${system}.json`)]));

test("what is suspicious in the five policies", async () => {
  for (const system of SYSTEMS) await golden(`lint-${system}`, ["check", "--lint", `policies/${system}.json`]);
});

/** A typo in a permission of each policy, and what is wrong then. */
const TYPOS = {
  copernica: ["account:view", "acount:view"],
  performanet: [":view", ":veiw"],
  procurios: ["crm.relation:", "crm.realtion:"],
  sys: [":view", ":veiw"],
  workspaces: ["workspace.content:view", "workspace.contents:view"],
};

/** The line and column of the string that has the typo, where it first stands. */
function placeOfTypo(written, typo, isJson) {
  const lines = written.split("\n");
  const row = lines.findIndex((line) => line.includes(typo));
  const line = lines[row];
  const start = isJson ? line.lastIndexOf('"', line.indexOf(typo)) : line.indexOf("- ") + 2;
  return { line: row + 1, column: start + 1 };
}

for (const system of SYSTEMS) {
  const [right, typo] = TYPOS[system];
  const json = text(system).replace(new RegExp(`(?<="[^"]*)${right.replace(".", "\\.")}`), typo);
  for (const [name, written] of [["policy.json", json], ["policy.yaml", stringify(JSON.parse(json))]]) {
    test(`a typo in ${system} is found with its line in ${name}`, async (t) => {
      assert.ok(written.includes(typo), "the policy has the word that is misspelt");
      const cwd = folder(t, { [name]: written });
      const { code, out } = await grantlet(["check", name, "--json"], { cwd });
      assert.equal(code, 1);
      const { policies } = JSON.parse(out);
      const [first] = policies[0].diagnostics;
      assert.equal(first.severity, "error");
      const { file, line, column } = first;
      assert.deepEqual({ file, line, column }, { file: name, ...placeOfTypo(written, typo, name === "policy.json") });
    });
  }
}

test("every broken policy has the same faults in JSON and in YAML, each at its place", async (t) => {
  const cases = readdirSync(place("tests/cases/broken")).filter((file) => !file.includes(".expected."));
  // What is no JSON cannot be put into YAML, and neither can a key that stands twice.
  const written = cases.filter((file) => !/^(syntax|duplicate|unknown-key-twice|nested)/.test(file));
  assert.ok(written.length > 25);
  const files = {};
  for (const file of written) {
    const json = readFileSync(place(`tests/cases/broken/${file}`), "utf8");
    files[file] = json;
    files[file.replace(".json", ".yaml")] = stringify(JSON.parse(json));
  }
  const cwd = folder(t, files);
  const { code, out } = await grantlet(["check", "--json", ...Object.keys(files)], { cwd });
  assert.equal(code, 1);
  const { policies } = JSON.parse(out);
  for (const file of written) {
    const yaml = file.replace(".json", ".yaml");
    const of = (name) => policies.find((policy) => policy.file === name).diagnostics;
    const bare = (name) => of(name).map(({ code, pointer, message }) => [code, pointer, message]);
    const expected = JSON.parse(readFileSync(place(`tests/cases/broken/${file.replace(".json", ".expected.json")}`), "utf8"));
    assert.deepEqual(bare(file), expected.map(({ code, pointer, message }) => [code, pointer, message]), file);
    assert.deepEqual(bare(yaml), bare(file), yaml);
    for (const name of [file, yaml]) {
      const lines = files[name].split("\n");
      for (const found of of(name)) {
        const step = found.pointer.split("/").at(-1).replaceAll("~1", "/").replaceAll("~0", "~");
        const here = lines[found.line - 1]?.slice(found.column - 1) ?? "";
        // A key begins with its name; an element of a list stands behind a bracket, a dash or a comma.
        const isKey = here.startsWith(`"${step}"`) || here.startsWith(step);
        const before = lines[found.line - 1]?.slice(0, found.column - 1) ?? "";
        assert.ok(found.pointer === "" || isKey || /[-[:,]\s*$|^\s*$/.test(before), `${name}: ${JSON.stringify(found)}`);
      }
    }
  }
});

test("text, for people, for GitHub and for machines", async () => {
  const broken = "tests/cases/broken/unknown-keys.json";
  await golden("check-text", ["check", broken]);
  await golden("check-colour", ["check", broken], { env: { FORCE_COLOR: "1" } });
  await golden("check-github", ["check", "--format", "github", broken]);
  await golden("check-json", ["check", "--json", broken]);
});

test("GitHub's commands keep what has a meaning in them", async (t) => {
  const cwd = folder(t, { "a,b:100%.json": '{ "grantlet": 1, "resources": {}, "roles": {}, "x%y\\n": 1 }' });
  const { out } = await grantlet(["check", "--format", "github", "a,b:100%.json"], { cwd });
  assert.match(out, /^::error file=a%2Cb%3A100%25\.json,line=1,endLine=1,col=48,endColumn=55,title=unknown-key::/);
  assert.match(out, /::unknown key `x%25y%0A`/);
  assert.equal(out.trimEnd().split("\n").length, 1);
});

test("a warning is an error for the exit code when nothing may be said", async (t) => {
  const pointless = { permissions: ["a:view"], except: ["b:view"] };
  const policy = { grantlet: 1, resources: { a: { actions: ["view"] }, b: { actions: ["view"] } }, roles: { r: { allow: [pointless] } } };
  const cwd = folder(t, { "policy.json": JSON.stringify(policy) });
  const codes = async (...words) => {
    const { code, out } = await grantlet(["check", "policy.json", ...words], { cwd });
    return [code, ...[...out.matchAll(/warning\[([a-z-]+)\]/g)].map(([, name]) => name)];
  };
  assert.deepEqual(await codes(), [0, "pointless-except"]);
  assert.deepEqual(await codes("--strict"), [1, "pointless-except"]);
  assert.deepEqual(await codes("--lint"), [0, "pointless-except", "ungiven-permission"]);
});

test("a document writes nothing to a terminal but text", async (t) => {
  const cwd = folder(t, { "policy.json": '{ "grantlet": 1, "resources": {}, "roles": {}, "\\u001b[2J\\n\\u202e": 1 }' });
  const { out } = await grantlet(["check", "policy.json"], { cwd });
  assert.match(out, /unknown key `\\u001b\[2J\\u000a\\u202e`/);
});
