// Colours, on a terminal alone. `FORCE_COLOR` and `NO_COLOR` have the last word, in Node's order.

import type { Out, World } from "./world.js";

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const;

export type Colour = keyof typeof CODES;

export type Paint = Readonly<Record<Colour, (text: string) => string>>;

/** Whether a stream is read by a person, who wants to see the source too. */
export function isForPeople(out: Out, env: World["env"]): boolean {
  return out.isTTY === true || isForced(env);
}

function isForced(env: World["env"]): boolean {
  const forced = env["FORCE_COLOR"];
  return forced !== undefined && forced !== "0" && forced !== "false";
}

function isColoured(out: Out, env: World["env"]): boolean {
  if (env["FORCE_COLOR"] !== undefined) return isForced(env);
  const refused = env["NO_COLOR"];
  return out.isTTY === true && (refused === undefined || refused === "") && env["TERM"] !== "dumb";
}

/** Colours for a stream, which leave the text as it is where none are wanted. */
export function paintOf(out: Out, env: World["env"]): Paint {
  const coloured = isColoured(out, env);
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    (text: string) => (coloured && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text),
  ]);
  return Object.fromEntries(entries) as Paint;
}
