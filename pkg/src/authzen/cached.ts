// A directory whose answers are kept for a short time.

import type { Context, DirectoryResource, Subject } from "../documents.js";
import type { Awaitable, ContextQuestion, Directory } from "./directory.js";
import { lastingFor } from "./lasting.js";
import { within } from "./within.js";

/** How long answers are kept, and how many. */
export interface CachedOptions {
  /** How long an answer is kept: for so long a right that was revoked is still there. At least 1. */
  readonly milliseconds: number;
  /** How many subjects, how many resources and how many contexts are kept at most. The least recently used goes first. */
  readonly most: number;
  /** So many milliseconds a question waits for the lookup of another one, 5,000 where absent. Then it is a fault. */
  readonly timeout?: number;
  /**
   * The runtime's `waitUntil`, such as that of `cloudflare:workers`, for each lookup: in Workers a request that is called
   * off leaves its lookup unanswered for ever without it, and all who wait for that one are denied.
   */
  readonly waitUntil?: (promise: Promise<unknown>) => void;
}

/**
 * A directory that keeps the subjects, resources and contexts of another one, so that a decision point finds the sessions
 * again that it has open for them. What is not there is not kept, nor is a failure; searches are always asked anew.
 * Throws a `RangeError` where a bound is no positive number.
 */
export function cached(directory: Directory, options: CachedOptions): Directory {
  const { milliseconds, most, timeout = 5000 } = options;
  for (const bound of [milliseconds, most, timeout]) {
    if (!(bound > 0)) throw new RangeError(`\`${bound}\` is no bound: it must be a positive number`);
  }
  const bounds = { ...options, timeout };
  const subjects = new Kept<Subject | undefined>(bounds);
  const resources = new Kept<DirectoryResource | undefined>(bounds);
  const contexts = new Kept<Context>(bounds);
  const keeping: Directory = {
    subject: (id) => subjects.get(id, () => directory.subject(id)),
    resource: (type, id, scope) => resources.get(resourceKey(type, id), () => directory.resource(type, id, scope)),
    context: (question, since) => {
      const key = contextKey(question);
      const ask = (): Awaitable<Context> => directory.context(question, since);
      return key.length > LONGEST ? ask() : contexts.get(key, ask, since);
    },
    subjects: (question) => directory.subjects(question),
    resources: (question) => directory.resources(question),
  };
  return lastingFor(keeping, (asker, { known }) => {
    if (asker === undefined || known === undefined) return -Infinity;
    return Math.min(
      subjects.until(asker.known.id, asker.known),
      resources.until(resourceKey(known.type, known.id), known),
      contexts.until(contextKey(asker.asked), asker.around),
    );
  });
}

/** No other type and id have this one: it says where the type ends. */
function resourceKey(type: string, id: string): string {
  return `${type.length} ${type} ${id}`;
}

function contextKey({ scopes }: ContextQuestion): string {
  return scopes.length === 0 ? "" : JSON.stringify([...new Set(scopes)].sort());
}

/** Characters of the scopes for which a context is kept. A search asks about hundreds, and hardly twice about the same. */
const LONGEST = 4000;

interface Lookup<T> {
  readonly began: number;
  readonly answer: Promise<T>;
}

interface Answered<T> {
  readonly answer: T;
  readonly began: number;
  /** How many were put at the end up to this one. */
  place: number;
}

/**
 * Answers by key, the least recently used first. One that is used is put at the end again once half as many as are kept
 * were put there after it: whoever asks all the time would leave a hole at its place each time, and a map looks for a key
 * past all the holes that it left.
 */
class Kept<T> {
  readonly #milliseconds: number;
  readonly #most: number;
  readonly #timeout: number;
  readonly #waitUntil: CachedOptions["waitUntil"];
  readonly #answers = new Map<string, Answered<T>>();
  readonly #lookups = new Map<string, Lookup<T>>();
  #places = 0;

  constructor({ milliseconds, most, timeout, waitUntil }: CachedOptions & { readonly timeout: number }) {
    this.#milliseconds = milliseconds;
    this.#most = most;
    this.#timeout = timeout;
    this.#waitUntil = waitUntil;
  }

  /** What is asked gives what was read at `since` or after it; absent: after it was asked. */
  get(key: string, ask: () => Awaitable<T>, since = Infinity): Awaitable<T> {
    const now = performance.now();
    const kept = this.#answers.get(key);
    if (kept !== undefined) {
      if (now - kept.began < this.#milliseconds) {
        if (this.#places - kept.place > this.#most / 2) this.#append(key, kept);
        return kept.answer;
      }
      this.#answers.delete(key);
    }
    const lookup = this.#lookups.get(key);
    if (lookup !== undefined && now - lookup.began < Math.min(this.#timeout, this.#milliseconds)) {
      return within(this.#timeout, lookup.answer, "the directory");
    }
    return this.#lookUp(key, Math.min(now, since), ask);
  }

  /** Until when this answer is given, in milliseconds of `performance.now()`. */
  until(key: string, answer: T): number {
    const kept = this.#answers.get(key);
    return kept?.answer === answer ? kept.began + this.#milliseconds : -Infinity;
  }

  /** The time of an answer begins where it may have been read first: nobody knows when after that it was. */
  async #lookUp(key: string, began: number, ask: () => Awaitable<T>): Promise<T> {
    const lookup = { began, answer: (async () => ask())() };
    this.#lookups.set(key, lookup);
    this.#waitUntil?.(lookup.answer.catch(() => {}));
    try {
      const answer = await lookup.answer;
      if (answer !== undefined) this.#keep(key, answer, began);
      return answer;
    } finally {
      if (this.#lookups.get(key) === lookup) this.#lookups.delete(key);
    }
  }

  #keep(key: string, answer: T, began: number): void {
    const kept = this.#answers.get(key);
    if (kept !== undefined && kept.began > began) return;
    this.#append(key, { answer, began, place: 0 });
    if (this.#answers.size <= this.#most) return;
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }

  #append(key: string, kept: Answered<T>): void {
    this.#answers.delete(key);
    this.#places += 1;
    kept.place = this.#places;
    this.#answers.set(key, kept);
  }
}
