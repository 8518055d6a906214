// The list in Node, Deno and Bun, by `import` and by `require`.

import { fileURLToPath } from "node:url";
import { run, scratch, version } from "./support/pack.mjs";
import { PROGRAMS, runtime } from "./support/runtime.mjs";

const installed = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
/** Install scripts do not run, so the programs are taken from where they lie in the packages of this platform. */
const NODE22 = installed("node22/bin/node");
const DENO = installed("@deno/linux-x64-glibc/deno");
const BUN = installed("@oven/bun-linux-x64/bin/bun");

/** A program that prints what the list came to, of what `main.mjs` or `dom.mjs` exports. */
const printing = (name) => `import { run } from "./${name}.mjs";
console.log(JSON.stringify(await run()));
`;

/** The same for programs that `require` the package. */
const requiring = (entries) => `const entries = {
${entries.map((entry) => `  "${entry}": require("${entry}"),`).join("\n")}
};
import("./held/list.mjs").then(async ({ check }) => console.log(JSON.stringify(await check(entries))));
`;

const FILES = {
  ...PROGRAMS,
  "print-main.mjs": printing("main"),
  "print-dom.mjs": printing("dom"),
  "print-main.cjs": requiring(["grantlet", "grantlet/inline", "grantlet/tools", "grantlet/authzen", "grantlet/client"]),
  "print-dom.cjs": requiring(["grantlet/dom"]),
};

/** What both programs print, run by a program with these words before the file. */
function printed(id, program, words, ending, options) {
  const project = scratch(id, { files: FILES, packages: [], ...options });
  const ask = (file) => JSON.parse(run(program, [...words, `${file}.${ending}`], { cwd: project }));
  return [...ask("print-main"), ...ask("print-dom")];
}

const tested = (id, program, words, ending, called, options) =>
  runtime(id, { run: () => ({ version: called(), results: printed(id, program, words, ending, options) }) });

const node20 = () => process.versions.node;
const node22 = () => version("node22");
const COMMONJS_ALONE = ["--no-experimental-require-module"];

// Here npm itself installs the tarball; elsewhere it is unpacked to the same place.
tested("node20", process.execPath, [], "mjs", node20, { npm: true });
tested("node20-require", process.execPath, [], "cjs", node20);
tested("node20-commonjs", process.execPath, COMMONJS_ALONE, "cjs", node20);
tested("node22", NODE22, [], "mjs", node22);
tested("node22-require", NODE22, [], "cjs", node22);
tested("deno", DENO, ["run", "--allow-read", "--no-config", "--no-lock", "--node-modules-dir=manual"], "mjs", () => version("deno"));
tested("bun", BUN, [], "mjs", () => version("bun"));
