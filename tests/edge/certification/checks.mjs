// The certification of a decision point of the AuthZEN Authorization API 1.0: every check of the scenario, as functions
// that run against any decision point which answers from `policy.json` and `directory.json`.
//
// A point is `{ base, send(path, init) }`: the identifier of the decision point, an https URL without a slash at its
// end, and a function that sends a request to a path of its host and gives the response, both as fetch has them.
// `checks` are `{ level, id, name, run(point) }`, where the id is the section of the scenario.

import { readFileSync } from "node:fs";
import { basicCore, basicProperties, rules } from "./basic.mjs";
import { batchCore, batchProperties } from "./batch.mjs";
import { discovery } from "./discovery.mjs";
import { searchCore, searchProperties } from "./search.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

/** What the decision point has to answer from. */
export const policy = read("policy.json");
export const directory = read("directory.json");

const LEVELS = {
  "Basic Core": [...rules, ...basicCore],
  "Basic Properties": basicProperties,
  "Batch Core": batchCore,
  "Batch Properties": batchProperties,
  "Search Core": searchCore,
  "Search Properties": searchProperties,
  Discovery: discovery,
};

export const checks = Object.entries(LEVELS).flatMap(([level, cases]) =>
  cases.map(({ id, claim, run }) => ({ level, id, name: `${level}: ${id} ${claim}`, run })),
);
