// `grantlet test`: tables of what a policy must answer, and a readable difference where it does not.

import { dirname, join, normalize } from "node:path";
import {
  type Change,
  type ChangeTest,
  type Decision,
  loadPolicy,
  type Policy,
  PolicyError,
  type PolicyDocument,
  type Test,
  type TestsDocument,
} from "../node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { type Located, located, type Origins, sentences, spotted } from "./because.js";
import { didYouMean } from "./nearest.js";
import { type Paint, paintOf } from "./paint.js";
import { pointerOf, type Span } from "./place.js";
import { Progress } from "./progress.js";
import { readDocument, readPolicy, type Source } from "./read.js";
import { asJson, counted, forGithub, visible } from "./report.js";
import { judgeFacts, testsOf } from "./tests-file.js";

export const test: Command = {
  name: "test",
  usage: "TESTS… [--format text|github] [--json]",
  summary: "tables of expected decisions, and what differs from them",
  about: [
    "Asks the policy that each file of tests names, from where that file is, and shows every answer that is another one " +
      "than expected, with what is behind it.",
    'A file is `{ "policy": FILE, "subjects": {NAME: subject}, "contexts": {NAME: context}, "tests": [{ "name", ' +
      '"subject", "context"?, "request"?, "expect": {PERMISSION: effect or reason}, "sections"?: {NAME: state} }] }`. ' +
      'Beside "tests" there may be "changes": [{ "name", "actor", "target", "context"?, "directory"?: [NAME], "assign"?, ' +
      '"revoke"?, "grant"?, "ungrant"?, "expect": reason, "constraint"? }].',
  ],
  options: [
    { name: "format", value: "FORMAT", of: ["text", "github"], about: "text (the default) or github" },
    JSON_OPTION,
  ],
  examples: [
    { line: "test policy.tests.yaml", about: "one table" },
    { line: "test --json policy.tests.yaml", about: "for machines" },
  ],
  one: "an answer is not as expected",
  least: 1,
  most: Infinity,
  run,
};

/** One answer that is not as expected. */
interface Difference extends Pick<Span, "line" | "column"> {
  readonly test: string;
  readonly pointer: string;
  /** A permission, a section, or the parts of a change. */
  readonly asked: string;
  readonly expected: string;
  readonly got: string;
  readonly because: readonly Located[];
  readonly why: readonly (readonly string[])[];
}

interface Ran {
  readonly source: Source;
  readonly tests: number;
  readonly answers: number;
  readonly differences: readonly Difference[];
}

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const files: Ran[] = [];
  for (const file of call.words) files.push(await ran(file, call));
  const failed = files.reduce((sum, { differences }) => sum + differences.length, 0);
  if (call.has("json")) out.write(asJson({ failed, files: files.map(plain) }));
  else if (call.get("format") === "github") {
    for (const file of files) out.write(file.differences.map((one) => annotation(file, one)).join(""));
  } else {
    const paint = paintOf(out, env);
    for (const file of files) out.write(text(file, paint));
  }
  return failed > 0 ? 1 : 0;
}

async function ran(file: string, call: Call): Promise<Ran> {
  const source = await readDocument(file, call.world);
  const tests = testsOf(source);
  const named = normalize(join(file === "-" ? "." : dirname(source.file), tests.policy));
  const written = await readPolicy(named, call.world);
  const policy: Policy<PolicyDocument> = await loadPolicy(written.text);
  judgeFacts(source, tests, policy);
  const table = new Table(source, tests, policy, written.source);
  const changes = tests.changes ?? [];
  const all = tests.tests.length + changes.length;
  const progress = new Progress(call.world, source.file, all);
  tests.tests.forEach((test, index) => {
    table.ask(test, pointerOf("tests", index));
    progress.at(index + 1);
  });
  changes.forEach((change, index) => {
    table.change(change, pointerOf("changes", index));
    progress.at(tests.tests.length + index + 1);
  });
  progress.end();
  return { source, tests: all, answers: table.answers, differences: table.differences };
}

/** A file of tests while it is run. */
class Table {
  answers = 0;
  readonly differences: Difference[] = [];
  readonly #source: Source;
  readonly #tests: TestsDocument;
  readonly #policy: Policy<PolicyDocument>;
  readonly #written: Source;

