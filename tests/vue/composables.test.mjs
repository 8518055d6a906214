// What the composables answer, and when.

import { vueTests } from "./support/bundle.mjs";

await vueTests("composables.js");
