// `grantlet`, the command line: finds the command, hands it its words, and turns what it throws into text and an exit
// code. Nobody's mistake is answered with a stack trace.

import { readFileSync } from "node:fs";
import { type Command, readCall } from "./arguments.js";
import { check } from "./check.js";
import { compile } from "./compile.js";
import { diff } from "./diff.js";
import { explain } from "./explain.js";
import { helpOf, helpOfAll } from "./help.js";
import { matrix } from "./matrix.js";
import { didYouMean } from "./nearest.js";
import { isForPeople, paintOf } from "./paint.js";
import { Refused } from "./read.js";
import { recommend } from "./recommend.js";
import { asJson, told } from "./report.js";
import { serve } from "./serve.js";
import { test } from "./test.js";
import { types } from "./types.js";
import { who } from "./who.js";
import { UsageError, type World } from "./world.js";

const COMMANDS: readonly Command[] = [check, test, explain, matrix, recommend, diff, who, types, compile, serve];

async function main(words: readonly string[], world: World): Promise<number> {
  try {
    return await command(words, world);
  } catch (thrown) {
    if (thrown instanceof Refused) return refused(thrown, words.includes("--json"), world);
    const { paint, help } = { paint: paintOf(world.err, world.env), help: (thrown as Partial<UsageError>).help };
    const message = thrown instanceof UsageError ? thrown.message : `this is a fault of grantlet: ${String(thrown)}`;
    world.err.write(`${paint.red("grantlet")}: ${message}\n${help === undefined ? "" : `  ${paint.cyan("help")}: ${help}\n`}`);
    return 2;
  }
}

/** Of a document that is not what it should be, everything that is wrong with it. */
function refused({ findings, sources }: Refused, asks: boolean, { out, err, env }: World): number {
  if (asks) out.write(asJson({ diagnostics: findings }));
  const manner = { paint: paintOf(err, env), isForPeople: isForPeople(err, env) };
  for (const finding of asks ? [] : findings) err.write(told(finding, sources, manner));
  return 1;
}

async function command([first, ...rest]: readonly string[], world: World): Promise<number> {
  const paint = paintOf(world.out, world.env);
  if (first === undefined) throw new UsageError("a command is missing", "`grantlet help` lists them");
  if (first === "--version") {
    world.out.write(`${version()}\n`);
    return 0;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest[0] === undefined)) {
    world.out.write(helpOfAll(COMMANDS, paint));
    return 0;
  }
  const command = found(first === "help" ? (rest[0] ?? "") : first);
  const call = readCall(command, first === "help" ? ["--help"] : rest, world);
  if (!call.has("help")) return command.run(call);
  world.out.write(helpOf(command, paint));
  return 0;
}

function found(name: string): Command {
  const command = COMMANDS.find((one) => one.name === name);
  if (command !== undefined) return command;
  const near = didYouMean(name, [...COMMANDS.map((one) => one.name), "help"]);
  throw new UsageError(`unknown command \`${name}\``, near ?? "`grantlet help` lists them");
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

// Whoever reads along may have had enough before the end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}
process.exitCode = await main(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  stdin: process.stdin,
  env: process.env,
  now: Date.now,
});
