// The questions in the README of the policies, asked as they stand there: each block of code prints what the block behind
// it says, letter by letter. `BLESS=1` writes down what is printed; whoever does so reads the difference.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as files from "node:fs/promises";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import * as grantlet from "grantlet";
import * as tools from "grantlet/tools";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = new URL("../../policies/README.md", import.meta.url);

const MODULES = { "node:fs/promises": files, grantlet, "grantlet/tools": tools };

/** The code that all questions share, and each question with its code and what it prints. */
const SETUP = /^```js\n([\s\S]+?)^```$/m;
const QUESTION = /^#### (.+)\n\n```js\n([\s\S]+?)^```\n\n```text\n([\s\S]*?)^```$/gm;

const KINDS = { recommend: /\.recommend\(/, who: /\.who\(/, diff: /\.diff\(/, explain: /\.decide\(/ };

/** One program of all blocks, each followed by a call of `next`. */
function program(blocks) {
  const code = blocks.map((block) => `${block}\nnext();\n`).join("");
  return code.replace(/^import (\{.+\}) from "(.+)";$/gm, 'const $1 = modules["$2"];');
}

/** What each block of the program prints. */
async function outputs(blocks) {
  const all = [];
  let lines = [];
  const console = { log: (...values) => lines.push(`${format(...values)}\n`) };
  const next = () => {
    all.push(lines.join(""));
    lines = [];
  };
  const before = process.cwd();
  process.chdir(root);
  try {
    const run = new Function("modules", "console", "next", `return (async () => {${program(blocks)}})();`);
    await run(MODULES, console, next);
  } finally {
    process.chdir(before);
  }
  return all;
}

test("every question is answered as the README says", async (t) => {
  const text = readFileSync(readme, "utf8");
  const [, setup] = SETUP.exec(text);
  const questions = [...text.matchAll(QUESTION)].map(([, question, code, output]) => ({ question, code, output }));
  const [silence, ...printed] = await outputs([setup, ...questions.map(({ code }) => code)]);
  assert.equal(silence, "");
  if (process.env.BLESS) {
    let number = 0;
    const blessed = text.replace(QUESTION, (_, question, code) => {
      const output = printed[number++];
      return `#### ${question}\n\n\`\`\`js\n${code}\`\`\`\n\n\`\`\`text\n${output}\`\`\``;
    });
    writeFileSync(readme, blessed);
    return;
  }
  questions.forEach(({ question, output }, number) => assert.equal(printed[number], output, question));
  t.diagnostic(`questions: ${questions.length}`);
});

test("each page has three questions, and every kind of answer occurs twice", () => {
  const text = readFileSync(readme, "utf8");
  const parts = text.split(/^### /m).slice(1);
  assert.equal(parts.length, 5);
  const codes = [];
  for (const part of parts) {
    const questions = [...part.matchAll(QUESTION)];
    assert.equal(questions.length, 3, part.split("\n", 1)[0]);
    for (const [, question, code, output] of questions) {
      assert.match(question, /\?$/);
      assert.notEqual(output, "");
      codes.push(code);
    }
  }
  for (const [kind, call] of Object.entries(KINDS)) {
    assert.ok(codes.filter((code) => call.test(code)).length >= 2, kind);
  }
});
