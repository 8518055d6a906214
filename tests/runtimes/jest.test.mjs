// The list in Jest, which resolves packages in its own way and runs each file of tests in a realm of its own.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { program, run, scratch, version } from "./support/pack.mjs";
import { runtime } from "./support/runtime.mjs";

const PROGRAMS = {
  main: ["grantlet", "grantlet/inline", "grantlet/tools", "grantlet/authzen", "grantlet/client"],
  dom: ["grantlet/dom"],
};

/** A file of tests that leaves the results behind. */
const file = (name, entries) => `const { writeFileSync } = require("node:fs");
const { check } = require("./held.cjs");
const entries = {
${entries.map((entry) => `  "${entry}": require("${entry}"),`).join("\n")}
};

test("the list was put to it", async () => {
  writeFileSync("${name}.json", JSON.stringify(await check(entries)));
});
`;

/** The list as CommonJS. */
async function list() {
  const entryPoints = [fileURLToPath(new URL("list.mjs", import.meta.url))];
  const { outputFiles } = await esbuild.build({ entryPoints, bundle: true, format: "cjs", write: false });
  return outputFiles[0].text;
}

runtime("jest", {
  run: async () => {
    const tests = Object.entries(PROGRAMS).map(([name, entries]) => [`${name}.test.js`, file(name, entries)]);
    const files = { "held.cjs": await list(), ...Object.fromEntries(tests) };
    const project = scratch("jest", { files, manifest: { type: "commonjs" }, packages: [] });
    run(process.execPath, [program("jest"), "--ci"], { cwd: project });
    const results = Object.keys(PROGRAMS).flatMap((name) => JSON.parse(readFileSync(join(project, `${name}.json`), "utf8")));
    return { version: version("jest"), results };
  },
});
