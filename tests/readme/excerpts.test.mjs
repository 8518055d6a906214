// What the README at the top shows of frameworks and of the command line stands in their guides, which are run.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { blocks } from "./readme.mjs";

const folder = new URL("../../docs/guides/", import.meta.url);
const guides = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));

for (const language of ["tsx", "console"]) {
  test(`the blocks in \`${language}\` are those of a guide`, () => {
    const found = blocks(language);
    assert.ok(found.length > 0);
    for (const block of found) assert.ok(guides.some((guide) => guide.includes(block)), block);
  });
}
