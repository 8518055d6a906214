// What is behind a decision, in sentences with the places in the files that they come from.

import type { Because, Decision } from "../node.js";
import { inWords } from "./condition.js";
import { pointerOf, stepsOf, valueAt } from "./place.js";
import type { Source } from "./read.js";
import { visible } from "./report.js";

/** Where the words of a decision were written. */
export interface Origins {
  readonly policy: Source;
  readonly subject: Source;
}

/** A place in a file. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing behind a decision, with its places. */
export type Located = Because & {
  /** Of the pattern or the `requires`. */
  readonly at: Spot;
  /** Of the assignment, the direct grant or the rule by which the subject has it. */
  readonly heldAt?: Spot;
};

export function spotOf(source: Source, pointer: string): Spot {
  const { line, column } = source.at(pointer);
  return { file: source.file, line, column };
}

export function spotted({ file, line, column }: Spot): string {
  return `${file}:${line}:${column}`;
}

/** The same with its places. */
export function located(because: Because, origins: Origins): Located {
  const isDirect = because.via === "grant";
  const at = spotOf(isDirect ? origins.subject : origins.policy, because.pointer);
  const held = holding(because);
  return held === undefined ? { ...because, at } : { ...because, at, heldAt: spotOf(origins[held.in], held.pointer) };
}

function holding({ via, index = 0 }: Because): { in: keyof Origins; pointer: string } | undefined {
  if (via === "assignment") return { in: "subject", pointer: pointerOf("assignments", index) };
  if (via === "grant") return { in: "subject", pointer: pointerOf("grants", index) };
  return via === "derived" ? { in: "policy", pointer: pointerOf("derivedRoles", index) } : undefined;
}

/** Every cause of a decision as a line, each with the lines that belong below it. */
export function sentences({ because }: Pick<Decision, "because">, origins: Origins): string[][] {
  return because.map((one) => sentence(one, origins).map(visible));
}

function sentence(because: Because, origins: Origins): string[] {
  const { at, heldAt, entitlement } = located(because, origins);
  if (entitlement !== undefined) return [`the entitlement \`${entitlement}\` is not active (asked for at ${spotted(at)})`];
  const { via, role, chain = [], scope, outcome, effect } = because;
  const carrier = chain.at(-1) ?? role;
  const may = outcome === "possible" ? (effect === "allow" ? "may allow" : "may deny") : effect === "allow" ? "allows" : "denies";
  const who = via === "grant" ? "a direct grant" : `role \`${carrier}\``;
  const written = valueAt(origins[via === "grant" ? "subject" : "policy"].value, because.pointer);
  const lines = [`${who} ${may} \`${String(written)}\` (${spotted(at)})`];
  const where = scope === undefined ? "at the root" : `at \`${scope}\``;
  const verb = { assignment: "assigned", derived: "derived", grant: "granted" }[via as string] ?? "held";
  const held = via === "grant" || chain.length < 2 ? "" : `\`${role}\` `;
  lines.push(`${held}${verb} ${where}${heldAt === undefined ? "" : ` (${spotted(heldAt)})`}${bounds(because)}`);
  if (chain.length > 1) lines.push(`inherited along ${chain.map((name) => `\`${name}\``).join(" → ")}`);
  for (const condition of conditions(because, origins)) lines.push(`when ${inWords(condition)}`);
  return lines;
}

/** Why an assignment or a direct grant does not count. */
function bounds({ status, from, until }: Because): string {
  const parts = [
    ...(status === undefined ? [] : [`which is \`${status}\``]),
    ...(from === undefined ? [] : [`from ${instant(from)}`]),
    ...(until === undefined ? [] : [`until ${instant(until)}`]),
  ];
  return parts.length === 0 ? "" : `, ${parts.join(", ")}`;
}

/** The conditions under which it counts, those of the role's deriving before its own. */
function conditions({ via, index = 0, pointer }: Because, { policy, subject }: Origins): unknown[] {
  const steps = stepsOf(pointer);
  const grant = steps.at(-2) === "permissions" ? pointerOf(...steps.slice(0, -2)) : pointer;
  const found = [valueAt((via === "grant" ? subject : policy).value, `${grant}/when`)];
  if (via === "derived") found.unshift(valueAt(policy.value, `${pointerOf("derivedRoles", index)}/when`));
  return found.filter((condition) => condition !== undefined);
}

/** Milliseconds as a time that people read. */
export function instant(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString().replace(".000Z", "Z");
}
