// `node chromium.mjs PLAN`: in Chromium without a window, what `page.mjs` measures, and the start of engines in fresh
// pages with nothing in the cache. Prints the samples as JSON.

import * as casl from "../engines/casl.mjs";
import * as grantlet from "../engines/grantlet.mjs";
import { PLANS } from "../node/plan.mjs";
import { questions, scenario } from "../scenario.mjs";
import { within } from "./browser.mjs";

const plan = PLANS[process.argv[2]];
const policy = scenario();
const [first] = questions(policy).allow;
const text = grantlet.write(policy);
const documents = {
  "/casl.json": JSON.stringify(casl.write(policy)),
  "/policy.json": text,
  "/policy.bytes": Buffer.from(await grantlet.compile(text)),
};

await within(documents, async (open) => {
  const { answers, samples } = await open((page) =>
    page.evaluate(async (plan) => (await import("/benches/web/page.mjs")).measured(plan), plan));
  console.error(`    all engines agree on ${answers.toLocaleString("en")} answers; checks, sessions and growth measured`);

  const asked = grantlet.question(first).slice(0, 1);
  const starts = [
    ["cold", "CASL", { name: "casl", form: "json", address: "/casl.json", question: first.slice(0, 2) }],
    ["cold", "grantlet", { name: "grantlet", form: "text", address: "/policy.json", question: asked }],
    ["cold from bytes", "grantlet", { name: "grantlet", form: "bytes", address: "/policy.bytes", question: asked }],
  ].map(([group, engine, how]) => ({ group, engine, how, samples: [] }));
  for (let round = 0; round < plan.coldRounds; round += 1) {
    for (let place = 0; place < starts.length; place += 1) {
      const { how, samples } = starts[(place + round) % starts.length];
      samples.push(await open((page) =>
        page.evaluate(async (how) => (await import("/benches/web/cold.mjs")).start(how), how)));
    }
  }
  console.error("    cold starts measured");
  for (const { group, engine, samples: taken } of starts) samples.push({ group, engine, samples: taken });
  process.stdout.write(JSON.stringify({ answers, samples }));
});
