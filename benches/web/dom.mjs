// `node dom.mjs PLAN`: in Chromium without a window, what `elements.mjs` measures. Prints the samples as JSON.

import { PLANS } from "../node/plan.mjs";
import { within } from "./browser.mjs";

const plan = PLANS[process.argv[2]];
const { elements, samples } = await within({}, (open) =>
  open((page) => page.evaluate(async (plan) => (await import("/benches/web/elements.mjs")).measured(plan), plan)));
console.error(`    updates of ${elements.toLocaleString("en")} elements measured, all states as by hand`);
process.stdout.write(JSON.stringify({ samples }));
