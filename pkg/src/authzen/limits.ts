// Bounds on what comes in.

import type { DecisionPointLimits } from "./options.js";

export const LIMITS: DecisionPointLimits = {
  body: 1024 * 1024,
  evaluations: 1000,
  results: 1000,
  looked: 20_000,
};

/** How deep the JSON of a body may be. The facts that it becomes part of have a bound of their own, further down. */
const DEEPEST = 64;

/** Whether brackets are nested deeper than so many levels: such a text is not read at all. */
export function isTooDeep(text: string, deepest = DEEPEST): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 92) at += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return false;
}
