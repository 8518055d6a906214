import { pageTests } from "../support/pages.mjs";
import { vueScript } from "./support/bundle.mjs";

await pageTests([{ title: "renders", script: await vueScript("renders.js") }]);
