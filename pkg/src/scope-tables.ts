// The answers at the root and at single scopes, for as long as they hold.

import type { Question } from "./record.js";

/** So many scopes at once. A table of 250 permissions is 63 bytes. */
const MOST = 64;

/**
 * The effect of a permission, of effects that are packed four to a byte, the first in its lowest bits: what V8 keeps of a
 * session is so small for most policies that no memory of its own is asked of the system for it.
 */
export function effectOf(packed: Uint8Array, number: number): number {
  return ((packed[number >> 2] as number) >> ((number & 3) << 1)) & 3;
}

/** How many bytes the effects of so many permissions take. */
export const packedLength = (permissions: number): number => (permissions + 3) >> 2;

/** The answers at one scope. */
export class Answers {
  /** Those without a record, packed. */
  readonly effects: Uint8Array;
  /** The questions about records, by permission, of those that were asked. */
  readonly questions: Question[] = [];

  constructor(effects: Uint8Array) {
    this.effects = effects;
  }
}

/** Answers by scope. The oldest go when there are too many. */
export class ScopeTables {
  /** Of a scope that was asked about once there are none yet: a list may ask about each of its rows' scopes once. */
  readonly #tables = new Map<string, Answers | undefined>();

  /** The answers at a scope, made with `make` the second time that the scope is asked about. */
  at(scope: string, make: () => Uint8Array): Answers | undefined {
    const found = this.#tables.get(scope);
    if (found !== undefined) return found;
    const answers = this.#tables.has(scope) ? new Answers(make()) : undefined;
    if (answers === undefined && this.#tables.size >= MOST) {
      const [oldest] = this.#tables.keys();
      this.#tables.delete(oldest as string);
    }
    this.#tables.set(scope, answers);
    return answers;
  }
}
