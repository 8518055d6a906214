// How policies come in: loaded, checked, or written down with their names as types.

import type { Diagnostic } from "./answers.js";
import type { PolicyDocument } from "./documents.js";
import { PolicyError } from "./error.js";
import { cross, parts, ready } from "./module.js";
import { makePolicy, type Policy } from "./policy.js";
import { type PolicySource, policyText } from "./source.js";

/**
 * Loads a policy, and the WebAssembly module with the first one. Rejects with a `PolicyError` that lists everything
 * that is wrong with the policy.
 */
export function loadPolicy(
  source: string | Uint8Array | ArrayBuffer | Response | URL | Promise<Response>,
): Promise<Policy>;
export function loadPolicy<const P extends PolicyDocument>(source: P): Promise<Policy<P>>;
export function loadPolicy(source: PolicySource | Promise<Response>): Promise<Policy>;
export async function loadPolicy(source: PolicySource | Promise<Response>): Promise<Policy> {
  const [text] = await Promise.all([policyText(source), ready()]);
  return makePolicy(cross(() => parts().PolicyHandle.load(text)));
}

/** Every error and warning of a policy. A bad policy is an answer here, and never thrown. */
export async function checkPolicy(source: PolicyDocument | string): Promise<Diagnostic[]> {
  await ready();
  try {
    const text = await policyText(source);
    return cross(() => parts().check(text)) as Diagnostic[];
  } catch (thrown) {
    if (thrown instanceof PolicyError) return thrown.diagnostics;
    throw thrown;
  }
}

/** The policy itself. Written as its argument, a policy keeps its names as types. */
export function definePolicy<const P extends PolicyDocument>(policy: P): P {
  return policy;
}
