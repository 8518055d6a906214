// Subject, context and request from files, held against the policy, with everything that is wrong told where it stands.

import type { Context, Diagnostic, Policy, PolicyDocument, Request, Subject } from "../node.js";
import type { Call, Option } from "./arguments.js";
import { type Finding, readDocument, type Source } from "./read.js";
import { UsageError } from "./world.js";

/** What is asked about. */
export const REQUEST_OPTIONS: readonly Option[] = [
  { name: "scope", value: "SCOPE", about: "where, such as `workspace:sales`; the root if absent" },
  { name: "resource", value: "FILE", about: "the attributes of the record; any record there could be if absent" },
  { name: "action", value: "FILE", about: "the attributes of the action" },
];

export const CONTEXT_OPTIONS: readonly Option[] = [
  { name: "context", value: "FILE", about: "plan, entitlements, scopes and the like" },
  { name: "now", value: "TIME", about: "the time, instead of the context's or the clock's" },
];

/** Facts that a session takes. */
export interface FactsFiles {
  readonly subject: Source;
  readonly context: Context;
  /** What of the facts is inert or passed over. */
  readonly warnings: readonly Finding[];
  /** What the warnings are about. */
  readonly sources: readonly Source[];
}

/** What was asked for, and where the attributes of the record are written. */
export async function requestOf(call: Call): Promise<Request> {
  const scope = call.get("scope");
  const attributes = async (name: string): Promise<object | undefined> => {
    const file = call.get(name);
    if (file === undefined) return undefined;
    const source = await readDocument(file, call.world);
    objectOf(source);
    return source.value as object;
  };
  const [resource, action] = [await attributes("resource"), await attributes("action")];
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(resource === undefined ? {} : { resource }),
    ...(action === undefined ? {} : { action }),
  };
}

/** The context of the call: that of `--context`, else `given`, with the time of `--now`. */
export async function contextOf(call: Call, policy: Policy<PolicyDocument>, given?: Source): Promise<{ context: Context; source?: Source }> {
  const file = call.get("context");
  const source = file === undefined ? given : await readDocument(file, call.world);
  if (source !== undefined) {
    objectOf(source);
    await source.judged(() => policy.session({ id: "nobody" }, source.value as Context).free());
  }
  const now = call.get("now");
  const context = { ...((source?.value ?? {}) as Context), ...(now === undefined ? {} : { now: timeOf(now, policy) }) };
  return source === undefined ? { context } : { context, source };
}

/** The subject of the call in its context. Each is judged by itself, so that it is known whose fault something is. */
export async function factsOf(call: Call, policy: Policy<PolicyDocument>): Promise<FactsFiles> {
  const { context, source } = await contextOf(call, policy);
  const subject = await readDocument(call.need("subject", "say who asks with `--subject FILE`"), call.world);
  objectOf(subject);
  const warnings = await subject.judged(() => warningsOf(policy, subject.value as Subject));
  const ofContext = source === undefined ? [] : warningsOf(policy, { id: "nobody" }, source.value as Context);
  const findings = [
    ...warnings.map((one) => subject.finding(one)),
    ...ofContext.map((one) => (source as Source).finding(one)),
  ];
  return { subject, context, warnings: findings, sources: source === undefined ? [subject] : [subject, source] };
}

function warningsOf(policy: Policy<PolicyDocument>, subject: Subject, context?: Context): readonly Diagnostic[] {
  const session = policy.session(subject, context);
  const { warnings } = session;
  session.free();
  return warnings;
}

function objectOf(source: Source): void {
  const { value } = source;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  source.refuse([{ code: "wrong-type", severity: "error", pointer: "", message: "expected an object" }]);
}

/** A time as it is written in a context. */
function timeOf(written: string, policy: Policy<PolicyDocument>): string | number {
  const now = /^-?\d+$/.test(written) ? Number(written) : written;
  try {
    policy.session({ id: "nobody" }, { now }).free();
  } catch {
    throw new UsageError(`\`${written}\` is no time`, "write one with an offset, such as `2026-07-01T00:00:00Z`, or milliseconds since 1970");
  }
  return now;
}
