// The quick start of the README at the top, run as it stands there: the first blocks as one program.

import assert from "node:assert/strict";
import test from "node:test";
import * as grantlet from "grantlet";
import * as authzen from "grantlet/authzen";
import * as client from "grantlet/client";
import { claims, program } from "./readme.mjs";

test("the quick start does what its comments say", async () => {
  const { code, count } = claims(program);
  assert.ok(count >= 24);
  let met = 0;
  const claim = (expected, actual) => {
    assert.equal(actual, expected);
    met += 1;
  };
  const source = code.replace(/^import \{(.+)\} from (".+");$/gm, "const {$1} = entries[$2];");
  const entries = { grantlet, "grantlet/authzen": authzen, "grantlet/client": client };
  await new Function("entries", "claim", `return (async () => {${source}})();`)(entries, claim);
  assert.equal(met, count);
});
