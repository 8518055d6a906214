// What of the facts may stand in a log: the variables that the policy's version lists, and nothing else.

import type { Context, Json, Subject } from "../documents.js";
import type { Place } from "./facts.js";

/** The facts of a decision. */
export interface Facts {
  readonly subject?: Subject | undefined;
  readonly context?: Context | undefined;
  readonly action?: object | undefined;
  readonly place: Place;
}

/** The values of the listed variables, where they are known. */
export function loggable(
  names: readonly string[] | undefined,
  { subject, context, action, place }: Facts,
): { attributes?: Record<string, Json> } {
  if (names === undefined || names.length === 0) return {};
  const roots = new Map<string, unknown>([
    ["subject", { ...subject?.attributes, id: subject?.id }],
    ["resource", place.record],
    ["action", action],
    ["context", context?.attributes],
  ]);
  const entries: [string, Json][] = [];
  for (const name of names) {
    const [root = "", ...path] = name.split(".");
    let value = roots.get(root);
    for (const key of path) value = own(value, key);
    if (path.length > 0 && value !== undefined) entries.push([name, value as Json]);
  }
  return entries.length === 0 ? {} : { attributes: Object.fromEntries(entries) };
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
