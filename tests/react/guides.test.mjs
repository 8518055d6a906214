// The guides for React and Next.js: every block of code that names a file stands in that file of the example, as it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

for (const [guide, example] of [["react", "react-vite"], ["nextjs", "nextjs"]]) {
  const text = read(`docs/guides/${guide}.md`);
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]+?)^```$/gm)].map(([, language, code]) => ({ language, code }));

  test(`every block of the guide \`${guide}.md\` is code of its example`, () => {
    const programs = blocks.filter(({ language }) => language !== "sh");
    assert.ok(programs.length >= 6);
    for (const { code } of programs) {
      const [, file, rest] = /^\/\/ (\S+)\n([\s\S]+)$/.exec(code) ?? assert.fail(`a block names no file:\n${code}`);
      const written = read(`examples/${example}/${file}`);
      assert.ok(`\n${written}`.includes(`\n${rest}`), `${file} has no such lines:\n${rest}`);
    }
  });

  test(`the guide \`${guide}.md\` says whose answer is the lock`, () => {
    assert.match(text.replaceAll("\n", " "), /is\s+a courtesy.*\*\*.*(is|are) the lock\*\*/);
  });
}
