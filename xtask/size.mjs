// What a page downloads for each entry of the package that has a budget (`budgets` in pkg/package.json, bytes after
// brotli): the scripts that the entry imports, bundled and minified, and the WebAssembly modules that they name.
// Exits with 1 when an entry is over its budget.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;

const modules = readdirSync(join(root, "pkg/dist"), { recursive: true })
  .filter((file) => file.endsWith(".wasm"))
  .map((file) => ({ name: basename(file), bytes: readFileSync(join(root, "pkg/dist", file)) }));

async function script(entry) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(entry)}`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["*.wasm", ...Object.keys(manifest.peerDependencies ?? {})],
    logLevel: "silent",
  });
  return outputFiles[0].contents;
}

function fail(message) {
  console.error(`  ${message}`);
  process.exitCode = 1;
}

const rows = [];
for (const [entry, budget] of Object.entries(manifest.budgets ?? {})) {
  const bundle = await script(entry).catch((error) => fail(`\`${entry}\` cannot be bundled: ${error.message}`));
  if (bundle === undefined) continue;
  const text = Buffer.from(bundle).toString();
  const loaded = modules.filter(({ name }) => text.includes(name));
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const module = { raw: sum(loaded.map(({ bytes }) => bytes.length)), brotli: sum(loaded.map(({ bytes }) => brotli(bytes))) };
  const total = module.brotli + brotli(bundle);
  rows.push({ entry, module, script: { raw: bundle.length, brotli: brotli(bundle) }, total, budget });
}

const line = (name, ...cells) => console.log(`  ${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(12)).join("")}`);
line("bytes", "module", "brotli", "script", "brotli", "sum brotli", "budget");
for (const { entry, module, script, total, budget } of rows) {
  line(entry, module.raw, module.brotli, script.raw, script.brotli, total, budget);
}
for (const { entry, total, budget } of rows.filter(({ total, budget }) => total > budget)) {
  fail(`\`${entry}\` is ${total - budget} bytes over its budget`);
}
