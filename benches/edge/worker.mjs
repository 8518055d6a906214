// A worker that is a decision point, over a directory in memory or in D1. It is made with the first request, because a
// policy is loaded by then.

import { loadPolicy } from "grantlet";
import { authzenHandler, cached, d1Directory, memoryDirectory } from "grantlet/authzen";
import { directory, policy } from "./data.mjs";

const DIRECTORIES = {
  memory: () => memoryDirectory(directory()),
  D1: ({ DB }) => d1Directory(DB),
  cached: ({ DB }) => cached(d1Directory(DB)),
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
