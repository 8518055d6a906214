// A condition in words, for people who read why.

import { visible } from "./report.js";

const COMPARED: Readonly<Record<string, string>> = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=", in: "in" };

/** The condition of a policy or a direct grant, as it was written. */
export function inWords(condition: unknown): string {
  return visible(words(condition, false));
}

function words(condition: unknown, isInner: boolean): string {
  const [[operator, operand] = ["", null]] = Object.entries((condition ?? {}) as Record<string, unknown>);
  const compared = COMPARED[operator];
  if (compared !== undefined && Array.isArray(operand)) return `${value(operand[0])} ${compared} ${value(operand[1])}`;
  if (operator === "exists") return `${value(operand)} is there`;
  if (operator === "not") return `not ${words(operand, true)}`;
  const parts = Array.isArray(operand) ? operand : [];
  if (parts.length === 0) return operator === "all" ? "always" : "never";
  const joined = parts.map((part) => words(part, true)).join(operator === "all" ? " and " : " or ");
  return isInner && parts.length > 1 ? `(${joined})` : joined;
}

function value(operand: unknown): string {
  const { var: variable, time } = (operand ?? {}) as { var?: unknown; time?: unknown };
  return typeof variable === "string" ? variable : typeof time === "string" ? time : JSON.stringify(operand);
}
