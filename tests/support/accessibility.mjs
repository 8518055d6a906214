// One accessibility set, which the reference evaluator writes out for generated policies, directories and requests (see
// `examples/cases.rs`), and how answers are held against it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

const CASES = 60;
const SEED = process.env.GRANTLET_SEED ?? "1";

/** The reasons of one request say every effect. */
export const effectOf = (reason) => ({ granted: "allow", conditional: "conditional" })[reason] ?? "deny";

const command = ["run", "--quiet", "--profile", "test", "--example", "cases", `${CASES}`, SEED];
const printed = execFileSync("cargo", command, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
export const cases = printed.trimEnd().split("\n").map((line) => JSON.parse(line));

/** Compares one by one, and counts: an assertion for each of so many answers would take longer than the answers. */
export class Comparison {
  answers = 0;
  #wrong = [];

  equal(what, actual, expected) {
    this.answers += 1;
    if (actual !== expected) this.#wrong.push(`${what()}: ${actual} instead of ${expected}`);
  }

  end(t, least) {
    t.diagnostic(`cases: ${cases.length}, answers compared: ${this.answers}`);
    assert.equal(this.#wrong.length, 0, this.#wrong.slice(0, 20).join("\n"));
    assert.ok(this.answers >= least, `${this.answers} answers are too few`);
  }
}

/** Section 7 of the model over the reasons of one request. */
export function stateOf({ show, enable = [], otherwise }, reasonFor) {
  const isOpen = (name) => effectOf(reasonFor(name)) !== "deny";
  if (show.some(isOpen)) {
    const closed = enable.find((name) => !isOpen(name));
    if (closed === undefined) return "enabled";
    return reasonFor(closed) === "entitlement" ? "locked" : "disabled";
  }
  if (show.some((name) => reasonFor(name) === "entitlement")) return "locked";
  return otherwise === "disable" ? "disabled" : "hidden";
}
