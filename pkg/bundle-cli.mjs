// Puts the command line together in `dist/cli.js`: one file, with the parsers of JSON and YAML in it, so that the
// package has no dependency. It asks the entries that are in `dist/` already, and has no copy of them.

import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const place = (path) => fileURLToPath(new URL(path, import.meta.url));

const entries = ({ onResolve }) =>
  onResolve({ filter: /^\.\.\/(node|tools\.node|authzen)\.js$/ }, ({ path }) => ({
    path: path === "../authzen.js" ? "./authzen.node.js" : path.slice(1),
    external: true,
  }));

const { metafile } = await build({
  absWorkingDir: place("."),
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  format: "esm",
  // As if for any runtime: then the parsers come as modules, and what of them is not used is left out.
  platform: "neutral",
  mainFields: ["module", "main"],
  external: ["node:*"],
  target: "node20",
  legalComments: "none",
  banner: { js: "#!/usr/bin/env node" },
  plugins: [{ name: "entries", setup: entries }],
  metafile: true,
  logLevel: "warning",
});
chmodSync(place("dist/cli.js"), 0o755);

const folders = Object.keys(metafile.inputs).map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
const licences = [...new Set(folders.filter((folder) => folder !== undefined))].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(place(`${folder}/package.json`), "utf8"));
  const file = readdirSync(place(folder)).find((file) => /^licen[cs]e/i.test(file));
  return `${name} ${version}, ${license}\n\n${readFileSync(place(`${folder}/${file}`), "utf8").trim()}\n`;
});
const head = "cli.js has code of these packages in it.\n";
writeFileSync(place("dist/cli.LICENSES.txt"), [head, ...licences].join(`\n${"-".repeat(80)}\n\n`));
