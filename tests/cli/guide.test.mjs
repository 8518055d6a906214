// The guide's commands give what stands below them, and its files are those of the example. `BLESS=1` writes both anew.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { parse } from "yaml";
import { example, folder, grantlet, place, typed } from "./support.mjs";

const path = place("docs/guides/command-line.md");
const BLOCK = /^```(console|yaml|ts)(?: (\S+))?\n([\s\S]*?)^```$/gm;
const guide = () => readFileSync(path, "utf8");

/** What a block of commands looks like when they are run. */
async function ran(commands, cwd) {
  let text = "";
  for (const command of commands) {
    const { out, err } = await typed(command, { cwd });
    text += `$ npx grantlet ${command}\n${out}${err}`;
  }
  return text;
}

test("every command of the guide gives what stands below it, and every file is that of the example", async (t) => {
  const cwd = folder(t, {});
  cpSync(example, cwd, { recursive: true });
  let written = guide();
  let count = 0;
  for (const [block, language, name, content] of written.matchAll(BLOCK)) {
    if (language === "ts" || name === "workflow") continue;
    count += 1;
    const commands = [...content.matchAll(/^\$ npx grantlet (.+)$/gm)].map(([, line]) => line);
    const expected = language === "console" ? await ran(commands, cwd) : readFileSync(join(example, name), "utf8");
    const head = block.slice(0, block.indexOf("\n") + 1);
    if (process.env.BLESS === "1") written = written.replace(block, () => `${head}${expected}\`\`\``);
    else assert.equal(content, expected);
  }
  if (process.env.BLESS === "1") writeFileSync(path, written);
  assert.ok(count > 20, `${count} blocks`);
  assert.ok(existsSync(join(cwd, "policy.bin")) && existsSync(join(cwd, "policy.d.ts")));
});

test("the guide has every command", async () => {
  const { out } = await grantlet(["help"]);
  const listed = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
  const headed = [...guide().matchAll(/^## ([a-z]+): /gm)].map(([, name]) => name);
  assert.deepEqual(headed, listed);
});

test("the workflow's steps are commands that pass", async () => {
  const [, , , content] = [...guide().matchAll(BLOCK)].find(([, , name]) => name === "workflow");
  const steps = parse(content).jobs.policy.steps.map(({ run }) => run).filter((run) => run?.startsWith("npx grantlet "));
  assert.equal(steps.length, 2);
  for (const step of steps) assert.equal((await typed(step.slice("npx grantlet ".length), { cwd: example })).code, 0, step);
});

test("the program of the guide is as typed as it claims", async (t) => {
  mkdirSync(place("target"), { recursive: true });
  const cwd = mkdtempSync(place("target/cli-guide-"));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const [, , , program] = [...guide().matchAll(BLOCK)].find(([, language]) => language === "ts");
  const compilerOptions = { strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["ES2022", "DOM", "ESNext.Disposable"], types: [] };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
  writeFileSync(join(cwd, "program.ts"), `${program}export {};\n`);
  await grantlet(["types", join(example, "policy.yaml"), "-o", join(cwd, "policy.d.ts")]);
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", "."], { cwd, encoding: "utf8" });
  assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
});

test("the problem matcher finds every finding in the text, and nothing else", async () => {
  const { problemMatcher: [{ pattern: [pattern] }] } = JSON.parse(readFileSync(place("pkg/grantlet.problem-matcher.json"), "utf8"));
  for (const file of ["unknown-keys", "missing-keys", "conditions-with-faults"]) {
    const policy = `tests/cases/broken/${file}.json`;
    const { out } = await grantlet(["check", policy]);
    const regexp = new RegExp(pattern.regexp);
    const found = out.split("\n").map((line) => regexp.exec(line)).filter(Boolean).map((match) => {
      const group = (name) => match[pattern[name]];
      return [group("file"), Number(group("line")), Number(group("column")), group("severity"), group("code"), group("message")];
    });
    const { policies: [{ diagnostics }] } = JSON.parse((await grantlet(["check", "--json", policy])).out);
    assert.deepEqual(found, diagnostics.map(({ file, line, column, severity, code, message }) => [file, line, column, severity, code, message]));
  }
});
