// `grantlet who`: whom of a directory a permission is given.

import { type Context, loadPolicy, type Policy, type PolicyDocument } from "../node.js";
import { PolicyError } from "../tools.node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { directoryOf } from "./directory.js";
import { CONTEXT_OPTIONS, contextOf, REQUEST_OPTIONS, requestOf } from "./facts.js";
import { didYouMean } from "./nearest.js";
import { paintOf } from "./paint.js";
import { Progress } from "./progress.js";
import { readDocument, readPolicy, type Source } from "./read.js";
import { asJson, visible } from "./report.js";
import { UsageError } from "./world.js";

export const who: Command = {
  name: "who",
  usage: "POLICY --directory FILE PERMISSION [--context FILE] [--scope SCOPE] [--resource FILE] [--action FILE] [--now TIME] [--json]",
  summary: "the subjects of a directory that may",
  about: [
    "The ids of the subjects for whom the decision is allow, and of those for whom it depends on the record.",
    'A directory is `{ "context"?: context, "subjects": [subject…] }`; `--context` stands for the one in it.',
  ],
  options: [
    { name: "directory", value: "FILE", about: "the subjects that there are" },
    ...CONTEXT_OPTIONS.slice(0, 1),
    ...REQUEST_OPTIONS,
    ...CONTEXT_OPTIONS.slice(1),
    JSON_OPTION,
  ],
  examples: [
    { line: "who policy.yaml --directory directory.yaml crm.relation:edit", about: "who may edit relations everywhere" },
    {
      line: "who policy.yaml --directory directory.yaml --scope workspace:north --resource '{ owner: anna }' crm.relation:edit",
      about: "who may edit a record of hers, there",
    },
  ],
  one: "a document is not what it should be",
  least: 2,
  most: 2,
  run,
};

/** How many subjects are asked about at once. Their text is bounded, and between two rounds the bar is drawn. */
const ROUND = 500;

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const { text } = await readPolicy(call.word(0), call.world);
  const policy: Policy<PolicyDocument> = await loadPolicy(text);
  const permission = call.word(1);
  if (!policy.permissions.includes(permission)) {
    throw new UsageError(`the policy has no permission \`${permission}\``, didYouMean(permission, policy.permissions));
  }
  const source = await readDocument(call.need("directory", "say who there is with `--directory FILE`"), call.world);
  const { subjects, context: own } = directoryOf(source);
  const { context } = await contextOf(call, policy, own === undefined ? undefined : source.part("/context"));
  const request = await requestOf(call);
  const { openTools } = await import("../tools.node.js");
  const tools = await openTools(text);
  const found = { allow: [] as string[], conditional: [] as string[] };
  const progress = new Progress(call.world, "asking", subjects.length);
  // A clock that goes on between two rounds would give answers of two times.
  const fixed: Context = { ...context, now: context.now ?? call.world.now() };
  for (let start = 0; start < subjects.length; start += ROUND) {
    const ask = () => tools.who(permission, subjects.slice(start, start + ROUND), fixed, request);
    const { allow, conditional } = placed(ask, source, start);
    found.allow.push(...allow);
    found.conditional.push(...conditional);
    progress.at(Math.min(subjects.length, start + ROUND));
  }
  progress.end();
  if (call.has("json")) out.write(asJson(found));
  else {
    const paint = paintOf(out, env);
    for (const id of found.allow) out.write(`${paint.green("allow      ")}  ${visible(id)}\n`);
    for (const id of found.conditional) out.write(`${paint.yellow("conditional")}  ${visible(id)}\n`);
    out.write(`${found.allow.length} of ${subjects.length} may, ${found.conditional.length} depending on the record\n`);
  }
  return 0;
}

/** What is wrong with a subject, told where it stands. */
function placed<T>(ask: () => T, source: Source, start: number): T {
  try {
    return ask();
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    source.refuse(
      thrown.diagnostics.map((one) => {
        const inside = /^\/directory\/(\d+)(.*)$/.exec(one.pointer);
        return inside === null ? one : { ...one, pointer: `/subjects/${start + Number(inside[1])}${inside[2]}` };
      }),
    );
    throw thrown;
  }
}
