// The one list of claims that every runtime and bundler is held to. It imports nothing: a program of the runtime hands
// it the package's entries as they came there, and gets back what each claim came to.

import { AUTHZEN } from "./claims/authzen.mjs";
import { CLIENT } from "./claims/client.mjs";
import { EVALUATOR } from "./claims/evaluator.mjs";
import { PAGE } from "./claims/page.mjs";
import { TOOLS } from "./claims/tools.mjs";

/** The claims about each entry, by its name. */
const CLAIMS = {
  grantlet: EVALUATOR,
  "grantlet/inline": EVALUATOR,
  "grantlet/dom": { ...EVALUATOR, ...PAGE },
  "grantlet/tools": TOOLS,
  "grantlet/authzen": AUTHZEN,
  "grantlet/client": CLIENT,
};

/**
 * Holds entries, by name, to their claims; those of a page only where there is one. Gives a list of entry, claim and,
 * of a claim that does not hold, the error with its causes.
 */
export async function check(entries) {
  const results = [];
  for (const [entry, module] of Object.entries(entries)) {
    for (const [claim, holds] of Object.entries(CLAIMS[entry])) {
      if (claim in PAGE && typeof document === "undefined") continue;
      try {
        await holds(module, entries);
        results.push({ entry, claim });
      } catch (thrown) {
        results.push({ entry, claim, error: told(thrown) });
      }
    }
  }
  return results;
}

/** Every claim by its entry, with those of a page or without. */
export function expected(page) {
  return Object.entries(CLAIMS).flatMap(([entry, claims]) =>
    Object.keys(claims)
      .filter((claim) => page || !(claim in PAGE))
      .map((claim) => ({ entry, claim })),
  );
}

function told(thrown) {
  if (!(thrown instanceof Error)) return String(thrown);
  const { name, message, cause } = thrown;
  return cause === undefined ? `${name}: ${message}` : `${name}: ${message}: ${told(cause)}`;
}
