// What hooks and components answer.

import { pageTests } from "./support/pages.mjs";

await pageTests("answers.jsx");
