// What must not compile in a program with React does not.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import test from "node:test";
import { fileURLToPath } from "node:url";

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const PROGRAMS = {
  "a registered policy, with Node's resolution,": ["types", []],
  "a registered policy, with a bundler's resolution,": ["types", ["--module", "esnext", "--moduleResolution", "bundler"]],
  "a policy that is data": ["types/data", []],
};

for (const [name, [folder, settings]] of Object.entries(PROGRAMS)) {
  test(`a program with ${name} is as typed as it claims`, () => {
    const cwd = fileURLToPath(new URL(folder, import.meta.url));
    const options = { cwd, encoding: "utf8" };
    const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", ".", ...settings], options);
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}
