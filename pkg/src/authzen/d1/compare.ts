// Comparisons in SQL: whether one can be true of a row, and whether it can be false. Where neither holds it is unknown.

import { isListed } from "./listed.js";
import { ELEMENT, isScalar, KINDS, type Kind, type Operand, written } from "./operand.js";
import { both, either, NEVER, type Writer } from "./sql.js";

/** The comparisons of the model, as SQL writes them. */
export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** What holds where the other does not, of two scalars that can be compared. */
export const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  "=": "<>",
  "<>": "=",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

/**
 * SQLite reads decimals to within a few of their last bits, and the model to the last. Two numbers that lie nearer than
 * this are both in their order and not, so that no row is lost.
 */
const ROUGHLY = "1e-14";

/** Kinds that have an order. */
const ORDERED: readonly Kind[] = ["number", "text"];

/** Two scalars of one kind are so. Null and another scalar are unequal. */
export function compared(comparison: Comparison, left: Operand, right: Operand): string {
  const isEquality = comparison === "=" || comparison === "<>";
  const alike = (isEquality ? KINDS : ORDERED).map((kind) => {
    const isKind = both(left.is(kind), right.is(kind));
    if (isKind === NEVER) return NEVER;
    if (kind === "null") return comparison === "=" ? isKind : NEVER;
    return both(isKind, related(comparison, kind, left, right));
  });
  if (comparison !== "<>") return either(...alike);
  const others = KINDS.filter((kind) => kind !== "null");
  const unlike = ([one, other]: readonly [Operand, Operand]): string =>
    both(one.is("null"), either(...others.map((kind) => other.is(kind))));
  return either(...alike, unlike([left, right]), unlike([right, left]));
}

function related(comparison: Comparison, kind: Kind, left: Operand, right: Operand): string {
  const [one, other] = [left.value(kind), right.value(kind)];
  const exactly = `${one} ${comparison} ${other}`;
  if (kind !== "number") return exactly;
  return either(exactly, both(either(left.isRough, right.isRough), `abs(${one} - ${other}) <= ${ROUGHLY} * abs(${one}) + 1e-300`));
}

/** A scalar equals an element of a list. */
export function contained(element: Operand, list: Operand, writer: Writer): string {
  if (list.list === undefined) return NEVER;
  const { isOne, elements } = list.list;
  if (list.written === undefined) return both(isOne, exists(elements(), compared("=", element, ELEMENT)));
  // A list of the policy may be long: its strings are looked up, and not compared one by one.
  const texts = list.written.filter((one) => typeof one === "string");
  const others = list.written.filter((one) => typeof one !== "string");
  return either(
    texts.length === 0 ? NEVER : both(element.is("text"), isAmong(element, texts, writer)),
    others.length === 0 ? NEVER : exists(written(others, writer).list?.elements() ?? "", compared("=", element, ELEMENT)),
  );
}

/** A scalar is unequal to every element of a list. */
export function excluded(element: Operand, list: Operand, writer: Writer): string {
  if (list.list === undefined) return NEVER;
  const { isOne, elements } = list.list;
  const differs = compared("<>", element, ELEMENT);
  const oneByOne = both(isOne, isScalar(element), `NOT ${exists(elements(), `(${differs}) IS NOT TRUE`)}`);
  if (list.written?.every((one) => typeof one === "string") !== true || list.written.length === 0) return oneByOne;
  return either(
    both(element.is("text"), `NOT ${isAmong(element, list.written, writer)}`),
    both(element.is("null"), oneByOne),
  );
}

function isAmong(element: Operand, texts: readonly unknown[], writer: Writer): string {
  return isListed(element.value("text"), writer.bind(JSON.stringify(texts)));
}

function exists(elements: string, condition: string): string {
  return condition === NEVER ? NEVER : `EXISTS (SELECT 1 FROM ${elements} WHERE ${condition})`;
}
