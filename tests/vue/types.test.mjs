// What must compile compiles, and every line that must not is refused.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import test from "node:test";
import { fileURLToPath } from "node:url";

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** How programs resolve and check packages. */
const SETTINGS = {
  "with Node's resolution": ["--module", "nodenext"],
  "with a bundler's resolution": ["--module", "esnext", "--moduleResolution", "bundler"],
};

const PROGRAMS = [
  ["registered", "with Node's resolution"],
  ["registered", "with a bundler's resolution"],
  ["unregistered", "with Node's resolution"],
];

for (const [policy, resolution] of PROGRAMS) {
  test(`a program whose policy is ${policy} is as typed as it claims, ${resolution}`, () => {
    const cwd = fileURLToPath(new URL(`./types/${policy}/`, import.meta.url));
    const words = [compiler, "--project", ".", ...SETTINGS[resolution]];
    const { stdout, status } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}
