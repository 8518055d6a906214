// What of Workers KV is used, so that the package needs none of its types.

/** A namespace of Workers KV. */
export interface KVNamespaceLike {
  /** The text at a key; null: there is none. */
  get(key: string): Promise<string | null>;
  /** Writes a text at a key. */
  put(key: string, value: string): Promise<void>;
}

/** What all keys begin with. */
export const PREFIX = "policy:";

/** The key of the pointer, behind the prefix. */
export const POINTER = "current";

/** A policy that is not taken over, though KV answered. */
export class Refused extends Error {
  constructor(version: string, why: string, cause?: unknown) {
    super(`version \`${version}\` of the policy is refused: ${why}`, cause === undefined ? {} : { cause });
    this.name = "Refused";
  }
}
