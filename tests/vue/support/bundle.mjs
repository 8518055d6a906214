// A script of this suite with the build of Vue that compiles templates, as its documentation has bundlers take it.

import { bundled } from "../../support/pages.mjs";

const FLAGS = {
  "process.env.NODE_ENV": '"development"',
  __VUE_OPTIONS_API__: "true",
  __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
};

export const vueScript = (file) =>
  bundled(new URL(`../pages/${file}`, import.meta.url), {
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    define: FLAGS,
  });
