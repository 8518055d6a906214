// How often components are rendered.

import { pageTests } from "./support/pages.mjs";

await pageTests("renders.jsx");
