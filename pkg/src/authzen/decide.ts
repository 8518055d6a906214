// The decision on one evaluation, and what is told of it.

import { ask, askerOf, reasonOf } from "./ask.js";
import { placeOf } from "./facts.js";
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
export async function decide(setting: Setting, evaluation: Evaluation, about: About): Promise<EvaluationResult> {
  const began = performance.now();
  const { subject, action, resource } = evaluation;
  const { policy, loggable: names } = about.versioned;
  const finding = found(setting, evaluation);
  const asker = await askerOf(setting, subject, evaluation.context, finding.then(({ scope }) => [scope]));
  const place = await finding;
  const permission = `${resource.type}:${action.name}`;
  const reason =
    asker === undefined ? "unknown-subject" : ask(policy, asker, (session) => reasonOf(session, permission, action, place));
  const decision = reason === "granted";
  setting.log?.({
    ...headOf(about),
    subject: { type: subject.type, id: subject.id },
    action: action.name,
    resource: { type: resource.type, id: resource.id },
    ...(place.scope !== undefined && { scope: place.scope }),
    decision,
    reason,
    ...loggable(names, { ...asker, action: action.properties, ...place }),
    duration: performance.now() - began,
  });
  return { decision, context: { reason, ...versionOf(about) } };
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

async function found({ directory }: Setting, { resource }: Evaluation): Promise<ReturnType<typeof placeOf>> {
  return placeOf(await directory?.resource(resource.type, resource.id), resource);
}
