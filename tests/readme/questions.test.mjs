// The questions over a policy in the README at the top, asked as they stand there of the quick start's policy.

import assert from "node:assert/strict";
import test from "node:test";
import { openTools } from "grantlet/tools";
import { claims, documents, questions } from "./readme.mjs";

test("the questions are answered as their comments say", async () => {
  const { code, count } = claims(questions);
  assert.ok(count >= 9);
  let met = 0;
  const claim = (expected, actual) => {
    assert.equal(actual, expected);
    met += 1;
  };
  const program = [...documents, code].join("\n").replace(/^import \{ openTools \} from "grantlet\/tools";$/m, "");
  const run = new Function("definePolicy", "openTools", "claim", `return (async () => {${program}})();`);
  await run((policy) => policy, openTools, claim);
  assert.equal(met, count);
});
