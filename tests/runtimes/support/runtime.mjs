// Holds a runtime to the list, a test for each claim, and its row of `docs/runtimes.md` to what came out.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { expected } from "../list.mjs";
import { cells, ENTRIES, ROWS } from "./table.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** What the last run earned, for the command that writes the table. */
export const EARNED = at("../../../target/runtimes/earned");

/** The list's own files, for a scratch project. */
export const LIST = Object.fromEntries(
  ["list.mjs", ...readdirSync(at("../claims")).map((name) => `claims/${name}`)].map((name) => [
    `held/${name}`,
    readFileSync(at(`../${name}`), "utf8"),
  ]),
);

/**
 * The two programs of a scratch project, as ES modules that export `run`. The entry `grantlet/dom` has one of its own,
 * because a program that imports it uses its build of the module for `grantlet` too.
 */
export const PROGRAMS = {
  ...LIST,
  "main.mjs": `import * as grantlet from "grantlet";
import * as inline from "grantlet/inline";
import * as tools from "grantlet/tools";
import * as client from "grantlet/client";
import { check } from "./held/list.mjs";

export const run = () =>
  check({ grantlet, "grantlet/inline": inline, "grantlet/tools": tools, "grantlet/client": client });
`,
  "dom.mjs": `import * as dom from "grantlet/dom";
import { check } from "./held/list.mjs";

export const run = () => check({ "grantlet/dom": dom });
`,
};

/**
 * Tests a row of the table. `run` gives the results of both programs and the runtime's version; `cannot` has the exact
 * error of each claim that cannot be had there, by entry and claim.
 */
export function runtime(id, { page = false, cannot = {}, run }) {
  const [title] = ROWS[id];
  test(title, async (t) => {
    const { version, results } = await run();
    const key = ({ entry, claim }) => `${entry}: ${claim}`;
    await t.test("every claim of the list was put to it", () => {
      assert.deepEqual(results.map(key).sort(), expected(page).map(key).sort());
    });
    for (const result of results) {
      const name = key(result);
      await t.test(name in cannot ? `cannot be had: ${name}` : name, () => assert.equal(result.error, cannot[name]));
    }
    mkdirSync(EARNED, { recursive: true });
    writeFileSync(`${EARNED}/${id}.json`, JSON.stringify({ version, results }, null, 2));
    await t.test("`docs/runtimes.md` says so", () => {
      const table = readFileSync(at("../../../docs/runtimes.md"), "utf8");
      const line = table.split("\n").find((line) => line.startsWith(`| ${title} |`)) ?? "";
      assert.deepEqual(line.split(" | ").slice(2, 2 + ENTRIES.length), cells(results));
      for (const { error } of results) if (error !== undefined) assert.ok(table.includes(error), error);
    });
  });
}
