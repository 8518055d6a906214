// The quick start of the package's README, run as it stands there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as grantlet from "grantlet";

const readme = readFileSync(new URL("../../pkg/README.md", import.meta.url), "utf8");

/** A call and the value that a comment says it gives. */
const CLAIM = /^(session\..+); \/\/ (true|false|"[^"]+").*$/gm;

test("the quick start does what its comments say", async () => {
  const [, code] = /```js\n(import \{ definePolicy[\s\S]+?)```/.exec(readme);
  const claims = [...code.matchAll(CLAIM)];
  assert.ok(claims.length >= 6);
  const program = code
    .replace(/^import \{(.+)\} from "grantlet";$/m, "const {$1} = grantlet;")
    .replace(CLAIM, "claim($2, $1);");
  const run = new Function("grantlet", "claim", `return (async () => {${program}})();`);
  let met = 0;
  await run(grantlet, (expected, actual) => {
    assert.equal(actual, expected);
    met += 1;
  });
  assert.equal(met, claims.length);
});
