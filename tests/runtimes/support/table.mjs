// The table of `docs/runtimes.md`: a row for each place where the package is held to the list, a column for each entry.

/** The rows in their order: what the place is called, and how the package is used there. */
export const ROWS = {
  node20: ["Node 20, `import`", "a program in ES modules"],
  "node20-require": ["Node 20, `require`", "a program in CommonJS, which is given the ES modules"],
  "node20-commonjs": ["Node 20, `require` of CommonJS alone", "as before 20.19: `--no-experimental-require-module`"],
  node22: ["Node 22, `import`", "a program in ES modules"],
  "node22-require": ["Node 22, `require`", "a program in CommonJS, which is given the ES modules"],
  jest: ["Jest", "a program in CommonJS, in the environment `node`"],
  deno: ["Deno", "a program with a `node_modules` folder"],
  bun: ["Bun", "a program in ES modules"],
  workerd: ["workerd", "a Worker in miniflare, bundled by Wrangler"],
  "edge-runtime": ["edge-runtime", "a bundle of esbuild with the condition `edge-light`, its module bound from outside, as Next.js does"],
  chromium: ["Chromium, no bundler", "`<script type=\"module\">` and an import map"],
  firefox: ["Firefox, no bundler", "`<script type=\"module\">` and an import map"],
  "vite-build": ["Vite, build", "the page in Chromium"],
  "vite-dev": ["Vite, dev server", "the page in Chromium"],
  "vite-ssr": ["Vite, SSR", "loaded through the dev server, and built for Node"],
  "vite-ssr-bundled": ["Vite, SSR with `noExternal`", "built for Node with grantlet in the bundle, and no module beside it"],
  webpack: ["webpack", "the page in Chromium"],
  "webpack-node": ["webpack, for Node", "`target: \"node\"`, as a script in CommonJS"],
  rollup: ["Rollup", "the page in Chromium, with `@rollup/plugin-node-resolve`"],
  esbuild: ["esbuild", "the page in Chromium"],
  "esbuild-node": ["esbuild, for Node", "`platform: \"node\"`, as an ES module"],
  "next-server": ["Next.js, server component", "app router, built by Turbopack, its own server"],
  "next-client": ["Next.js, client component", "the page in Chromium"],
  "next-edge": ["Next.js, edge route", "its edge runtime"],
  "next-middleware": ["Next.js, middleware", "its edge runtime"],
};

/** The columns: each entry of the package that the list is about. */
export const ENTRIES = ["grantlet", "grantlet/dom", "grantlet/tools", "grantlet/authzen", "grantlet/inline", "grantlet/client"];

/** What a row says of each entry: how many claims hold there, and of how many where it is not all. */
export function cells(results) {
  return ENTRIES.map((name) => {
    const claims = results.filter(({ entry }) => entry === name);
    const held = claims.filter(({ error }) => error === undefined).length;
    return held === claims.length ? `✓ ${held}` : `${held} of ${claims.length}`;
  });
}

/** A row with what was earned there. */
export function row(id, { version, results }) {
  const [title, how] = ROWS[id];
  return `| ${[title, version, ...cells(results), how].join(" | ")} |`;
}

/** What could not be had there: a line for each entry and error, with the number of claims that end so. */
export function lacks(id, results) {
  const counts = new Map();
  for (const { entry, error } of results) {
    if (error === undefined) continue;
    const key = JSON.stringify([entry, error]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => {
    const [entry, error] = JSON.parse(key);
    return `- ${ROWS[id][0]}, \`${entry}\`, ${count === 1 ? "one claim" : `${count} claims`}: \`${error}\``;
  });
}
