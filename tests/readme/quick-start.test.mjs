// The quick start of the README at the top, run as it stands there: the first blocks as one program.

import assert from "node:assert/strict";
import test from "node:test";
import * as grantlet from "grantlet";
import { claims, program } from "./readme.mjs";

test("the quick start does what its comments say", async () => {
  const { code, count } = claims(program);
  assert.ok(count >= 16);
  let met = 0;
  const claim = (expected, actual) => {
    assert.equal(actual, expected);
    met += 1;
  };
  const source = code.replace(/^import \{(.+)\} from "grantlet";$/m, "const {$1} = grantlet;");
  await new Function("grantlet", "claim", `return (async () => {${source}})();`)(grantlet, claim);
  assert.equal(met, count);
});
