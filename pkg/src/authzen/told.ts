// Functions of the program's that are told of something and whose answer nobody waits for.

import { isLater } from "./later.js";
import type { DecisionEntry } from "./log.js";

/** Tells of faults. Whoever is told of them has none to tell of their own, at once or later: the answer is what it is. */
export function telling<T>(told: ((fault: T) => void) | undefined): (fault: T) => void {
  return (fault) => {
    try {
      const later: unknown = told?.(fault);
      if (isLater(later)) later.then(undefined, () => {});
    } catch {
      // As above.
    }
  };
}

type Log = (entry: DecisionEntry) => void;

/**
 * A log. What it throws denies; a promise of it that is rejected comes too late for that, and is told as a fault. Where
 * nobody is told of faults it stays what it is, an unhandled rejection: lines of a log are not lost in silence.
 */
export function logging(log: Log | undefined, fault: ((thrown: unknown) => void) | undefined): Log | undefined {
  if (log === undefined || fault === undefined) return log;
  const tell = telling(fault);
  return (entry) => {
    const later: unknown = log(entry);
    if (isLater(later)) later.then(undefined, tell);
  };
}
