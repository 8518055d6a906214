// What a policy and its sessions share: the names, and the module's side of the policy. Either can go before the other.

import { makePermission, numberOf, type Permission } from "./permission.js";
import { cross, release } from "./module.js";
import type { PolicyHandle } from "../../target/glue/grantlet.js";

/** An effect as the module tells it, in a byte; 0 denies. A name of a constant would be a variable once it is bundled. */
export const enum Told {
  Allow = 1,
  Conditional = 2,
}

/** The effects of all permissions at the root, packed, and the instants between which they hold. */
export interface Survey {
  readonly effects: Uint8Array;
  readonly since: number;
  readonly turns: number;
}

/** So many surveys are kept at most, of facts with fewer characters than these; at one more all are forgotten. */
const MOST = 100;
const SHORT = 2000;

export class Compiled {
  readonly policy: PolicyHandle;
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly sections: readonly string[];
  /** The number of each permission. */
  readonly numbers: Numbers;
  /** What sessions with these facts are told first. */
  readonly #surveys = new Map<string, Survey>();
  /** The handles that were made, by number. */
  readonly #handles: Permission[] = [];
  /** The policy and each of its sessions that was not freed. */
  #holders = 1;

  constructor(policy: PolicyHandle) {
    this.policy = policy;
    [this.permissions, this.roles, this.sections] = names(cross(() => policy.names()));
    this.numbers = numbered(this.permissions);
  }

  hold(): void {
    this.#holders += 1;
  }

  /** The last one to let go gives the module's memory back. */
  letGo(): void {
    this.#holders -= 1;
    if (this.#holders === 0) release(this.policy);
  }

  /**
   * What facts are told first, from the present on: kept for those that come again, for who answers many requests opens
   * many sessions of the same few people. Equal facts have equal answers for as long as none of them can turn.
   */
  survey(facts: string, make: (clock: number) => Survey): Survey {
    const clock = Date.now();
    const kept = this.#surveys.get(facts);
    // Clocks are set back at times. After a failure inside the module nothing is answered any more.
    if (kept && clock >= kept.since && clock < kept.turns) return cross(() => kept);
    const made = make(clock);
    if (facts.length < SHORT) {
      if (this.#surveys.size === MOST) this.#surveys.clear();
      this.#surveys.set(facts, made);
    }
    return made;
  }

  handle(name: string): Permission | undefined {
    const number = this.numbers[name];
    return number === undefined ? undefined : (this.#handles[number] ??= makePermission(name, number, this));
  }

  /** The number of a permission by name or handle; undefined for whatever is no permission of this policy. */
  number(permission: unknown): number | undefined {
    return typeof permission === "string" ? this.numbers[permission] : numberOf(permission, this);
  }
}

/** The names of each kind: a line each, and an empty one between two kinds. */
export function names(text: string): [permissions: readonly string[], roles: readonly string[], sections: readonly string[]] {
  const lines = text.split("\n");
  const next = (): readonly string[] => Object.freeze(lines.splice(0, lines.indexOf("") + 1).slice(0, -1));
  return [next(), next(), next()];
}

/**
 * Numbers by name, in an object without a prototype. V8 looks a literal of the program up in it in 4 ns, and in a map in
 * 6; a name that is put together for the question takes 80 and 120 ns. Neither depends on how many there are.
 */
export type Numbers = Readonly<Record<string, number>>;

function numbered(names: readonly string[]): Numbers {
  const numbers = Object.create(null) as Record<string, number>;
  names.forEach((name, number) => {
    numbers[name] = number;
  });
  return numbers;
}
