import { pageTests } from "../support/pages.mjs";
import { vueScript } from "./support/bundle.mjs";

await pageTests([{ title: "directive", script: await vueScript("directive.js") }]);
