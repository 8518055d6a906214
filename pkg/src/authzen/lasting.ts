// Directories that are known to give the same objects for a while: of what was found in one, nothing has to be asked
// again until then.

import type { Asker } from "./ask.js";
import type { Directory } from "./directory.js";
import type { Place } from "./facts.js";

/**
 * Until when a directory gives what it gave of whoever asks and of the resource, in milliseconds of `performance.now()`;
 * infinite: for good. Undefined is nobody.
 */
export type Lasting = (asker: Asker | undefined, place: Place) => number;

/** By the directory itself: a copy of one, with other methods, lasts as long as its own methods say. */
const lasting = new WeakMap<Directory, Lasting>();

/** A directory of which it is known, and whose methods stay what they are. */
export function lastingFor(directory: Directory, until: Lasting): Directory {
  lasting.set(directory, until);
  return Object.freeze(directory);
}

/** What is known of a directory; undefined: it has to be asked each time. */
export function lastingOf(directory: Directory | undefined): Lasting | undefined {
  return directory === undefined ? forGood : lasting.get(directory);
}

/** Of what never changes. */
export function forGood(): number {
  return Infinity;
}
