// Runs the tests of a file in `pages/` inside Chromium with either version of React.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as pages from "../../support/pages.mjs";

export { launch, serve } from "../../support/pages.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** By major version: where React is. */
export const REACTS = {
  19: { react: at("../../../node_modules/react"), "react-dom": at("../../../node_modules/react-dom") },
  18: { react: at("../react-18/node_modules/react"), "react-dom": at("../react-18/node_modules/react-dom") },
};

/** Bundles a file of this suite with a version of React. */
export const bundled = (file, version, options = {}) =>
  pages.bundled(new URL(`../${file}`, import.meta.url), {
    jsx: "automatic",
    alias: REACTS[version],
    define: { "process.env.NODE_ENV": '"development"' },
    ...options,
  });

/** Declares every test of the file for every version of React. */
export async function pageTests(file) {
  const opened = Object.keys(REACTS).map(async (version) => ({
    title: `React ${version}`,
    script: await bundled(`pages/${file}`, version),
    async look(page) {
      const found = await page.evaluate(() => globalThis.version);
      assert.ok(found.startsWith(`${version}.`), `React ${found} is not React ${version}`);
    },
  }));
  await pages.pageTests(await Promise.all(opened));
}
