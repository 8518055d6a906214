// The program as people get it: from the tarball, installed by npm, with the licences of what is in it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { scratch } from "../runtimes/support/pack.mjs";
import { example, grantlet, place } from "./support.mjs";

test("`npx grantlet` in a project that has the package and nothing else", async () => {
  const project = scratch("cli", { npm: true, packages: [] });
  const policy = join(example, "policy.yaml");
  for (const command of [[join(project, "node_modules/.bin/grantlet")], ["npx", "--offline", "--no", "grantlet"]]) {
    const { code, out } = await grantlet(["check", policy], { cwd: project, command });
    assert.deepEqual([code, out], [0, "1 policy: no errors, no warnings\n"]);
  }
  const { out } = await grantlet(["matrix", policy, "--json"], { cwd: project, command: [join(project, "node_modules/.bin/grantlet")] });
  assert.equal(JSON.parse(out).roles.length, 4);
  const installed = join(project, "node_modules/grantlet");
  JSON.parse(readFileSync(join(installed, "grantlet.problem-matcher.json"), "utf8"));
  const licences = readFileSync(join(installed, "dist/cli.LICENSES.txt"), "utf8");
  for (const name of ["yaml", "jsonc-parser"]) {
    const { version } = JSON.parse(readFileSync(place(`node_modules/${name}/package.json`), "utf8"));
    assert.ok(licences.includes(`${name} ${version}, `), name);
    assert.ok(licences.includes(readFileSync(place(`node_modules/${name}/${name === "yaml" ? "LICENSE" : "LICENSE.md"}`), "utf8").trim()));
  }
  assert.equal(JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).dependencies, undefined);
});

test("the program has no second copy of the package in it", () => {
  const script = readFileSync(place("pkg/dist/cli.js"), "utf8");
  assert.match(script, /from "\.\/node\.js"/);
  assert.doesNotMatch(script, /WebAssembly/);
  assert.match(script, /^#!\/usr\/bin\/env node\n/);
});
