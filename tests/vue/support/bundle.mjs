// The pages of this suite with either version of Vue, in the build that compiles templates.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bundled, pageTests } from "../../support/pages.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** By version: where Vue is. The older one is the first that the package promises to work with. */
const VUES = { 3.5: at("../../../node_modules/vue"), 3.4: at("../vue-3.4/node_modules/vue") };

const FLAGS = {
  "process.env.NODE_ENV": '"development"',
  __VUE_OPTIONS_API__: "true",
  __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
};

/** Declares every test of a file in `pages/` for each version of Vue, in a page with this body. */
export async function vueTests(file, body) {
  const pages = Object.entries(VUES).map(async ([version, vue]) => ({
    title: `Vue ${version}`,
    body,
    script: await bundled(new URL(`../pages/${file}`, import.meta.url), {
      alias: { vue: `${vue}/dist/vue.esm-bundler.js` },
      define: FLAGS,
    }),
    async look(page) {
      const found = await page.evaluate(() => globalThis.version);
      assert.ok(found.startsWith(`${version}.`), `Vue ${found} is not Vue ${version}`);
    },
  }));
  await pageTests(await Promise.all(pages));
}
