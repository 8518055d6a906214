// Holds a runtime to the list, a test for each claim, and its row of `docs/runtimes.md` to what came out.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { expected } from "../list.mjs";
import { cells, ENTRIES, lacks, ROWS } from "./table.mjs";

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
import * as authzen from "grantlet/authzen";
import * as client from "grantlet/client";
import { check } from "./held/list.mjs";

export const run = () =>
  check({
    grantlet,
    "grantlet/inline": inline,
    "grantlet/tools": tools,
    "grantlet/authzen": authzen,
    "grantlet/client": client,
  });
`,
  "dom.mjs": `import * as dom from "grantlet/dom";
import { check } from "./held/list.mjs";

export const run = () => check({ "grantlet/dom": dom });
`,
};

/**
 * Tests a row of the table. `run` gives the results of both programs and the runtime's version. A claim that does not
 * hold fails, unless the document has its exact error among what cannot be had.
 */
export function runtime(id, { page = false, run }) {
  const [title] = ROWS[id];
  test(title, async (t) => {
    const { version, results } = await run();
    const key = ({ entry, claim }) => `${entry}: ${claim}`;
    mkdirSync(EARNED, { recursive: true });
    writeFileSync(`${EARNED}/${id}.json`, JSON.stringify({ version, results }, null, 2));
    const lines = readFileSync(at("../../../docs/runtimes.md"), "utf8").split("\n");
    const missing = lines.filter((line) => line.startsWith(`- ${title}, `));

    await t.test("every claim of the list was put to it", () => {
      assert.deepEqual(results.map(key).sort(), expected(page).map(key).sort());
    });
    for (const result of results) {
      const { entry, error } = result;
      const isKnown = missing.some((line) => line.includes(`, \`${entry}\`, `) && line.endsWith(`: \`${error}\``));
      await t.test(isKnown ? `cannot be had: ${key(result)}` : key(result), () => {
        if (!isKnown) assert.equal(error, undefined);
      });
    }
    await t.test("`docs/runtimes.md` says so", () => {
      const line = lines.find((line) => line.startsWith(`| ${title} |`)) ?? "";
      assert.deepEqual(line.split(" | ").slice(2, 2 + ENTRIES.length), cells(results));
      assert.deepEqual(missing, lacks(id, results));
    });
  });
}
