// Answers about records, kept by what the records hold. The module says which attributes an answer turns on; records
// with the same plain values there have the same answer, so it is asked about each combination of values once.

import { lookUp } from "./reading.js";

/** So many attributes at most. */
const ATTRIBUTES = 4;

/** So many answers are kept of one question at most; at one more they are all forgotten. */
const MOST = 1000;

/** Keys that lead to an attribute. */
type Path = readonly string[];

/** What is known of a question about records at one scope. */
export class Question {
  readonly #paths: readonly Path[];
  /** What the record that is asked about holds there. */
  readonly #found: unknown[];
  /** The effects by the first attribute's value, then by the second's, and so on. */
  #known = new Map<unknown, unknown>();
  #count = 0;

  constructor(paths: readonly Path[]) {
    this.#paths = paths;
    this.#found = paths.map(() => undefined);
  }

  /** Whether answers can be kept at all. */
  get isOpen(): boolean {
    return this.#paths.length > 0 && this.#paths.length <= ATTRIBUTES;
  }

  /** Reads a record, each attribute once. False where one is no plain value: the module has to look at the record. */
  read(record: unknown): boolean {
    const paths = this.#paths;
    for (let place = 0; place < paths.length; place += 1) {
      const value = lookUp(record, paths[place] as Path);
      // Objects and functions equal only themselves, and what they hold may change.
      if (Object(value) === value) return false;
      this.#found[place] = value;
    }
    return true;
  }

  /** The effect for records that hold what was read, if one was asked about before. */
  known(): number | undefined {
    let level: unknown = this.#known;
    for (const value of this.#found) {
      level = (level as Map<unknown, unknown>).get(value);
      if (level === undefined) return undefined;
    }
    return level as number;
  }

  /** A record that holds what was read, and nothing else. */
  record(): object {
    const record = bare();
    this.#paths.forEach((path, place) => {
      const value = this.#found[place];
      if (value === undefined) return;
      let inner = record;
      for (const key of path.slice(0, -1)) inner = (inner[key] ??= bare()) as typeof inner;
      inner[path[path.length - 1] as string] = value;
    });
    return record;
  }

  /** Keeps the effect for records that hold what was read. */
  keep(effect: number): number {
    if (this.#count === MOST) {
      this.#known = new Map();
      this.#count = 0;
    }
    this.#count += 1;
    const last = this.#found.length - 1;
    let level = this.#known;
    for (const value of this.#found.slice(0, last)) {
      let next = level.get(value) as typeof level | undefined;
      if (next === undefined) level.set(value, (next = new Map()));
      level = next;
    }
    level.set(this.#found[last], effect);
    return effect;
  }
}

/** An object in which every key is its own, `__proto__` too. */
function bare(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
