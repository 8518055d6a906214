// `node run.mjs PLAN`: decision points under load, each beside a bare handler of its runtime, and searches beside
// evaluations one by one. Prints what was measured as JSON.
//
// All that runs in one kind of runtime is started first, and asked whether it answers rightly; then each is put under
// load for some seconds in turn, round after round. A ratio is that of two turns of one round, and turns are short, so
// that little of what else the machine does lies between them.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { evaluations, KNOWN } from "./data.mjs";
import { load } from "./load.mjs";
import { searches } from "./search.mjs";
import { ASKS, BARE, nodeServers, workers } from "./servers.mjs";

/**
 * How often each is put under load for how long, how often what is there for the reader's information, subjects in the
 * database, and rounds of searches.
 */
const PLANS = {
  whole: { rounds: 20, seconds: 3, informing: 4, subjects: 1_000_000, searches: 9 },
  quick: { rounds: 2, seconds: 2, informing: 1, subjects: 20_000, searches: 3 },
};
const plan = PLANS[process.argv[2]];

const EVALUATION = "/access/v1/evaluation";
const EVALUATIONS = "/access/v1/evaluations";
/** Evaluations in one request, where several are. */
const TOGETHER = 100;
/** How a decision point is asked, and which ones: one by one and again, one by one and never before, together. */
const FORMS = { single: [], new: ["serve", "memory", "cached"], together: ["serve", "memory", "D1", "cached"] };
/** So many questions are asked one by one before anything is timed; all of them are asked together. */
const CHECKED = 500;

const WORK = fileURLToPath(new URL("../../target/bench/", import.meta.url));
mkdirSync(WORK, { recursive: true });

function kept(name, lines) {
  const file = `${WORK}${name}`;
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  return file;
}

/** What a policy is asked, one by one and together; a bare handler is asked the same. */
const asking = new Map();
function asked(times = 1) {
  if (!asking.has(times)) {
    const all = evaluations(times, KNOWN);
    const questions = all.map((each) => each.asked);
    const together = [];
    for (let from = 0; from < questions.length; from += TOGETHER) {
      together.push(JSON.stringify({ evaluations: questions.slice(from, from + TOGETHER) }));
    }
    // Who of one question, and what of another: 100 million, few of which are asked twice.
    const who = questions.map(({ subject }) => `${JSON.stringify({ subject }).slice(0, -1)},`);
    const what = questions.map(({ action, resource }) => JSON.stringify({ action, resource }).slice(1));
    asking.set(times, {
      all,
      single: { path: EVALUATION, bodies: kept(`single-${times}.txt`, questions.map((question) => JSON.stringify(question))) },
      new: { path: EVALUATION, bodies: kept(`who-${times}.txt`, who), ends: kept(`what-${times}.txt`, what) },
      together: { path: EVALUATIONS, bodies: kept(`together-${times}.txt`, together) },
    });
  }
  return asking.get(times);
}

/** Ends the run where a decision point answers one question otherwise than the grants do. */
async function agrees({ name, times, url }) {
  const post = async (path, body) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, init);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const right = ({ asked, decision }, answer) => {
    if (answer.decision === decision) return;
    throw new Error(`${name}, policy ${times}: ${JSON.stringify(asked)} is answered ${JSON.stringify(answer)}`);
  };
  const { all } = asked(times);
  for (const question of all.slice(0, CHECKED)) right(question, await post(EVALUATION, question.asked));
  for (let from = 0; from < all.length; from += TOGETHER) {
    const some = all.slice(from, from + TOGETHER);
    const { evaluations } = await post(EVALUATIONS, { evaluations: some.map(({ asked }) => asked) });
    some.forEach((question, index) => right(question, evaluations[index]));
  }
}

/** Puts all of one runtime under load by turns. */
async function measured(runtime, sides) {
  for (const side of sides) if (side.times !== undefined) await agrees(side);
  // All but one form of the small policy alone: the other one shows the same.
  const isAsked = (side, form) => form === "single" || (FORMS[form].includes(side.name) && side.times === 1);
  const forms = Object.keys(FORMS);
  const rows = sides.flatMap((side) => forms.filter((form) => isAsked(side, form)).map((form) => ({ side, form, turns: [] })));
  // Caches fill and code is compiled before the first round.
  for (const { side, form } of rows) await load(side, asked(side.times)[form], Math.min(plan.seconds, 2));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (let place = 0; place < rows.length; place += 1) {
      const { side, form, turns } = rows[(place + round) % rows.length];
      const isInforming = form !== "single" || side.name === ASKS;
      if (isInforming && round >= plan.informing) continue;
      turns.push(await load(side, asked(side.times)[form], plan.seconds));
    }
    console.error(`    ${runtime}: round ${round + 1} of ${plan.rounds}`);
  }
  return rows.map(({ side: { name, times }, form, turns }) => ({ runtime, name, times, form, turns }));
}

const found = { together: TOGETHER, bare: BARE, ...plan, samples: await searches(plan.searches), sides: [] };

const servers = await nodeServers();
try {
  found.sides.push(...(await measured("Node", servers)));
} finally {
  for (const { stop } of servers) stop();
}

const { sides, seconds, stop } = await workers(plan.subjects);
try {
  found.seeded = seconds;
  found.sides.push(...(await measured("workerd", sides)));
} finally {
  await stop();
}

process.stdout.write(JSON.stringify(found));
