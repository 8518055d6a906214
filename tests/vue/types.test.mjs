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

for (const policy of ["registered", "unregistered"]) {
  const cwd = fileURLToPath(new URL(`./types/${policy}/`, import.meta.url));
  for (const [name, settings] of Object.entries(SETTINGS)) {
    test(`a program whose policy is ${policy} is as typed as it claims, ${name}`, () => {
      const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", ".", ...settings], { cwd, encoding: "utf8" });
      assert.equal(stdout, "");
      assert.equal(status, 0);
    });
  }
}
