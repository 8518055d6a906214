// A file of tests: its shape, checked before anything is asked, so that a typo in it never passes as a test.

import type { Context, Diagnostic, Policy, PolicyDocument, Subject, TestsDocument } from "../node.js";
import { PolicyError } from "../node.js";
import { REASONS, STATES } from "../snapshot.js";
import { didYouMean, listed } from "./nearest.js";
import { pointerOf } from "./place.js";
import type { Source } from "./read.js";

const EXPECTED = ["allow", "deny", ...REASONS];
const OF_CHANGES = [
  "granted",
  "suspended",
  "unknown-scope",
  "role-unavailable",
  "unknown-permission",
  "not-held",
  "not-administrator",
  "constraint",
];
const PARTS = ["revoke", "assign", "ungrant", "grant"];

/** The file as tests; refused with everything that is wrong with its shape. */
export function testsOf(source: Source): TestsDocument {
  const check = new Check();
  check.file(source.value);
  source.refuse(check.found);
  return source.value as TestsDocument;
}

/** Refuses subjects and contexts that are malformed, each by itself so that what is wrong is told where it stands. */
export function judgeFacts(source: Source, { subjects, contexts = {} }: TestsDocument, policy: Policy<PolicyDocument>): void {
  const found: Diagnostic[] = [];
  const judge = (pointer: string, subject: Subject, context?: Context): void => {
    try {
      policy.session(subject, context).free();
    } catch (thrown) {
      if (!(thrown instanceof PolicyError)) throw thrown;
      found.push(...thrown.diagnostics.map((one) => ({ ...one, pointer: pointer + one.pointer })));
    }
  };
  for (const [name, subject] of Object.entries(subjects)) judge(pointerOf("subjects", name), subject);
  for (const [name, context] of Object.entries(contexts)) judge(pointerOf("contexts", name), { id: "nobody" }, context);
  source.refuse(found);
}

type Steps = readonly (string | number)[];

class Check {
  readonly found: Diagnostic[] = [];

  file(value: unknown): void {
    const file = this.object(value, [], ["policy", "subjects", "tests"], ["$schema", "contexts", "changes"]);
    if (file === undefined) return;
    this.string(file["policy"], ["policy"]);
    const subjects = this.names(file["subjects"], ["subjects"]);
    const contexts = this.names(file["contexts"], ["contexts"]);
    this.list(file["tests"], ["tests"], (test, at) => this.test(test, at, subjects, contexts));
    this.list(file["changes"], ["changes"], (change, at) => this.change(change, at, subjects, contexts));
  }

  test(value: unknown, at: Steps, subjects: readonly string[], contexts: readonly string[]): void {
    const test = this.object(value, at, ["name", "subject", "expect"], ["context", "request", "sections"]);
    if (test === undefined) return;
    this.string(test["name"], [...at, "name"]);
    this.oneOf(test["subject"], [...at, "subject"], subjects, "subject of this file");
    this.oneOf(test["context"], [...at, "context"], contexts, "context of this file");
    const request = this.object(test["request"], [...at, "request"], [], ["scope", "resource", "action"]);
    this.string(request?.["scope"], [...at, "request", "scope"]);
    this.object(request?.["resource"], [...at, "request", "resource"]);
    this.object(request?.["action"], [...at, "request", "action"]);
    this.answers(test["expect"], [...at, "expect"], EXPECTED, "effect or reason");
    this.answers(test["sections"], [...at, "sections"], STATES, "state of a section");
  }

  change(value: unknown, at: Steps, subjects: readonly string[], contexts: readonly string[]): void {
    const known = ["context", "directory", "constraint", ...PARTS];
    const change = this.object(value, at, ["name", "actor", "target", "expect"], known);
    if (change === undefined) return;
    this.string(change["name"], [...at, "name"]);
    this.oneOf(change["actor"], [...at, "actor"], subjects, "subject of this file");
    this.oneOf(change["target"], [...at, "target"], subjects, "subject of this file");
    this.oneOf(change["context"], [...at, "context"], contexts, "context of this file");
    this.list(change["directory"], [...at, "directory"], (name, here) => this.oneOf(name, here, subjects, "subject of this file"));
    this.oneOf(change["expect"], [...at, "expect"], OF_CHANGES, "reason of a change");
    this.string(change["constraint"], [...at, "constraint"]);
    for (const part of PARTS) this.object(change[part], [...at, part]);
  }

  private error(code: string, at: Steps, message: string, help?: string): void {
    this.found.push({ code, severity: "error", pointer: pointerOf(...at), message, ...(help === undefined ? {} : { help }) });
  }

  /** What is absent passes: whether it has to be there is said by the object that it is in. */
  private string(value: unknown, at: Steps): void {
    if (value !== undefined && typeof value !== "string") this.error("wrong-type", at, "expected a string");
  }

  private object(value: unknown, at: Steps, needed: readonly string[] = [], other?: readonly string[]) {
    if (value === undefined) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.error("wrong-type", at, "expected an object");
      return undefined;
    }
    const keys = [...needed, ...(other ?? [])];
    for (const key of needed) if (!Object.hasOwn(value, key)) this.error("missing-key", at, `the key \`${key}\` is missing`);
    for (const key of other === undefined ? [] : Object.keys(value)) {
      const help = didYouMean(key, keys) ?? `the keys here are ${listed(keys)}`;
      if (!keys.includes(key)) this.error("unknown-key", [...at, key], `unknown key \`${key}\``, help);
    }
    // By own keys alone.
    return Object.assign(Object.create(null), value) as Record<string, unknown>;
  }

  private names(value: unknown, at: Steps): string[] {
    const object = this.object(value, at);
    for (const [name, one] of Object.entries(object ?? {})) this.object(one, [...at, name]);
    return Object.keys(object ?? {});
  }

  private list(value: unknown, at: Steps, each: (value: unknown, at: Steps) => void): void {
    if (value === undefined) return;
    if (Array.isArray(value)) value.forEach((one, index) => each(one, [...at, index]));
    else this.error("wrong-type", at, "expected an array");
  }

  private oneOf(value: unknown, at: Steps, names: readonly string[], what: string): void {
    if (value === undefined || (typeof value === "string" && names.includes(value))) return;
    const help = typeof value === "string" ? didYouMean(value, names) : undefined;
    const given = typeof value === "string" ? `\`${value}\`` : "this";
    this.error("unknown-name", at, `${given} is no ${what}`, help ?? (names.length === 0 ? undefined : `there is ${listed(names)}`));
  }

  private answers(value: unknown, at: Steps, allowed: readonly string[], what: string): void {
    for (const [name, answer] of Object.entries(this.object(value, at) ?? {})) {
      this.oneOf(answer, [...at, name], allowed, what);
    }
  }
}
