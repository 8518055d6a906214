// Looking through a directory, page by page, for what is an answer.

import type { Found } from "../directory.js";
import type { DecisionPointLimits } from "../options.js";
import type { Page, Results, Start } from "./page.js";

/** So many are asked of a directory at a time. */
const FEWEST = 50;
const MOST = 1000;

/**
 * Goes on through a directory from where the page begins, until there are as many answers as are wanted, enough was
 * looked at for one response, or nothing is left. `answers` gives those of a batch, in its order.
 */
export async function look<T>(
  page: Page,
  limits: DecisionPointLimits,
  ask: (question: { after?: string; limit: number }) => PromiseLike<Found<T>> | Found<T>,
  answers: (batch: readonly T[]) => Promise<readonly (object | undefined)[]>,
): Promise<Results> {
  const wanted = Math.min(page.limit ?? limits.results, limits.results);
  const results: object[] = [];
  let start: Start = page.start;
  let looked = 0;
  for (;;) {
    const limit = Math.max(FEWEST, Math.min(MOST, wanted + start.passed));
    const { found, next } = await ask({ ...(start.after !== undefined && { after: start.after }), limit });
    const batch = found.slice(start.passed);
    const answered = await answers(batch);
    for (const [index, answer] of answered.entries()) {
      if (answer === undefined) continue;
      if (results.length === wanted) return { results, next: { ...start, passed: start.passed + index } };
      results.push(answer);
    }
    if (next === undefined) return { results, next: undefined };
    looked += batch.length;
    start = { after: next, passed: 0 };
    if (looked >= limits.looked || results.length === wanted) return { results, next: start };
  }
}
