// One thing that is put under load by `wrk`, and what came of it.

import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("ask.lua", import.meta.url));
/** One thread is enough: it asks several times as fast as any of these servers answers. */
const THREADS = 1;
const CONNECTIONS = 16;
/** Seconds that an answer may take. */
const PATIENCE = 10;

const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Seconds of a processor that a process has taken so far; not a number where the system does not say. */
function spent(pid) {
  try {
    // What stands before is the name, in which anything may stand.
    const after = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop().split(" ");
    return (Number(after[11]) + Number(after[12])) / TICKS;
  } catch {
    return NaN;
  }
}

/**
 * Posts the lines of a file for so many seconds, each with one of another file behind it where there is one. Gives
 * requests per second, microseconds at two percentiles of the latency, and microseconds of a processor that the server
 * took for a request.
 */
export async function load({ url, pid }, { path, bodies, ends }, seconds) {
  const words = ["-t", THREADS, "-c", CONNECTIONS, "-d", seconds, "--timeout", PATIENCE, "-s", SCRIPT, url, "--", path, bodies, ...(ends === undefined ? [] : [ends])];
  const before = spent(pid);
  const child = spawn("wrk", words.map(String), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`wrk ended with ${code}: ${said}`);
  const { requests, microseconds, failed, p50, p99 } = JSON.parse(said);
  // A database that stands still for some seconds has a directory give up, which denies. More than that is no figure.
  if (failed > requests / 100) throw new Error(`${failed} of ${requests} requests to ${url} failed`);
  return { rate: (requests * 1e6) / microseconds, p50, p99, cpu: ((spent(pid) - before) * 1e6) / requests };
}
