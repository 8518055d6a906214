// `node cold.mjs PLAN`: the start in a fresh process, of each engine in turn. Prints the milliseconds as samples in JSON.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as casbin from "../engines/casbin.mjs";
import * as casl from "../engines/casl.mjs";
import * as cedar from "../engines/cedar.mjs";
import * as grantlet from "../engines/grantlet.mjs";
import * as permix from "../engines/permix.mjs";
import { questions, scenario } from "../scenario.mjs";
import { PLANS } from "./plan.mjs";

const plan = PLANS[process.argv[2]];
const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = place("../../target/bench/");
mkdirSync(folder, { recursive: true });

const policy = scenario();
const [first] = questions(policy).allow;

async function start(name, engine, form = "json", written = engine.write(policy)) {
  const file = `${folder}${name}.${form}`;
  writeFileSync(file, form === "json" ? JSON.stringify(written) : written);
  const question = (engine.question ?? ((asked) => asked))(first).filter((part) => part !== undefined);
  const words = [place("cold-child.mjs"), name, file, form, JSON.stringify(question)];
  return { group: form === "bytes" ? "cold from bytes" : "cold", engine: engine.name, words, samples: [] };
}

const starts = [
  await start("casl", casl),
  await start("permix", permix),
  await start("casbin", casbin),
  await start("cedar", cedar),
  await start("grantlet", grantlet, "text"),
  await start("grantlet", grantlet, "bytes", await grantlet.compile(grantlet.write(policy))),
];

for (let round = 0; round < plan.coldRounds; round += 1) {
  for (let place = 0; place < starts.length; place += 1) {
    const { words, samples } = starts[(place + round) % starts.length];
    const child = spawnSync(process.execPath, words, { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    samples.push(Number(child.stdout));
  }
}
console.error("    cold starts measured");

process.stdout.write(JSON.stringify({ samples: starts.map(({ group, engine, samples }) => ({ group, engine, samples })) }));
