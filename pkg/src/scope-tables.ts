// The answers at the root and at single scopes, for as long as they hold.

import type { Question } from "./record.js";

/** So many scopes at once. A table of 250 permissions is 250 bytes. */
const MOST = 64;

/** From here on a byte is the place of the question that is left about a record. */
export const PREPARED = 3;

/** The place where there is never a question: of what the module has to look at itself. */
const UNPREPARED = 255 - PREPARED;

const CONDITIONAL = 2;

/** The answers at one scope. */
export class Answers {
  /** A byte per permission: 0 deny, 1 allow, 2 conditional, and from `PREPARED` on conditional with its question. */
  readonly effects: Uint8Array;
  #questions: Question[] = [];

  constructor(effects: Uint8Array) {
    this.effects = effects;
  }

  /** The question of a conditional answer. */
  question(effect: number): Question | undefined {
    return this.#questions[effect - PREPARED];
  }

  /** Keeps what is left of the question about a permission. */
  prepare(permission: number, question: Question | undefined): void {
    const place = question === undefined ? UNPREPARED : Math.min(this.#questions.length, UNPREPARED);
    if (question !== undefined && place < UNPREPARED) this.#questions.push(question);
    this.effects[permission] = PREPARED + place;
  }

  /** Forgets the questions. */
  forget(): void {
    if (this.#questions.length === 0) return;
    this.#questions = [];
    this.effects.forEach((effect, permission) => {
      if (effect > CONDITIONAL) this.effects[permission] = CONDITIONAL;
    });
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
