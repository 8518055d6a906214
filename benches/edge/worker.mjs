// A worker that is a decision point, over a directory in memory or in D1. It is made with the first request, because a
// policy is loaded by then.

import { loadPolicy } from "grantlet";
import { authzenHandler, cached, d1Directory, memoryDirectory } from "grantlet/authzen";
import { directory, KNOWN, policy } from "./data.mjs";

/** Longer than all rounds: what is shown is a cache that is warm. */
const HOUR = 3_600_000;

const DIRECTORIES = {
  memory: () => memoryDirectory(directory()),
  D1: ({ DB }) => d1Directory(DB),
  cached: ({ DB }) => cached(d1Directory(DB), { milliseconds: HOUR, most: KNOWN }),
};

let making;
let handler;

async function make(env) {
  const loaded = await loadPolicy(policy(env.TIMES));
  handler = authzenHandler({ policy: loaded, directory: DIRECTORIES[env.DIRECTORY](env) });
}

async function first(request, env) {
  await (making ??= make(env));
  return handler(request);
}

export default { fetch: (request, env) => (handler === undefined ? first(request, env) : handler(request)) };
