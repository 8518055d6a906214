// What is left of a condition as a `WHERE` clause of D1.
//
// Two functions, one for the rows of which it may be true and one for those of which it may be false, because `not` leads
// from the one to the other. Where the database cannot answer exactly both hold of more rows than they should, and never
// of fewer: whoever reads the rows judges each of them. A row whose JSON has one key twice is lost where SQLite and
// JavaScript take another of the two; what this package writes has none.

import type { Residual, ResidualOperand } from "../../tools/residual.js";
import { compared, type Comparison, contained, excluded, OPPOSITE } from "./compare.js";
import { operandOf } from "./operand.js";
import { NEVER, OPEN, type Piece, Writer } from "./sql.js";

export { NEVER } from "./sql.js";

/** A condition on the rows of `resources`. */
export interface Clause {
  /** SQL; `NEVER` where no row can be an answer. */
  readonly sql: string;
  /** The values of its parameters. */
  readonly parameters: readonly (string | number)[];
  /** Whether it holds of no row of which the condition is not true, apart from numbers with a fraction or an exponent. */
  readonly isExact: boolean;
}

/** The rows for which a residual may come to true. The clause's parameters are numbered from the first. */
export function whereOf(residual: Residual, first: number): Clause {
  const writer = new Writer();
  const piece = mayBeTrue(residual, writer);
  return { ...writer.numbered(piece, first), isExact: writer.isExact };
}

function mayBeTrue(residual: Residual, writer: Writer): Piece {
  if (residual === true) return OPEN;
  if (typeof residual !== "object" || residual === null) return writer.comparison(() => NEVER);
  if ("all" in residual) return writer.joined("AND", residual.all.map((one) => mayBeTrue(one, writer)));
  if ("any" in residual) return writer.joined("OR", residual.any.map((one) => mayBeTrue(one, writer)));
  if ("not" in residual) return mayBeFalse(residual.not, writer);
  return leaf(residual, true, writer);
}

function mayBeFalse(residual: Residual, writer: Writer): Piece {
  if (residual === false) return OPEN;
  if (typeof residual !== "object" || residual === null) return writer.comparison(() => NEVER);
  if ("all" in residual) return writer.joined("OR", residual.all.map((one) => mayBeFalse(one, writer)));
  if ("any" in residual) return writer.joined("AND", residual.any.map((one) => mayBeFalse(one, writer)));
  if ("not" in residual) return mayBeTrue(residual.not, writer);
  return leaf(residual, false, writer);
}

type Leaf = Exclude<Residual, boolean | null | { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }>;

function leaf(residual: Leaf, isWanted: boolean, writer: Writer): Piece {
  return writer.comparison(() => {
    if ("exists" in residual) {
      const operand = operandOf(residual.exists, writer);
      return isWanted ? operand?.isThere : operand?.isMissing;
    }
    const [[operator, operands]] = Object.entries(residual) as [[string, readonly [ResidualOperand, ResidualOperand]]];
    const [left, right] = [operandOf(operands[0], writer), operandOf(operands[1], writer)];
    if (left === undefined || right === undefined) return undefined;
    if (operator === "in") return isWanted ? contained(left, right, writer) : excluded(left, right, writer);
    const comparison = COMPARISONS.get(operator);
    if (comparison === undefined) return undefined;
    return compared(isWanted ? comparison : OPPOSITE[comparison], left, right);
  });
}

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ["eq", "="],
  ["ne", "<>"],
  ["lt", "<"],
  ["le", "<="],
  ["gt", ">"],
  ["ge", ">="],
]);
