// The decision on one evaluation, and what is told of it.

import { type Asker, askerOf, reasonOf } from "./ask.js";
import type { Awaitable } from "./directory.js";
import { type Place, resourceOf } from "./facts.js";
import { after } from "./later.js";
import { loggable } from "./loggable.js";
import type { DecisionEntry } from "./log.js";
import type { Evaluation, EvaluationResult } from "./options.js";
import type { VersionedPolicy } from "./policies.js";
import type { Setting } from "./setting.js";

/** In what request something is asked, and which policy answers. */
export interface About {
  readonly endpoint: DecisionEntry["endpoint"];
  readonly requestId: string | undefined;
  readonly versioned: VersionedPolicy;
}

/** Decides, and tells the log. */
export function decide(setting: Setting, evaluation: Evaluation, about: About): Awaitable<EvaluationResult> {
  const began = setting.log === undefined ? 0 : performance.now();
  const { subject, resource, context } = evaluation;
  const finding = resourceOf(setting.directory, resource);
  const scopes = after(finding, ({ scope }) => [scope]);
  return after(askerOf(setting, subject, context, scopes), (asker) =>
    after(finding, (place) => decided(setting, evaluation, about, asker, place, began)),
  );
}

function decided(
  setting: Setting,
  { subject, action, resource }: Evaluation,
  about: About,
  asker: Asker | undefined,
  place: Place,
  began: number,
): EvaluationResult {
  const { policy, version, loggable: names } = about.versioned;
  const permission = `${resource.type}:${action.name}`;
  const reason =
    asker === undefined ? "unknown-subject" : reasonOf(policy, asker, permission, action, place);
  const decision = reason === "granted";
  setting.log?.({
    ...headOf(about),
    subject: { type: subject.type, id: subject.id },
    action: action.name,
    resource: { type: resource.type, id: resource.id },
    ...(place.scope !== undefined && { scope: place.scope }),
    decision,
    reason,
    ...loggable(names, { ...asker, action: action.properties, place }),
    duration: performance.now() - began,
  });
  return { decision, context: version === undefined ? { reason } : { reason, policyVersion: version } };
}

/** An answer as JSON. Reasons are words that no escape stands in. */
export function written({ decision, context }: EvaluationResult): string {
  const { reason, policyVersion, error } = context;
  if (error !== undefined) return JSON.stringify({ decision, context });
  const version = policyVersion === undefined ? "" : `,"policyVersion":${JSON.stringify(policyVersion)}`;
  return `{"decision":${decision},"context":{"reason":"${reason}"${version}}}`;
}

/** What every entry of the log begins with. */
export function headOf({ endpoint, requestId, versioned }: About): Pick<DecisionEntry, "time" | "endpoint"> {
  return {
    time: Date.now(),
    endpoint,
    ...(requestId !== undefined && { requestId }),
    ...versionOf({ versioned }),
  };
}

/** The version of the policy, where it has one. */
export function versionOf({ versioned: { version } }: Pick<About, "versioned">): { readonly policyVersion?: string } {
  return version === undefined ? {} : { policyVersion: version };
}
