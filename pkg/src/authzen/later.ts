// Values that may be there at once. A promise costs a decision more than its lookups do, so nothing waits for what is
// there.

import type { Awaitable } from "./directory.js";

/** Whether a value is yet to come. */
export function isLater<T>(value: Awaitable<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

/** Goes on with a value, at once where it is there. */
export function after<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return isLater(value) ? value.then(next) : next(value);
}

/** Goes on with two values. The second one is asked for without waiting for the first. */
export function both<T, U, V>(
  one: Awaitable<T>,
  other: () => Awaitable<U>,
  next: (one: T, other: U) => Awaitable<V>,
): Awaitable<V> {
  if (!isLater(one)) return after(other(), (second) => next(one, second));
  // What the second one throws is a rejection too: so none of the two is left alone.
  const second = new Promise<U>((resolve) => resolve(other()));
  return Promise.all([one, second]).then(([first, second]) => next(first, second));
}
