// How often is rendered.

import { vueTests } from "./support/bundle.mjs";

await vueTests("renders.js");
