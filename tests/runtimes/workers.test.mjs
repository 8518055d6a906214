// The list in workerd and in Vercel's edge runtime. Workers compile no WebAssembly from bytes, and neither does what
// Next.js runs at the edge: the modules are imported, and bound by whoever runs the bundle. Each program is bundled as
// the tools of these places bundle: by Wrangler, and by esbuild with the condition of the edge.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import * as esbuild from "esbuild";
import { scratch, version } from "./support/pack.mjs";
import { PROGRAMS, runtime } from "./support/runtime.mjs";
import { worker } from "./support/wrangler.mjs";

const NAMES = ["main", "dom"];

/** A worker that answers every request with what the list comes to. */
const handler = (name) => `import { run } from "./${name}.mjs";
export default { fetch: async () => Response.json(await run()) };
`;

/** A script that leaves the results behind as a promise. */
const script = (name) => `import { run } from "./${name}.mjs";
globalThis.results = run().then(JSON.stringify);
`;

const files = (write) => Object.fromEntries(NAMES.map((name) => [`${name}-entry.mjs`, write(name)]));
const modules = ["grantlet", "grantlet-dom", "grantlet-tools"];
const moduleOf = (project, name) => readFileSync(join(project, `node_modules/grantlet/dist/${name}.wasm`));

runtime("workerd", {
  run: async () => {
    const project = scratch("workerd", { files: { ...PROGRAMS, ...files(handler) }, packages: [] });
    const results = [];
    for (const name of NAMES) {
      const miniflare = worker(project, `${name}-entry.mjs`, "2026-04-01");
      try {
        results.push(...(await (await miniflare.dispatchFetch("http://localhost/")).json()));
      } finally {
        await miniflare.dispose();
      }
    }
    return { version: version("workerd"), results };
  },
});

/** Has what is imported as `….wasm?module` be a module that whoever runs the bundle binds, as Next.js does. */
const bound = {
  name: "bound",
  setup(build) {
    build.onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "bound" }));
    build.onLoad({ filter: /.*/, namespace: "bound" }, ({ path }) => {
      const [, name] = /([\w-]+)\.wasm\?module$/.exec(path);
      return { contents: `export default globalThis.bound[${JSON.stringify(name)}];` };
    });
  },
};

runtime("edge-runtime", {
  run: async () => {
    const project = scratch("edge-runtime", { files: { ...PROGRAMS, ...files(script) }, packages: [] });
    const compiled = Object.fromEntries(modules.map((name) => [name, new WebAssembly.Module(moduleOf(project, name))]));
    const results = [];
    for (const name of NAMES) {
      const { outputFiles } = await esbuild.build({
        entryPoints: [join(project, `${name}-entry.mjs`)],
        bundle: true,
        write: false,
        format: "iife",
        target: "es2022",
        conditions: ["edge-light"],
        plugins: [bound],
      });
      const edge = new EdgeRuntime({ extend: (context) => Object.assign(context, { bound: compiled }) });
      edge.evaluate(outputFiles[0].text);
      results.push(...JSON.parse(await edge.evaluate("results")));
    }
    return { version: version("edge-runtime"), results };
  },
});
