// What is put under load: servers of Node's, each a process of its own, and workers in one process of workerd.

import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { scratch } from "../../tests/runtimes/support/pack.mjs";
import { bundled } from "../../tests/runtimes/support/wrangler.mjs";
import { directory, policy, TIMES } from "./data.mjs";
import { SCHEMA, seed } from "./seed.mjs";

const { Miniflare } = createRequire(new URL("../../tests/runtimes/package.json", import.meta.url))("miniflare");
const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const WORK = place("../../target/bench/");
const DATE = "2026-04-01";

export const BARE = "bare";
/** One that reads what no decision point can do without: of the headers how long the body is, its form, and the id. */
export const READS = "bare, reads headers and body";
const READ = ["content-length", "content-type", "x-request-id"];
export const ASKS = "bare, asks D1";

/** Starts a program of Node's, and waits until it says where it is. */
async function started(words) {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`\`${words.join(" ")}\` ended with ${code}`)));
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { url, pid: child.pid, stop: () => child.removeAllListeners("exit").kill() };
}

function kept(name, content) {
  const file = `${WORK}${name}`;
  writeFileSync(file, content);
  return file;
}

/** The servers of Node's: each with its process and its policy, and a bare one without. */
export async function nodeServers() {
  const known = kept("directory.json", JSON.stringify(directory()));
  const bare = place("bare.mjs");
  const serve = async (times) => {
    const file = kept(`policy-${times}.json`, JSON.stringify(policy(times)));
    const words = [place("../../pkg/dist/cli.js"), "serve", "--policy", file, "--directory", known, "--port", "0"];
    return { name: "serve", times, ...(await started(words)) };
  };
  return [
    { name: BARE, ...(await started([bare])) },
    { name: READS, ...(await started([bare, ...READ])) },
    ...(await Promise.all(TIMES.map(serve))),
  ];
}

const ANSWER = `'{"decision":true,"context":{"reason":"granted"}}'`;
const answering = (before, body) => `const ANSWER = ${ANSWER};
const INIT = { headers: { "content-type": "application/json" } };
export default { async fetch(request, { DB }) { ${before} return ${body}; } };`;
const constant = "new Response(ANSWER, INIT)";
const BARE_WORKERS = [
  [BARE, `const ANSWER = ${ANSWER};
export default { fetch: () => new Response(ANSWER, { headers: { "content-type": "application/json" } }) };`],
  [READS, answering(`const { headers, method, url } = request;
for (const name of ${JSON.stringify(READ)}) headers.get(name);
await request.text();`, constant)],
  [ASKS, answering(`await request.text(); await DB.prepare("SELECT id FROM subjects WHERE id = ?").bind("u-42").first();`, constant)],
];

/** What the worker is made of, beside grantlet. */
const FILES = ["edge/worker.mjs", "edge/data.mjs", "scenario.mjs", "engines/grantlet.mjs"];

/** The workers, and the seconds that filling the database took: each has a socket of its own, with no worker before it. */
export async function workers(subjects) {
  const project = scratch("bench-edge", {
    files: Object.fromEntries(FILES.map((name) => [name, readFileSync(place(`../${name}`), "utf8")])),
    packages: [],
  });
  const modules = bundled(project, "edge/worker.mjs", DATE);
  const common = {
    compatibilityDate: DATE,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    d1Databases: { DB: "directory" },
  };
  const made = [];
  for (const [name, script] of BARE_WORKERS) made.push([{ name }, { modules: true, script }]);
  for (const DIRECTORY of ["memory", "D1", "cached"]) {
    for (const times of TIMES) {
      made.push([{ name: DIRECTORY, times }, { modules, modulesRoot: "/", bindings: { TIMES: times, DIRECTORY } }]);
    }
  }
  const database = `${WORK}d1-${SCHEMA}-${subjects}`;
  const miniflare = new Miniflare({
    cf: false,
    telemetry: { enabled: false },
    d1Persist: database,
    workers: made.map(([, options], index) => ({ name: `worker-${index}`, ...common, ...options })),
  });
  const noted = `${database}.json`;
  const took = await seed(await miniflare.getD1Database("DB", "worker-0"), subjects);
  if (took !== undefined) writeFileSync(noted, JSON.stringify(took));
  const seconds = JSON.parse(readFileSync(noted, "utf8"));
  const [pid] = execFileSync("pgrep", ["-P", String(process.pid), "workerd"], { encoding: "utf8" }).split("\n");
  const started = made.map(async ([side], index) => {
    const { origin } = await miniflare.unsafeGetDirectURL(`worker-${index}`);
    return { ...side, url: origin, pid: Number(pid), stop: () => {} };
  });
  return { sides: await Promise.all(started), seconds, stop: () => miniflare.dispose() };
}
