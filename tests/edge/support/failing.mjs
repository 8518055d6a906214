// The worker of the example with bindings that fail when they are told to, and that count: what tests bundle in place
// of `src/worker.ts`, beside which this file is put.

import worker, { PolicyVersions as Versions } from "./src/worker";

/**
 * How bindings fail, by their names: `throws`, `hangs`; or, of KV, texts by their keys that it gives for what it has, and
 * of what is written to it (`POLICIES writes`), milliseconds by keys that this takes.
 */
let faults = {};
let asked = {};

/** Asks a binding, unless it fails. */
function at(name, ask) {
  asked[name] = (asked[name] ?? 0) + 1;
  if (faults[name] === "throws") return Promise.reject(new Error(`${name} is down`));
  return faults[name] === "hangs" ? new Promise(() => {}) : ask();
}

const namespace = (name, real) => ({
  get: (key) => at(name, async () => (Object.hasOwn(faults[name] ?? {}, key) ? faults[name][key] : real.get(key))),
  put: (key, text) =>
    at(`${name} writes`, async () => {
      await new Promise((resolve) => setTimeout(resolve, faults[`${name} writes`]?.[key] ?? 0));
      return real.put(key, text);
    }),
});

/** The object that numbers policies is in the same program. */
export class PolicyVersions extends Versions {
  constructor(context, env) {
    super(context, { ...env, POLICIES: namespace("POLICIES", env.POLICIES) });
  }
}

const statement = (name, real) => ({
  real,
  bind: (...values) => statement(name, real.bind(...values)),
  first: () => at(name, async () => (await counted(name, real.all())).results[0] ?? null),
});

const database = (name, real) => ({
  prepare: (sql) => statement(name, real.prepare(sql)),
  batch: (statements) => at(name, () => counted(name, real.batch(statements.map(({ real }) => real)))),
});

/** Counts the rows that were read. */
async function counted(name, asking) {
  const answer = await asking;
  for (const { meta } of [answer].flat().filter((one) => one?.meta)) asked[`${name} rows`] = (asked[`${name} rows`] ?? 0) + meta.rows_read;
  return answer;
}

let wrapped;

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname === "/test/faults") {
      faults = await request.json();
      const counts = asked;
      asked = {};
      return Response.json(counts);
    }
    wrapped ??= {
      ...env,
      POLICIES: namespace("POLICIES", env.POLICIES),
      DIRECTORY: database("DIRECTORY", env.DIRECTORY),
      KEYS: database("KEYS", env.KEYS),
    };
    return worker.fetch(request, wrapped, context);
  },
};
