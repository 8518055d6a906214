// What a comparison reads, as SQL: a literal, a column, an attribute, or an element of a list.

import type { ResidualOperand } from "../../tools/residual.js";
import { ALWAYS, either, NEVER, type Writer } from "./sql.js";

/** The scalars that the model tells apart. */
export type Kind = "null" | "boolean" | "number" | "text";
export const KINDS: readonly Kind[] = ["null", "boolean", "number", "text"];

/** An operand. */
export interface Operand {
  /** Whether it is a scalar of this kind. */
  is(kind: Kind): string;
  /** Its value where it is one. */
  value(kind: Kind): string;
  /** Whether its value as a number may be a little off; it is never off where this does not hold. */
  readonly isRough: string;
  /** Where it is a list, the rows of its elements. */
  readonly list?: { readonly isOne: string; elements(): string };
  /** The elements of a list that is written in the policy. */
  readonly written?: readonly unknown[];
  /** Whether it is there. */
  readonly isThere: string;
  /** Whether it is not. */
  readonly isMissing: string;
}

const ATTRIBUTES = "resources.attributes";
/** The rows of a list's elements. */
const ROWS = "element";

const MISSING: Operand = { is: () => NEVER, value: () => "NULL", isRough: NEVER, isThere: NEVER, isMissing: ALWAYS };
const THERE = { isThere: ALWAYS, isMissing: NEVER };

/** The operand in SQL; undefined where the database cannot be asked for it. */
export function operandOf(operand: ResidualOperand, writer: Writer): Operand | undefined {
  if (typeof operand !== "object" || operand === null) return scalar(operand, writer);
  if ("var" in operand) return variable(operand.var, writer);
  return written(operand, writer);
}

/** The element of the list whose rows are read. */
export const ELEMENT: Operand = typed(`${ROWS}.type`, `${ROWS}.value`);

/** A list of literals. */
export function written(list: readonly unknown[], writer: Writer): Operand {
  const elements = (): string => `json_each(${writer.bind(JSON.stringify(list))}) AS ${ROWS}`;
  return { ...MISSING, ...THERE, list: { isOne: ALWAYS, elements }, written: list };
}

function scalar(literal: null | boolean | number | string, writer: Writer): Operand {
  const kind = kindOf(literal);
  const value = (): string => {
    if (typeof literal === "boolean") return literal ? "1" : "0";
    return literal === null ? "NULL" : writer.bind(literal);
  };
  return { is: (asked) => (asked === kind ? ALWAYS : NEVER), value, isRough: NEVER, ...THERE };
}

/** The kind of a scalar. */
function kindOf(literal: null | boolean | number | string): Kind {
  if (literal === null) return "null";
  return typeof literal === "string" ? "text" : (typeof literal as "boolean" | "number");
}

/** `resource.id` and `resource.type` are columns, which are text; all else is an attribute. */
function variable(name: string, writer: Writer): Operand | undefined {
  const [root, ...keys] = name.split(".");
  const [first = "", ...further] = keys;
  if (root !== "resource" || first === "") return undefined;
  if (first === "id" || first === "type") {
    if (further.length > 0) return MISSING;
    const is = (kind: Kind): string => (kind === "text" ? ALWAYS : NEVER);
    return { is, value: () => `resources.${first}`, isRough: NEVER, ...THERE };
  }
  const path = pathOf(keys, writer);
  if (path === undefined) return undefined;
  const type = `json_type(${ATTRIBUTES}, ${path})`;
  return {
    ...typed(type, `json_extract(${ATTRIBUTES}, ${path})`),
    isThere: `${type} IS NOT NULL`,
    isMissing: `${type} IS NULL`,
    list: { isOne: `${type} = 'array'`, elements: () => `json_each(${ATTRIBUTES}, ${path}) AS ${ROWS}` },
  };
}

/** Keys that mean the same in a path as they are, and in the text of a statement. */
const PLAIN = /^[A-Za-z0-9_-]+$/;
/** Keys that a path cannot say, or not in every version of the database. */
const UNSAYABLE = /["\\\u0000-\u001f\u007f]|\p{Surrogate}/u;

/**
 * The path of keys. One of plain keys stands in the statement, so that an index on such an expression can serve it; any
 * other is a parameter.
 */
function pathOf(keys: readonly string[], writer: Writer): string | undefined {
  if (keys.some((key) => key === "" || UNSAYABLE.test(key))) return undefined;
  const path = `$${keys.map((key) => `."${key}"`).join("")}`;
  return keys.every((key) => PLAIN.test(key)) ? `'${path}'` : writer.bind(path);
}

/** What has a type as JSON names it. Numbers are doubles to the model, also where the database has a longer integer. */
function typed(type: string, value: string): Operand {
  const is: Record<Kind, string> = {
    null: `${type} = 'null'`,
    boolean: `${type} IN ('true', 'false')`,
    number: `${type} IN ('integer', 'real')`,
    text: `${type} = 'text'`,
  };
  return {
    is: (kind) => is[kind],
    value: (kind) => (kind === "number" ? `CAST(${value} AS REAL)` : value),
    isRough: `typeof(${value}) = 'real'`,
    ...THERE,
  };
}

/** Whether it is a scalar. */
export function isScalar(operand: Operand): string {
  return either(...KINDS.map((kind) => operand.is(kind)));
}
