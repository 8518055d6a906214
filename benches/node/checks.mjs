// `node --no-turbo-inline-js-wasm-calls checks.mjs PLAN`: checks and sessions in one process, of all engines, at the
// policy's own size; then the growth of checks and sessions with the policy. Prints the samples as JSON.
//
// Without the flag Node 20 aborts where it deoptimises within an inlined call of a module that returns an object, as
// Cedar's does.

import { scenario } from "../scenario.mjs";
import { agree } from "../measure/agree.mjs";
import { tasksOf } from "../measure/checks.mjs";
import { interleaved } from "../measure/task.mjs";
import * as casbin from "../engines/casbin.mjs";
import * as casl from "../engines/casl.mjs";
import * as cedar from "../engines/cedar.mjs";
import * as handle from "../engines/grantlet-handle.mjs";
import * as grantlet from "../engines/grantlet.mjs";
import * as permix from "../engines/permix.mjs";
import { PLANS } from "./plan.mjs";

const plan = PLANS[process.argv[2]];
const ENGINES = [casl, permix, casbin, cedar, grantlet, handle];

let answers = 0;
for (const times of plan.sizes) {
  for (const engine of ENGINES) answers += await agree(engine, times);
}
console.error(`    all engines agree on ${answers.toLocaleString("en")} answers`);

const tasks = [];
for (const engine of ENGINES) {
  tasks.push(...(await tasksOf(engine, scenario(), ["allow", "deny", "condition", "page", "session", "again", "load", "bytes"])));
}
const once = await interleaved(tasks, plan);
console.error("    checks and sessions measured");

const growing = [];
for (const times of plan.sizes) {
  const policy = scenario(times);
  for (const engine of ENGINES) {
    growing.push(...(await tasksOf(engine, policy, ["session", "load", "bytes"], ` at ${times}`)));
    if (!engine.unconditional) growing.push(...(await tasksOf(engine, policy, ["allow"], ` at ${times}`)));
  }
}
const grown = await interleaved(growing, { ...plan, rounds: plan.growthRounds });
console.error("    growth measured");

process.stdout.write(JSON.stringify({ answers, samples: [...once, ...grown] }));
