// The guide that leads from CASL: its chapters, their blocks of code, and the answers that the comments claim.

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transformSync } from "esbuild";

const text = readFileSync(new URL("../../docs/casl.md", import.meta.url), "utf8");
const folder = fileURLToPath(new URL("../../target/casl/", import.meta.url));

/** A statement and the value that a comment says it has. */
const CLAIM = /^(\S.*); \/\/ (true|false|\d+|\[.*\]|".*")$/gm;

/** By title: what a chapter says, and its blocks of code. */
export const chapters = text.split(/^##+ /m).slice(1).map((chapter) => {
  const [title] = chapter.split("\n");
  const blocks = [...chapter.matchAll(/^```(jsx?)\n([\s\S]+?)^```$/gm)].map(([, language, code]) => ({ language, code }));
  return { title, prose: chapter.replace(/^```[\s\S]+?^```$/gm, ""), blocks };
});

/** The rows of a chapter's table, without their head. */
export const rows = (chapter) =>
  chapter.prose.split("\n").filter((line) => line.startsWith("|")).slice(2)
    .map((line) => line.slice(1, -1).split(/(?<=`) \| (?=`)/).map((cell) => cell.trim().replace(/^`|`$/g, "")));

/** By chapter: where a link to it leads. */
export const anchors = chapters.map(({ title }) => title.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-"));
/** The rows of the table before the first chapter. */
export const overview = text.split(/^## /m)[0].split("\n").filter((line) => line.startsWith("|")).slice(2);

/** A folder in which CASL is the version that `@casl/vue` goes with. */
function withCasl6() {
  const place = join(folder, "casl-6");
  mkdirSync(place, { recursive: true });
  const link = join(place, "node_modules");
  rmSync(link, { force: true });
  symlinkSync(fileURLToPath(new URL("casl-6/node_modules", import.meta.url)), link);
  return place;
}

/** Runs a block as a module of its own: what it claims, and what comes out. */
export async function run({ language, code }, name) {
  const claims = [];
  const claimed = code.replace(CLAIM, (_, expression, expected) => {
    claims.push(JSON.parse(expected));
    return `answer(${expression});`;
  });
  const { code: script } = transformSync(`export const answers = [];\nconst answer = (value) => answers.push(value);\n${claimed}`, {
    loader: language,
    jsx: "automatic",
  });
  const file = join(code.includes('"@casl/vue"') ? withCasl6() : folder, `${name}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, script);
  const { answers } = await import(pathToFileURL(file).href);
  return { claims, answers };
}
