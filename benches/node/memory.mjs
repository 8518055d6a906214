// `node memory.mjs PLAN`: memory of policies and sessions, each in a process of its own. Prints the bytes as JSON.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as grantlet from "../engines/grantlet.mjs";
import { scenario } from "../scenario.mjs";
import { PLANS } from "./plan.mjs";

const plan = PLANS[process.argv[2]];
const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = place("../../target/bench/");
mkdirSync(folder, { recursive: true });

function child(engine, times, ...form) {
  const words = ["--expose-gc", place("memory-child.mjs"), engine, String(times), ...form];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const memory = [];
for (const times of plan.sizes) {
  const file = `${folder}policy-${times}.bytes`;
  writeFileSync(file, await grantlet.compile(grantlet.write(scenario(times))));
  memory.push({ engine: "grantlet", form: "text", times, ...child("grantlet", times, "text") });
  memory.push({ engine: "grantlet", form: "bytes", times, ...child("grantlet", times, "bytes", file) });
}
for (const [name, engine] of [["CASL", "casl"], ["permix", "permix"], ["casbin", "casbin"], ["Cedar", "cedar"]]) {
  memory.push({ engine: name, form: "text", times: 1, ...child(engine, 1, "text") });
}
console.error("    memory measured");

process.stdout.write(JSON.stringify({ memory }));
