import { pageTests } from "../support/pages.mjs";
import { vueScript } from "./support/bundle.mjs";

await pageTests([{ title: "composables", script: await vueScript("composables.js") }]);
