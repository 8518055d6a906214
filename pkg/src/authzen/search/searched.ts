// What all searches have in common: the page that is answered, and the entry in the log.

import { type About, headOf } from "../decide.js";
import type { DecisionEntry } from "../log.js";
import type { Setting } from "../setting.js";
import { versionOf } from "../written.js";
import { type Page, responseOf, type Results } from "./page.js";

/** What is searched, as the log names it. */
export type Searched = Pick<DecisionEntry, "subject" | "action" | "resource">;

/** Answers a search, and tells the log. */
export async function searched(
  setting: Setting,
  about: About,
  { subject, action, resource }: Searched,
  page: Page,
  search: () => Promise<Results>,
): Promise<object> {
  const began = performance.now();
  const found = await search();
  const response = await responseOf(found, page, versionOf(about.versioned));
  setting.log?.({
    ...headOf(about),
    subject: named(subject),
    ...(action !== undefined && { action }),
    resource: named(resource),
    results: found.results.length,
    duration: performance.now() - began,
  });
  return response;
}

/** An entity without what is said of it. */
function named({ type, id }: { type: string; id?: string }): { type: string; id?: string } {
  return { type, ...(id !== undefined && { id }) };
}
