// The decision point in process.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { authzenHandler, memoryDirectory } from "grantlet/authzen";
import { checks, directory, policy } from "./certification/checks.mjs";
import { counted, MATRIX } from "./certification/matrix.mjs";

const base = "https://pdp.example.com";
const handler = authzenHandler({ policy: await loadPolicy(policy), directory: memoryDirectory(directory) });
const send = (path, init) => handler(new Request(`${base}${path}`, init));

test("the checks are those of the scenario, no more and no fewer", () => assert.deepEqual(counted(checks), MATRIX));

for (const { name, run } of checks) test(name, () => run({ base, send }));
