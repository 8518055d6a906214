// One thing that is put under load by `wrk`, and what came of it.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("ask.lua", import.meta.url));
/** One thread is enough: it asks several times as fast as any of these servers answers. */
const THREADS = 1;
const CONNECTIONS = 16;

/** Posts the lines of a file for so many seconds; gives requests per second, and microseconds at two percentiles. */
export async function load({ url, bodies }, seconds) {
  const { origin, pathname } = new URL(url);
  const words = ["-t", THREADS, "-c", CONNECTIONS, "-d", seconds, "-s", SCRIPT, origin, "--", bodies, pathname];
  const child = spawn("wrk", words.map(String), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`wrk ended with ${code}: ${said}`);
  const { requests, microseconds, failed, p50, p99 } = JSON.parse(said);
  if (failed !== 0) throw new Error(`${failed} of ${requests} requests to ${url} failed`);
  return { rate: (requests * 1e6) / microseconds, p50, p99 };
}
