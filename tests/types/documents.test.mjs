// The declarations of documents are those that the policy is read along.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("pkg/src/documents.ts is what the tables of document::shape say", () => {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 };
  const printed = execFileSync("cargo", ["run", "--quiet", "--example", "documents"], options);
  const written = readFileSync(new URL("../../pkg/src/documents.ts", import.meta.url), "utf8");
  assert.equal(written, printed, "run `cargo run -q --example documents > pkg/src/documents.ts`");
});
