import { bundled, pageTests } from "../support/pages.mjs";

await pageTests([{ title: "bound pages", script: await bundled(new URL("./pages/looks.js", import.meta.url)) }]);
