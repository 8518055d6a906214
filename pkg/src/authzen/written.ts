// Answers as JSON. There are as many of them as a policy has reasons, so each is written once.

import type { EvaluationError } from "./options.js";
import type { VersionedPolicy } from "./policies.js";

/** By the policy's version, and by the reason. */
const texts = new WeakMap<VersionedPolicy, Map<string, string>>();

/** The answer of this reason. Reasons are words that no escape stands in. */
export function textOf(reason: string, versioned: VersionedPolicy): string {
  let ofPolicy = texts.get(versioned);
  if (ofPolicy === undefined) texts.set(versioned, (ofPolicy = new Map<string, string>()));
  let text = ofPolicy.get(reason);
  if (text === undefined) {
    const { version } = versioned;
    const named = version === undefined ? "" : `,"policyVersion":${JSON.stringify(version)}`;
    text = `{"decision":${reason === "granted"},"context":{"reason":"${reason}"${named}}}`;
    ofPolicy.set(reason, text);
  }
  return text;
}

/** The answer to an evaluation in which something is wrong. */
export function errorText(error: EvaluationError): string {
  return JSON.stringify({ decision: false, context: { error } });
}
