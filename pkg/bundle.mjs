// Puts the package together in `dist/`: the scripts of each kind of runtime in few files, because every file that an
// entry imports costs its start; the types that the entries lead to; and the modules.
//
// The entries of one kind of runtime share a file of what they have in common, and with it the state in it. For programs
// that can only `require`, what Node gets is there a second time as CommonJS, file by file and with a state of its own.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
/** The entries that load a module. */
const LOADING = ["index", "dom", "tools"];
/** Those that load nothing, and are the same everywhere. */
const ANYWHERE = ["client", "react", "vue"];
/** Those that Node has of its own. */
const NODE = ["node", "dom.node", "tools.node"];
/** Those of Workers. */
const WORKERD = ["workerd", "dom.workerd", "tools.workerd"];
/** The decision point of each kind of runtime, with the entries that it asks. */
const DECISION_POINTS = [
  ["authzen", "index", "tools"],
  ["authzen.node", "node", "tools.node"],
  ["authzen.workerd", "workerd", "tools.workerd"],
  ["authzen.edge-light", "edge-light", "tools.edge-light"],
];
/** The entries by kind of runtime, and how esbuild calls it. */
const RUNTIMES = [
  [LOADING, "browser"],
  [NODE, "node"],
  [WORKERD, "neutral"],
  [["inline"], "neutral"],
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
    // Those of `dist/`, beside the scripts. What has the module in itself names it where it was built.
    external: ["./*.wasm", "react", "react/*", "vue"],
    loader: { ".wasm": "base64" },
    ignoreAnnotations: true,
    logLevel: "warning",
  });
}

// The decision point is the same everywhere, but for the entries that it asks.
for (const [name, entry, tools] of DECISION_POINTS) {
  const asked = ({ onResolve }) => {
    const external = (filter, path) => onResolve({ filter }, () => ({ path: `./${path}.js`, external: true }));
    external(/^\.\.\/(\.\.\/)?(error|load)\.js$/, entry);
    external(/^\.\.\/(\.\.\/)?tools\/api\.js$/, tools);
  };
  await build({
    entryPoints: { [name]: place("src/authzen.ts") },
    outdir: place("dist"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    plugins: [{ name: "entries", setup: asked }],
    ignoreAnnotations: true,
    logLevel: "warning",
  });
}

// The edge runtime of Next.js imports a module as Workers do, and wants it to be asked for as one.
for (const name of WORKERD) {
  const script = readFileSync(place(`dist/${name}.js`), "utf8");
  writeFileSync(place(`dist/${name.replace("workerd", "edge-light")}.js`), script.replace('.wasm";', '.wasm?module";'));
}

/** The scripts that one of `dist/` imports there. */
const imported = (script) => [...script.matchAll(/ from "\.\/([^"]+)\.js"/g)].map(([, name]) => name);

const required = [...NODE, "authzen.node", "inline", ...ANYWHERE];
for (const name of required) {
  const script = readFileSync(place(`dist/${name}.js`), "utf8");
  for (const other of imported(script)) if (!required.includes(other)) required.push(other);
  const { code } = await transform(script, {
    format: "cjs",
    platform: "node",
    target: "es2022",
    define: { "import.meta.url": "here" },
    banner: script.includes("import.meta.url") ? 'const here = require("node:url").pathToFileURL(__filename);' : "",
  });
  writeFileSync(place(`dist/${name}.cjs`), code.replace(/require\("\.\/([^"]+)\.js"\)/g, 'require("./$1.cjs")'));
}

const types = [...LOADING, "authzen", ...ANYWHERE];
for (const name of types) {
  const text = readFileSync(place(`../target/types/${name}.d.ts`), "utf8");
  for (const [, path] of text.matchAll(/ from "(\.[^"]+)\.js"/g)) {
    const other = posix.join(posix.dirname(name), path);
    if (!types.includes(other)) types.push(other);
  }
  mkdirSync(dirname(place(`dist/${name}`)), { recursive: true });
  writeFileSync(place(`dist/${name}.d.ts`), text);
  writeFileSync(place(`dist/${name}.d.cts`), text.replace(/ from "(\.[^"]+)\.js"/g, ' from "$1.cjs"'));
}

// What of the package is no script has types too, for compilers that want them for every import.
for (const name of ["dom.css", "grantlet.wasm"]) {
  for (const ending of ["d.ts", "d.cts"]) copyFileSync(place(`${name}.d.ts`), place(`dist/${name}.${ending}`));
}

for (const name of ["grantlet", "grantlet-dom", "grantlet-tools"]) {
  copyFileSync(place(`../target/glue/${name}_bg.wasm`), place(`dist/${name}.wasm`));
}

await import("./bundle-cli.mjs");
