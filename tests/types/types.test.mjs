// What must compile compiles, and every line that must not is refused: TypeScript itself fails on an
// `@ts-expect-error` above a line that is fine.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import test from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** How programs resolve and check packages. */
const SETTINGS = {
  "with Node's resolution": ["--module", "nodenext"],
  "with a bundler's resolution": ["--module", "esnext", "--moduleResolution", "bundler"],
  "with optional properties exact": ["--module", "nodenext", "--exactOptionalPropertyTypes"],
};

for (const [name, settings] of Object.entries(SETTINGS)) {
  test(`the fixtures are as typed as they claim, ${name}`, () => {
    const options = { cwd: folder, encoding: "utf8" };
    const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", ".", ...settings], options);
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}
