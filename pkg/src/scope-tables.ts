// The answers at the root and at single scopes, for as long as they hold.

import type { Question } from "./record.js";

/** So many scopes at once. A table of 250 permissions is 250 bytes. */
const MOST = 64;

/** The answers at one scope. */
export class Answers {
  /** A byte per permission: 0 deny, 1 allow, 2 conditional. */
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
