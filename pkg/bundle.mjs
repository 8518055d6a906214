// Puts the package together in `dist/`: the scripts of each kind of runtime in few files, because every file that an
// entry imports costs its start; the types that the entries lead to; and the modules.
//
// The entries of one kind of runtime share a file of what they have in common, and with it the state in it.

import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
/** The entries that load a module. */
const LOADING = ["index", "dom", "tools"];
/** Those that load nothing, and are the same everywhere. */
const ANYWHERE = ["client"];
/** The entries by kind of runtime, and how esbuild calls it. */
const RUNTIMES = [
  [LOADING, "browser"],
  [["node", "dom.node", "tools.node"], "node"],
  [["workerd", "dom.workerd", "tools.workerd"], "neutral"],
  ...ANYWHERE.map((entry) => [[entry], "neutral"]),
];

rmSync(place("dist"), { recursive: true, force: true });
mkdirSync(place("dist"));

for (const [entries, platform] of RUNTIMES) {
  await build({
    entryPoints: entries.map((entry) => place(`src/${entry}.ts`)),
    outdir: place("dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform,
    target: "es2022",
    external: ["*.wasm", "react", "react/*", "vue"],
    ignoreAnnotations: true,
    logLevel: "warning",
  });
}

const types = [...LOADING, ...ANYWHERE].map((entry) => `${entry}.d.ts`);
for (const file of types) {
  const text = readFileSync(place(`../target/types/${file}`), "utf8");
  for (const [, name] of text.matchAll(/ from "\.\/(.+)\.js"/g)) {
    if (!types.includes(`${name}.d.ts`)) types.push(`${name}.d.ts`);
  }
  copyFileSync(place(`../target/types/${file}`), place(`dist/${file}`));
}

for (const name of ["grantlet", "grantlet-dom", "grantlet-tools"]) {
  copyFileSync(place(`../target/glue/${name}_bg.wasm`), place(`dist/${name}.wasm`));
}
