// How policies come in: loaded, checked, or written down with their names as types.

import type { Diagnostic } from "./answers.js";
import type { PolicyDocument } from "./documents.js";
import { PolicyError } from "./error.js";
import { aside, cross, parts, ready } from "./module.js";
import type { ImportedPolicy } from "./names.js";
import { makePolicy, type Policy } from "./policy.js";
import { decoded, type Imported, isCompiled, type PolicySource, policyText } from "./source.js";

/** Characters of a document. At this length compiling it aside takes a fifth longer, and saves a megabyte. */
const LARGE = 256 * 1024;

/**
 * Loads a policy, and the WebAssembly module with the first one. Rejects with a `PolicyError` that lists everything
 * that is wrong with the policy.
 */
export function loadPolicy(
  source: string | Uint8Array | ArrayBuffer | Response | URL | Promise<Response>,
): Promise<Policy>;
export function loadPolicy<const P extends ImportedPolicy>(source: P & Imported<P>): Promise<Policy<P>>;
export function loadPolicy<const P extends PolicyDocument>(source: P): Promise<Policy<P>>;
export function loadPolicy(source: PolicySource | Promise<Response>): Promise<Policy>;
export async function loadPolicy(source: PolicySource | Promise<Response>): Promise<Policy> {
  const [text] = await Promise.all([policyText(source), ready()]);
  const small = isLarge(text) ? decoded(await aside(() => compiled(text))) : text;
  return makePolicy(cross(() => parts().PolicyHandle.load(small)));
}

/**
 * Whether it takes much memory to compile a document, ten times what the policy takes then. The module never gives memory
 * back, so that is done aside.
 */
function isLarge(text: string): boolean {
  return text.length > LARGE && !isCompiled(text.charCodeAt(0));
}

function compiled(text: string): Uint8Array {
  const policy = parts().PolicyHandle.load(text);
  const bytes = policy.to_bytes();
  policy.free();
  return bytes;
}

/** Every error and warning of a policy. A bad policy is an answer here, and never thrown. */
export async function checkPolicy(source: PolicyDocument | ImportedPolicy | string): Promise<Diagnostic[]> {
  await ready();
  try {
    const text = await policyText(source);
    const check = (): Diagnostic[] => parts().check(text);
    return isLarge(text) ? await aside(check) : cross(check);
  } catch (thrown) {
    if (thrown instanceof PolicyError) return thrown.diagnostics;
    throw thrown;
  }
}

/**
 * The policy itself. Written as its argument, a policy keeps its names as types. Behind `as const satisfies PolicyDocument` the
 * compiler minds keys that nothing has, too.
 */
export function definePolicy<const P extends PolicyDocument>(policy: P): P {
  return policy;
}
