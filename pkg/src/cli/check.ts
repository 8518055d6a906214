// `grantlet check`: what is wrong with policies, and where.

import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { isForPeople, paintOf } from "./paint.js";
import { type Finding, type PolicyFile, readAnyPolicy, Refused, type Source } from "./read.js";
import { asJson, counted, forGithub, told } from "./report.js";

export const check: Command = {
  name: "check",
  usage: "POLICY… [--strict] [--lint] [--format text|github] [--json]",
  summary: "errors and warnings of policies, with file:line:column",
  about: [
    "Says everything that is wrong with each policy, and what is legal but pointless as a warning. With `--lint` also " +
      "what is legal but suspicious: a role that nobody can be assigned, a deny that denies nothing, a permission that " +
      "no role gives.",
    "`--format github` writes workflow commands, which GitHub shows beside the lines of a pull request.",
  ],
  options: [
    { name: "strict", about: "a warning is an error for the exit code" },
    { name: "lint", about: "warn of what is legal but suspicious too" },
    { name: "format", value: "FORMAT", of: ["text", "github"], about: "text (the default) or github" },
    JSON_OPTION,
  ],
  examples: [
    { line: "check policy.yaml", about: "one policy" },
    { line: "check --strict --lint policy.yaml newer.json", about: "before a release, and nothing may be said" },
    { line: "check --format github policy.yaml", about: "in a workflow" },
  ],
  one: "a policy has an error, or with `--strict` a warning",
  least: 1,
  most: Infinity,
  run,
};

interface Checked {
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly sources: readonly Source[];
}

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const policies: Checked[] = [];
  for (const file of call.words) policies.push(await checked(file, call));
  const findings = policies.flatMap((policy) => policy.findings);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  if (call.has("json")) {
    const list = policies.map(({ file, findings }) => ({ file, diagnostics: findings }));
    out.write(asJson({ errors, warnings, policies: list }));
  } else if (call.get("format") === "github") {
    for (const finding of findings) out.write(forGithub(finding));
  } else {
    const manner = { paint: paintOf(out, env), isForPeople: isForPeople(out, env) };
    for (const { findings, sources } of policies) {
      for (const finding of findings) out.write(told(finding, sources, manner));
    }
    const what = counted(policies.length, "policy", "policies");
    out.write(`${what}: ${counted(errors, "error")}, ${counted(warnings, "warning")}\n`);
  }
  return errors > 0 || (call.has("strict") && warnings > 0) ? 1 : 0;
}

async function checked(file: string, call: Call): Promise<Checked> {
  try {
    const policy = await readAnyPolicy(file, call.world);
    const suspicious = call.has("lint") ? await linted(policy) : [];
    const name = policy.source.file;
    return { file: name, findings: [...policy.findings, ...suspicious], sources: [policy.source] };
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    const { findings, sources } = thrown;
    return { file: findings[0]?.file ?? file, findings, sources };
  }
}

/** What is suspicious in a policy that has no error. */
async function linted({ source, text, findings }: PolicyFile): Promise<Finding[]> {
  if (findings.some(({ severity }) => severity === "error")) return [];
  const { openTools } = await import("../tools.node.js");
  const tools = await openTools(text);
  return tools.lint().map((one) => source.finding(one));
}
