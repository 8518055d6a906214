// `grantlet diff`: what a newer policy changes for each role.

import type { Diff } from "../tools.node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { type Paint, paintOf } from "./paint.js";
import { readPolicy } from "./read.js";
import { asJson } from "./report.js";

export const diff: Command = {
  name: "diff",
  usage: "OLD NEW [--json]",
  summary: "what a newer policy changes for each role",
  about: ["For each role the permissions that it gains (+), loses (-), or gives under another condition (~)."],
  options: [JSON_OPTION],
  examples: [{ line: "diff policy.yaml newer.json", about: "before a release" }],
  one: "a role differs",
  least: 2,
  most: 2,
  run,
};

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const older = await readPolicy(call.word(0), call.world);
  const newer = await readPolicy(call.word(1), call.world);
  const { openTools } = await import("../tools.node.js");
  const found = (await openTools(older.text)).diff(newer.text);
  const differs = Object.keys(found.roles).length + found.added.length + found.removed.length > 0;
  if (call.has("json")) out.write(asJson(found));
  else out.write(differs ? text(found, paintOf(out, env)) : "no role differs\n");
  return differs ? 1 : 0;
}

function text({ roles, added, removed }: Diff, paint: Paint): string {
  const lines = [
    ...removed.map((role) => paint.red(`- role ${role}`)),
    ...added.map((role) => paint.green(`+ role ${role}`)),
    ...Object.entries(roles).flatMap(([role, { gained, lost, changed }]) => [
      paint.bold(`  role ${role}`),
      ...lost.map((one) => paint.red(`    - ${one}`)),
      ...gained.map((one) => paint.green(`    + ${one}`)),
      ...changed.map((one) => paint.yellow(`    ~ ${one}`)),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}
