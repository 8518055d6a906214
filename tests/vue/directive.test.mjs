// What `v-can` does to elements.

import { vueTests } from "./support/bundle.mjs";

await vueTests("directive.js");
