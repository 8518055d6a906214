// The bar: on a terminal alone, after a second, and gone at the end. The clock and the stream are the test's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { transform } from "esbuild";
import { place } from "./support.mjs";

const source = readFileSync(place("pkg/src/cli/progress.ts"), "utf8");
const { code } = await transform(source, { loader: "ts", format: "esm" });
const { Progress } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

function drawn(isTTY, steps) {
  const written = [];
  let time = 0;
  const progress = new Progress({ err: { isTTY, write: (text) => written.push(text) }, now: () => time }, "work", steps.length);
  steps.forEach((step, index) => {
    time += step;
    progress.at(index + 1);
  });
  progress.end();
  return written;
}

const CLEAR = "\r\x1b[2K";

test("nothing for what takes a second or less", () => {
  assert.deepEqual(drawn(true, [300, 300, 399]), []);
});

test("nothing where no terminal is", () => {
  assert.deepEqual(drawn(false, [2000, 2000]), []);
  assert.deepEqual(drawn(undefined, [2000, 2000]), []);
});

test("a bar that grows, is drawn ten times a second at most, and is taken away", () => {
  const written = drawn(true, [1000, 50, 60, 1000]);
  const bar = (full, percent) => `${CLEAR}work ${"█".repeat(full)}${"░".repeat(30 - full)} ${percent} %`;
  assert.deepEqual(written, [bar(8, 25), bar(23, 75), bar(30, 100), CLEAR]);
});
