// Runs the command line as it is built, and holds what it writes to files in `golden/`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const example = fileURLToPath(new URL("example/", import.meta.url));
const program = join(root, "pkg/dist/cli.js");

/** Where a policy or anything else of the repository is. */
export const place = (path) => join(root, path);

/**
 * Runs `grantlet` with these words, at the top of the repository if nothing else is said. Once what it writes holds
 * `until`, it is told to end.
 */
export function grantlet(words, { cwd = root, input, env = {}, command = [process.execPath, program], until } = {}) {
  const { FORCE_COLOR, NO_COLOR, ...rest } = process.env;
  return new Promise((resolve, reject) => {
    const [file, ...first] = command;
    const child = spawn(file, [...first, ...words], { cwd, env: { ...rest, ...env } });
    const written = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      written.out += text;
      if (until !== undefined && written.out.includes(until)) child.kill("SIGTERM");
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (written.err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...written }));
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

/** The same with the words as they are typed: between blanks, or in quotes. */
export function typed(line, options) {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  return grantlet(words, options);
}

/** What a run gave, as a text to compare. */
export function transcript(words, { code, out, err }) {
  return `$ grantlet ${words.join(" ")}\n${out}${err === "" ? "" : `--- stderr\n${err}`}--- exit ${code}\n`;
}

/** Runs and compares with a file; `BLESS=1` writes it anew. */
export async function golden(name, words, options) {
  const found = transcript(words, await grantlet(words, options));
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env.BLESS === "1") writeFileSync(file, found);
  assert.equal(found, readFileSync(file, "utf8"));
}

/** Does the work for each of a list, two at a time: most of it is the start of a program. */
export async function each(list, work) {
  const queue = [...list];
  const worker = async () => {
    while (queue.length > 0) await work(queue.shift());
  };
  await Promise.all([worker(), worker()]);
}

/** A folder of files that is gone when the test is over. */
export function folder(t, files) {
  const path = mkdtempSync(join(tmpdir(), "grantlet-cli-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

export const SYSTEMS = ["copernica", "performanet", "procurios", "sys", "workspaces"];
