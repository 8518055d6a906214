// Answers that were given, with all that they were given from. The same question has the same answer for as long as its
// policy, the directory's facts and the time give no other one.

import type { Asker } from "./ask.js";
import type { Awaitable, Directory } from "./directory.js";
import type { Place } from "./facts.js";
import { type Lasting, lastingOf } from "./lasting.js";
import { isLater } from "./later.js";
import type { Evaluation } from "./options.js";
import type { VersionedPolicy } from "./policies.js";

/** An answer, and what it was given from. */
export interface Answer {
  readonly evaluation: Evaluation;
  readonly decision: boolean;
  readonly reason: string;
  /** What it is in a response. */
  readonly text: string;
  readonly versioned: VersionedPolicy;
  /** Undefined: nobody. */
  readonly asker: Asker | undefined;
  readonly place: Place;
  /** When it can turn, in milliseconds since 1970-01-01T00:00:00Z; infinite: never. */
  readonly until: number;
  /** Until when the directory has that, as far as it is known when the answer is kept; undefined: it is to be asked. */
  lasts: number | undefined;
}

/** Whether an answer is what would be answered now, as far as that can be told without waiting. */
export function holds(answer: Answer, versioned: VersionedPolicy, directory: Directory | undefined): boolean {
  const { until, lasts } = answer;
  if (answer.versioned !== versioned || (until !== Infinity && Date.now() >= until)) return false;
  if (lasts !== undefined) return lasts === Infinity || performance.now() < lasts;
  return directory !== undefined && isStillFrom(directory, answer);
}

/** Whether a directory has what an answer was given from: it gives the same objects where nothing has changed. */
function isStillFrom(directory: Directory, { evaluation: { subject, resource }, asker, place }: Answer): boolean {
  return (
    asker !== undefined &&
    isThere(directory.subject(subject.id), asker.known) &&
    isThere(directory.resource(resource.type, resource.id), place.known) &&
    isThere(directory.context(asker.asked), asker.around)
  );
}

function isThere<T>(found: Awaitable<T>, before: T): boolean {
  if (!isLater(found)) return found === before;
  // It is asked for again, and what goes wrong is found then.
  found.catch(() => {});
  return false;
}

/** A body of more characters than these is not kept. */
const LONGEST = 1000;
/** So many bytes a generation of answers takes at most, about: each has its body, and what was read of it. */
const MOST = 16_000_000;

function sizeOf(text: string): number {
  return 300 + 8 * text.length;
}

/**
 * Answers of one policy, by the bodies that asked for them, in two generations: what was asked since the older one ended
 * is still there.
 */
export class KeptAnswers {
  readonly #lasting: Lasting | undefined;
  #versioned: VersionedPolicy | undefined;
  #young = new Map<string, Answer>();
  #old = new Map<string, Answer>();
  #bytes = 0;

  constructor(directory: Directory | undefined) {
    this.#lasting = lastingOf(directory);
  }

  get(text: string): Answer | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.#put(text, old);
    return old;
  }

  keep(text: string, answer: Answer): void {
    if (text.length > LONGEST) return;
    if (answer.versioned !== this.#versioned) {
      [this.#young, this.#old, this.#bytes, this.#versioned] = [new Map(), new Map(), 0, answer.versioned];
    }
    answer.lasts = this.#lasting?.(answer.asker, answer.place);
    this.#put(text, answer);
  }

  #put(text: string, answer: Answer): void {
    if (!this.#young.has(text)) this.#bytes += sizeOf(text);
    if (this.#bytes > MOST) {
      [this.#old, this.#young, this.#bytes] = [this.#young, new Map(), sizeOf(text)];
    }
    this.#young.set(text, answer);
  }
}
