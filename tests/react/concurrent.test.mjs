// Rendering that React interrupts.

import { pageTests } from "./support/pages.mjs";

await pageTests("concurrent.jsx");
