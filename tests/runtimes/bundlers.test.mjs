// The list in what bundlers make of it: the bundles are loaded from a server of static files into Chromium, the output
// for servers is run in Node.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { html, serving, telling, within } from "./support/browsers.mjs";
import { run, scratch, version, write } from "./support/pack.mjs";
import { PROGRAMS, runtime } from "./support/runtime.mjs";

const NAMES = ["main", "dom"];

/** A project with a page for each program. */
function project(id) {
  const pages = NAMES.map((name) => [
    [`${name}.html`, html(`./${name}-page.mjs`)],
    [`${name}-page.mjs`, telling(name)],
  ]);
  return scratch(id, { files: { ...PROGRAMS, ...Object.fromEntries(pages.flat()) }, packages: [] });
}

/** What the pages of both programs told in Chromium. */
const inChromium = (url) =>
  within("chromium", async ({ results }) => [...(await results(`${url}main.html`)), ...(await results(`${url}dom.html`))]);

/** A row for pages that `bundle` puts into the folder `dist` of the project. */
function bundled(id, bundler, bundle) {
  runtime(id, {
    page: true,
    run: async () => {
      const folder = project(id);
      await bundle(folder);
      return { version: version(bundler), results: await serving(join(folder, "dist"), inChromium) };
    },
  });
}

/** The settings of Vite that a user need not write: where the project lies, and that it says nothing. */
const quiet = (root) => ({ root, configFile: false, logLevel: "error", clearScreen: false });

/** What a bundler that leaves the modules where they were needs its user to do: they are copied beside the scripts. */
function copyModules(folder) {
  for (const name of ["grantlet", "grantlet-dom", "grantlet-tools"]) {
    copyFileSync(join(folder, `node_modules/grantlet/dist/${name}.wasm`), join(folder, `dist/${name}.wasm`));
  }
}

/** The pages, for bundlers that know nothing of pages. */
function copyPages(folder) {
  for (const name of NAMES) write(join(folder, "dist"), { [`${name}.html`]: html(`./${name}-page.js`) });
}

bundled("vite-build", "vite", (folder) =>
  vite.build({
    ...quiet(folder),
    build: { rollupOptions: { input: NAMES.map((name) => join(folder, `${name}.html`)) } },
  }),
);

runtime("vite-dev", {
  page: true,
  run: async () => {
    const server = await vite.createServer({ ...quiet(project("vite-dev")), server: { host: "127.0.0.1", port: 0 } });
    try {
      await server.listen();
      return { version: version("vite"), results: await inChromium(server.resolvedUrls.local[0]) };
    } finally {
      await server.close();
    }
  },
});

runtime("vite-ssr", {
  run: async () => {
    const folder = project("vite-ssr");
    const server = await vite.createServer({ ...quiet(folder), server: { middlewareMode: true }, appType: "custom" });
    const results = [];
    try {
      for (const name of NAMES) results.push(...(await (await server.ssrLoadModule(`/${name}.mjs`)).run()));
    } finally {
      await server.close();
    }
    for (const name of NAMES) await vite.build({ ...quiet(folder), build: { ssr: `${name}.mjs`, emptyOutDir: false } });
    const program = `for (const name of ${JSON.stringify(NAMES)}) {
      const { run } = await import(\`./dist/\${name}.js\`);
      for (const result of await run()) console.log(JSON.stringify(result));
    }`;
    const printed = run(process.execPath, ["--input-type=module", "--eval", program], { cwd: folder });
    const built = printed.trim().split("\n").map((line) => JSON.parse(line));
    // A claim holds when it does in both.
    for (const result of results) {
      const other = built.find(({ entry, claim }) => entry === result.entry && claim === result.claim);
      const error = other === undefined ? "the built program did not put it" : other.error;
      if (error !== undefined) result.error ??= error;
    }
    return { version: version("vite"), results };
  },
});

bundled("webpack", "webpack", async (folder) => {
  const entry = Object.fromEntries(NAMES.map((name) => [`${name}-page`, `./${name}-page.mjs`]));
  // The page has every entry in it, one of them with a module as text: no page that webpack would warn of is like that.
  const performance = { hints: false };
  const output = { path: join(folder, "dist") };
  const stats = await promisify(webpack)({ context: folder, mode: "production", entry, output, performance });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  copyPages(folder);
});

bundled("rollup", "rollup", async (folder) => {
  const bundle = await rollup({
    input: NAMES.map((name) => join(folder, `${name}-page.mjs`)),
    plugins: [nodeResolve({ browser: true })],
  });
  await bundle.write({ dir: join(folder, "dist"), format: "es", chunkFileNames: "[name].js" });
  copyModules(folder);
  copyPages(folder);
});

bundled("esbuild", "esbuild", async (folder) => {
  await esbuild.build({
    entryPoints: NAMES.map((name) => join(folder, `${name}-page.mjs`)),
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    outdir: join(folder, "dist"),
    logLevel: "silent",
  });
  copyModules(folder);
  copyPages(folder);
});

/** A row for bundles that Node runs: `bundle` makes a file of the project's `entry.mjs` and gives its path. */
function bundledForNode(id, bundler, bundle) {
  runtime(id, {
    run: async () => {
      const results = [];
      for (const name of NAMES) {
        const entry = `import { run } from "./${name}.mjs";
run().then((results) => console.log(JSON.stringify(results)));
`;
        const folder = scratch(`${id}-${name}`, { files: { ...PROGRAMS, "entry.mjs": entry }, packages: [] });
        // Errors that name a file do so relative to the project.
        results.push(...JSON.parse(run(process.execPath, [await bundle(folder)]).replaceAll(`${folder}/`, "")));
      }
      return { version: version(bundler), results };
    },
  });
}

bundledForNode("vite-ssr-bundled", "vite", async (folder) => {
  await vite.build({ ...quiet(folder), ssr: { noExternal: true }, build: { ssr: "entry.mjs" } });
  return join(folder, "dist/entry.js");
});

bundledForNode("webpack-node", "webpack", async (folder) => {
  const output = { path: join(folder, "dist"), filename: "entry.cjs" };
  const options = { context: folder, mode: "production", target: "node", entry: "./entry.mjs", output };
  const stats = await promisify(webpack)(options);
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  return join(folder, "dist/entry.cjs");
});

bundledForNode("esbuild-node", "esbuild", async (folder) => {
  const outfile = join(folder, "dist/entry.mjs");
  const entryPoints = [join(folder, "entry.mjs")];
  await esbuild.build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  copyModules(folder);
  return outfile;
});
