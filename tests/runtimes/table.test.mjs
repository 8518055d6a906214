// The table of `docs/runtimes.md` has the rows that tests earn, all of them and no other.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { ROWS } from "./support/table.mjs";

const here = new URL("./", import.meta.url);
const doc = readFileSync(new URL("../../docs/runtimes.md", import.meta.url), "utf8");

test("every row of the table is one that a test earns", () => {
  const [, table] = /<!-- table -->\n([\s\S]*?)<!-- \/table -->/.exec(doc);
  const titles = table.trim().split("\n").slice(2).map((line) => line.split(" | ")[0].slice(2));
  assert.deepEqual(titles, Object.values(ROWS).map(([title]) => title));
});

test("every row has a test", () => {
  const names = readdirSync(here).filter((name) => name.endsWith(".test.mjs") && !import.meta.url.endsWith(name));
  const tests = names.map((name) => readFileSync(new URL(name, here), "utf8")).join("\n");
  for (const id of Object.keys(ROWS)) assert.ok(tests.includes(`"${id}"`), id);
});
