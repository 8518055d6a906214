// Publishing a policy into KV.

import type { PolicyDocument } from "../../documents.js";
import { loadPolicy } from "../../load.js";
import { type KVNamespaceLike, POINTER, PREFIX } from "./namespace.js";
import { areVariables, digest, isVersion, type Pointer, pointerOf } from "./record.js";

/** A policy that is to be published. */
export interface PublishedPolicy {
  /** Its version, a positive integer in decimal, higher than that of the present. */
  readonly version: string;
  /** The document, or its text. */
  readonly policy: PolicyDocument | string;
  /** The variables whose values may stand in a log of decisions; none where absent. */
  readonly loggable?: readonly string[];
}

/**
 * Publishes a policy: first its record, and the pointer last. Before anything is written it is loaded; one that is none
 * rejects with a `PolicyError`. Rejects with a `TypeError` where the version is none, is not newer than that of the present,
 * or was published with something else, and where `loggable` lists what is no variable.
 */
export async function publish(
  namespace: KVNamespaceLike,
  { version, policy, loggable }: PublishedPolicy,
  { prefix = PREFIX }: { readonly prefix?: string } = {},
): Promise<Pointer> {
  if (!isVersion(version)) throw new TypeError(`\`${String(version)}\` is no version: it must be a positive integer as a string`);
  if (loggable !== undefined && !areVariables(loggable)) throw new TypeError("`loggable` must list variables, such as `resource.status`");
  const text = typeof policy === "string" ? policy : JSON.stringify(policy);
  (await loadPolicy(text)).free();
  const record = JSON.stringify({ version, policy: JSON.parse(text) as unknown, ...(loggable !== undefined && { loggable }) });
  const pointer = { version, sha256: await digest(record) };

  const present = await namespace.get(`${prefix}${POINTER}`);
  if (present !== null && !isNewer(pointer, pointerOf(present))) {
    throw new TypeError(`version \`${version}\` is not newer than that of the present, \`${pointerOf(present).version}\``);
  }
  const before = await namespace.get(`${prefix}${version}`);
  if (before !== null && before !== record) throw new TypeError(`version \`${version}\` was published with something else`);
  await namespace.put(`${prefix}${version}`, record);
  await namespace.put(`${prefix}${POINTER}`, JSON.stringify(pointer));
  return pointer;
}

/** Whether it is newer; the same one may be published again. */
function isNewer(pointer: Pointer, present: Pointer): boolean {
  return Number(pointer.version) > Number(present.version) || pointer.sha256 === present.sha256;
}