  constructor(source: Source, tests: TestsDocument, policy: Policy<PolicyDocument>, written: Source) {
    [this.#source, this.#tests, this.#policy, this.#written] = [source, tests, policy, written];
  }

  ask(test: Test, pointer: string): void {
    const { subjects, contexts = {} } = this.#tests;
    const context = test.context === undefined ? undefined : contexts[test.context];
    using session = this.#policy.session(subjects[test.subject]!, context);
    const origins = { policy: this.#written, subject: this.#source.part(pointerOf("subjects", test.subject)) };
    for (const [permission, expected] of Object.entries(test.expect)) {
      const decision = session.decide(permission, test.request);
      const { effect, reason } = decision;
      const at = `${pointer}${pointerOf("expect", permission)}`;
      const got = reason === expected || effect === expected ? expected : this.#told(expected, decision);
      this.#compare(test.name, at, permission, expected, got, () => this.#why(permission, decision, origins));
    }
    for (const [section, expected] of Object.entries(test.sections ?? {})) {
      const got = session.section(section, test.request);
      const known = didYouMean(section, this.#policy.sections);
      const why = this.#policy.sections.includes(section) ? [] : [[`the policy has no such section${known === undefined ? "" : `; ${known}`}`]];
      this.#compare(test.name, `${pointer}${pointerOf("sections", section)}`, section, expected, got, () => ({ because: [], why }));
    }
  }

  change(test: ChangeTest, pointer: string): void {
    const { subjects, contexts = {} } = this.#tests;
    const { name, actor, target, context, directory, expect, constraint, ...parts } = test;
    const change: Change = {
      actor: subjects[actor]!,
      target: subjects[target]!,
      ...parts,
      ...(context === undefined ? {} : { context: contexts[context]! }),
      ...(directory === undefined ? {} : { directory: directory.map((one) => subjects[one]!) }),
    };
    const decision = this.#decided(change, pointer);
    const told = (reason: string, id: string | undefined): string => (id === undefined ? reason : `${reason} ${id}`);
    const got = told(decision.reason, decision.constraint);
    const why = decision.because.map(({ part, pointer, lacks }) => [
      `${part ?? "the change"}: ${pointer}${lacks === undefined ? "" : ` lacks ${lacks.join(", ")}`}`,
    ]);
    this.#compare(name, `${pointer}/expect`, Object.keys(parts).join(", "), told(expect, constraint), got, () => ({ because: [], why }));
  }

  #decided(change: Change, pointer: string) {
    try {
      return this.#policy.decideChange(change);
    } catch (thrown) {
      if (!(thrown instanceof PolicyError)) throw thrown;
      this.#source.refuse(thrown.diagnostics.map((one) => ({ ...one, pointer: pointer + one.pointer })));
      throw thrown;
    }
  }

  #compare(
    test: string,
    pointer: string,
    asked: string,
    expected: string,
    got: string,
    behind: () => Pick<Difference, "because" | "why">,
  ): void {
    this.answers += 1;
    if (expected === got) return;
    const { line, column } = this.#source.at(pointer, true);
    this.differences.push({ test, pointer, line, column, asked, expected, got, ...behind() });
  }

  /** An effect where an effect was expected, with the reason beside it where that says more. */
  #told(expected: string, { effect, reason }: Decision): string {
    if (!["allow", "deny", "conditional"].includes(expected)) return reason;
    return effect === "deny" ? `${effect} (${reason})` : effect;
  }

  #why(permission: string, decision: Decision, origins: Origins): Pick<Difference, "because" | "why"> {
    const because = decision.because.map((one) => located(one, origins));
    if (because.length > 0) return { because, why: sentences(decision, origins) };
    const near = decision.reason === "unknown-permission" ? didYouMean(permission, this.#policy.permissions) : undefined;
    return { because, why: near === undefined ? [] : [[near]] };
  }
}

function text({ source, tests, answers, differences }: Ran, paint: Paint): string {
  const lines: string[] = [];
  let before: string | undefined;
  for (const { test, line, column, asked, expected, got, why } of differences) {
    if (test !== before) lines.push(`${paint.red("✗")} ${paint.bold(visible(test))}`);
    before = test;
    lines.push(`  ${spotted({ file: source.file, line, column })}: ${visible(asked)}`);
    lines.push(`    ${paint.green(`- expected: ${expected}`)}`, `    ${paint.red(`+ got:      ${got}`)}`);
    for (const [first, ...rest] of why) lines.push(`      ${first}`, ...rest.map((one) => `        ${one}`));
  }
  const outcome = differences.length === 0 ? paint.green("all as expected") : paint.red(`${differences.length} not as expected`);
  lines.push(`${source.file}: ${counted(tests, "test")}, ${counted(answers, "answer")}: ${outcome}`);
  return `${lines.join("\n")}\n`;
}

function plain({ source, tests, answers, differences }: Ran): unknown {
  return { file: source.file, tests, answers, differences: differences.map(({ why, ...one }) => one) };
}

function annotation({ source }: Ran, { pointer, test, asked, expected, got }: Difference): string {
  const span = source.at(pointer, true);
  const message = `${test}\n${asked}: expected ${expected}, got ${got}`;
  return forGithub({ file: source.file, ...span, severity: "error", code: "unexpected", pointer, message });
}
