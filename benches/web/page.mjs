// What is measured inside a page: the same tasks as in Node.

import { scenario } from "../scenario.mjs";
import { agree } from "../measure/agree.mjs";
import { tasksOf } from "../measure/checks.mjs";
import { interleaved } from "../measure/task.mjs";
import * as casbin from "../engines/casbin.mjs";
import * as casl from "../engines/casl.mjs";
import * as cedar from "../engines/cedar-web.mjs";
import * as handle from "../engines/grantlet-handle.mjs";
import * as grantlet from "../engines/grantlet.mjs";
import * as permix from "../engines/permix.mjs";

/** Checks and sessions of all engines, and at 1 and 1,000 times the grants those of CASL and grantlet. */
export async function measured(plan) {
  const engines = [casl, permix, casbin, cedar, grantlet, handle];
  let answers = 0;
  for (const engine of engines) answers += await agree(engine, 1);
  for (const engine of [casl, grantlet]) answers += await agree(engine, 1000);

  const tasks = [];
  for (const engine of engines) {
    tasks.push(...(await tasksOf(engine, scenario(), ["allow", "deny", "condition", "page", "session", "again", "load", "bytes"])));
  }
  const once = await interleaved(tasks, plan);
  const growing = [];
  for (const times of [1, 1000]) {
    for (const engine of [casl, grantlet]) {
      growing.push(...(await tasksOf(engine, scenario(times), ["allow", "session", "load", "bytes"], ` at ${times}`)));
    }
  }
  return { answers, samples: [...once, ...(await interleaved(growing, { ...plan, rounds: plan.growthRounds }))] };
}
