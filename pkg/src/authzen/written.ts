// Answers as programs have them, and as JSON.

import type { EvaluationError, EvaluationResult } from "./options.js";
import type { VersionedPolicy } from "./policies.js";

/** The version of a policy, where it has one. */
export function versionOf({ version }: VersionedPolicy): { readonly policyVersion?: string } {
  return version === undefined ? {} : { policyVersion: version };
}

/** The answer of this reason. */
export function resultOf(reason: string, versioned: VersionedPolicy): EvaluationResult {
  return { decision: reason === "granted", context: { reason, ...versionOf(versioned) } };
}

/** By the policy's version, and by the reason. */
const texts = new WeakMap<VersionedPolicy, Map<string, string>>();

/** The same as JSON. There are as many answers as a policy has reasons, so each is written once. */
export function textOf(reason: string, versioned: VersionedPolicy): string {
  let ofPolicy = texts.get(versioned);
  if (ofPolicy === undefined) texts.set(versioned, (ofPolicy = new Map<string, string>()));
  let text = ofPolicy.get(reason);
  if (text === undefined) ofPolicy.set(reason, (text = JSON.stringify(resultOf(reason, versioned))));
  return text;
}

/** The answer to an evaluation in which something is wrong. */
export function errorText(error: EvaluationError): string {
  return JSON.stringify({ decision: false, context: { error } });
}
