// `grantlet types`: what it writes makes TypeScript take the policy's names and no other.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { example, folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** A folder from which `grantlet` is found, with files. */
function program(t, files) {
  mkdirSync(place("target"), { recursive: true });
  const path = mkdtempSync(place("target/cli-types-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const SETTINGS = {
  compilerOptions: { strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["ES2022", "DOM", "DOM.Iterable", "ESNext.Disposable"], types: [] },
};

function compiled(cwd) {
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify(SETTINGS));
  const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", "."], { cwd, encoding: "utf8" });
  return { stdout, status };
}

test("the names of the five policies", async () => {
  for (const system of SYSTEMS) {
    await golden(`types-${system}`, ["types", `policies/${system}.json`]);
    const { out } = await grantlet(["types", "--json", `policies/${system}.json`]);
    const { resources, roles, sections = {} } = JSON.parse(readFileSync(place(`policies/${system}.json`), "utf8"));
    const permissions = Object.entries(resources).flatMap(([path, { actions }]) => actions.map((action) => `${path}:${action}`));
    const found = JSON.parse(out);
    assert.deepEqual([found.permissions, found.roles, found.sections], [permissions, Object.keys(roles), Object.keys(sections)]);
  }
  await golden("types-register", ["types", "--register", "policy.yaml"], { cwd: example });
});

/** A program that uses the names of a policy, and has every typo refused. */
function use({ permissions, roles, sections }, system) {
  return `import { loadPolicy, type Policy } from "grantlet";
import type { Document, Permission, Role } from "./${system}.js";

const policy: Policy<Document> = await loadPolicy(new URL("./${system}.json", import.meta.url));
const session = policy.session({ id: "anna" }, {}, { roles: ["${roles[0]}"] });
session.can("${permissions[0]}");
session.decide("${permissions.at(-1)}");
export const one: Permission = "${permissions[0]}";
export const role: Role = "${roles.at(-1)}";
// @ts-expect-error
session.can("${permissions[0]}s");
// @ts-expect-error
policy.session({ id: "anna" }, {}, { roles: ["${roles[0]}-"] });
// @ts-expect-error
export const other: Permission = "${permissions[0].replace(":", ".")}";
// @ts-expect-error
session.section("no-such-section");
${sections.length > 0 ? `session.section("${sections[0]}");` : ""}
`;
}

test("programs take the names and refuse any other", async (t) => {
  const files = {};
  for (const system of SYSTEMS) {
    files[`${system}.d.mts`] = (await grantlet(["types", `policies/${system}.json`])).out;
    const names = JSON.parse((await grantlet(["types", "--json", `policies/${system}.json`])).out);
    files[`use-${system}.mts`] = use(names, system).replace(`./${system}.js`, `./${system}.mjs`);
  }
  const cwd = program(t, files);
  assert.deepEqual(compiled(cwd), { stdout: "", status: 0 });
});

test("a registered policy is that of the program", async (t) => {
  const cwd = program(t, {
    "policy.d.mts": (await grantlet(["types", "--register", "policy.yaml"], { cwd: example })).out,
    "use.mts": `import type { PermissionName, Register } from "grantlet";
export const one: PermissionName<Register["policy"]> = "crm:view";
// @ts-expect-error
export const other: PermissionName<Register["policy"]> = "crm:veiw";
`,
  });
  assert.deepEqual(compiled(cwd), { stdout: "", status: 0 });
});

test("a policy without roles and with a name of any letters", async (t) => {
  const policy = { grantlet: 1, name: "a\n*/ `x`\u2028 ${1}", resources: {}, roles: {} };
  const path = folder(t, { "policy.json": JSON.stringify(policy) });
  const { code, out } = await grantlet(["types", "policy.json"], { cwd: path });
  assert.equal(code, 0);
  const cwd = program(t, { "policy.d.mts": out });
  assert.deepEqual(compiled(cwd), { stdout: "", status: 0 });
});

test("-o writes the file", async (t) => {
  const cwd = folder(t, { "policy.yaml": readFileSync(join(example, "policy.yaml")) });
  const { code, out } = await grantlet(["types", "policy.yaml", "-o", "policy.d.ts"], { cwd });
  assert.deepEqual([code, out], [0, ""]);
  assert.equal(readFileSync(join(cwd, "policy.d.ts"), "utf8"), (await grantlet(["types", "policy.yaml"], { cwd })).out);
});
