// The decision point in process, held to the certification's checks and to the todo scenario.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { authzenHandler, memoryDirectory } from "grantlet/authzen";
import * as certification from "./certification/checks.mjs";
import { counted, MATRIX } from "./certification/matrix.mjs";
import * as todo from "./todo/cases.mjs";

const base = "https://pdp.example.com";

test("the checks are those of the scenario, no more and no fewer", () => {
  assert.deepEqual(counted(certification.checks), MATRIX);
  assert.equal(todo.checks.length, 43);
});

for (const { policy, directory, checks } of [certification, todo]) {
  const handler = authzenHandler({ policy: await loadPolicy(policy), directory: memoryDirectory(directory) });
  const send = (path, init) => handler(new Request(`${base}${path}`, init));
  for (const { name, run } of checks) test(name, () => run({ base, send }));
}
