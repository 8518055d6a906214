// The blocks of code in the README at the top.

import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** Those in a language. */
export const blocks = (language) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]+?)^\`\`\``, "gm"))].map(([, code]) => code);

const scripts = blocks("js");

const isOfTools = (code) => code.includes('"grantlet/tools"');

/** The program of the quick start. */
export const program = scripts.slice(0, -1).filter((code) => !isOfTools(code)).join("\n");
/** The questions over its policy. */
export const questions = scripts.find(isOfTools);
/** The policy and the subject that the page's script takes from it. */
export const documents = [/^const written = definePolicy\([\s\S]+?^}\);$/m, /^const anna = [\s\S]+?^};$/m].map(
  (part) => part.exec(program)[0],
);
/** What the README has for a page. */
export const page = { html: blocks("html")[0], script: scripts.at(-1) };

/** An expression and the value that a comment says it has. */
const CLAIM = /^((?:session|client|again|members|because|new|cells|best|tools|who|answer)\b.+); \/\/ (true|false|undefined|\d+|"[^"]+").*$/gm;

/** The same code with each claim as a call of `claim(expected, actual)`, and how many there are. */
export function claims(code) {
  return { code: code.replace(CLAIM, "claim($2, $1);"), count: [...code.matchAll(CLAIM)].length };
}
