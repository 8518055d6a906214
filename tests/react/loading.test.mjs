// A session that is on its way.

import { pageTests } from "./support/pages.mjs";

await pageTests("loading.jsx");
