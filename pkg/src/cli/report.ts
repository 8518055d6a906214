// Findings as text, one line each that editors and terminals make a link of: `file:line:column: error[code]: message`.

import type { Finding, Source } from "./read.js";
import type { Paint } from "./paint.js";

/** How findings are shown to people: with colours, and with the line that they are about. */
export interface Manner {
  readonly paint: Paint;
  readonly isForPeople: boolean;
}

/** What steers a terminal or the order of letters. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Words of a document as text that does nothing else to a terminal. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One finding as text, with its help and, for people, its line in the file. */
export function told(finding: Finding, sources: readonly Source[], { paint, isForPeople }: Manner): string {
  const { file, line, column, severity, code, message, help } = finding;
  const colour = severity === "error" ? paint.red : paint.yellow;
  const head = `${paint.bold(`${file}:${line}:${column}:`)} ${colour(`${severity}[${code}]`)}: ${visible(message)}`;
  const source = isForPeople ? sources.find((one) => one.file === file) : undefined;
  const lines = [head];
  if (source !== undefined) lines.push(...excerpt(finding, source, paint));
  if (help !== undefined) lines.push(`  ${paint.cyan("help")}: ${visible(help)}`);
  return `${lines.join("\n")}\n`;
}

/** The longest piece of a line that is shown. */
const WIDEST = 100;

function excerpt(finding: Finding, source: Source, paint: Paint): string[] {
  const { line, column, endLine, endColumn } = finding;
  const whole = [...source.lines.text(line)];
  if (whole.length === 0) return [];
  // Of a long line the piece around the place.
  const from = column > WIDEST - 20 ? column - 21 : 0;
  const piece = whole.slice(from, from + WIDEST);
  const number = String(line);
  // One mark below each character, so each is one that is seen.
  const shown = piece.map((character) => (character === "\t" ? " " : character.replace(UNSEEN, "·"))).join("");
  const until = endLine === line ? endColumn : whole.length + 1;
  const marks = Math.max(1, Math.min(until, from + piece.length + 1) - column);
  const margin = " ".repeat(number.length);
  const under = `${" ".repeat(column - 1 - from)}${paint.bold("^".repeat(marks))}`;
  return [`${paint.dim(`  ${number} |`)} ${shown}`, `${paint.dim(`  ${margin} |`)} ${under}`];
}

/** A finding as a command that a GitHub workflow turns into an annotation. */
export function forGithub(finding: Finding): string {
  const { file, line, column, endLine, endColumn, severity, code, message, help } = finding;
  const end = endLine === line ? [`endColumn=${endColumn}`] : [];
  const properties = [`file=${escaped(file, true)}`, `line=${line}`, `endLine=${endLine}`, `col=${column}`, ...end, `title=${code}`];
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${severity} ${properties.join(",")}::${escaped(text, false)}\n`;
}

function escaped(text: string, isProperty: boolean): string {
  const data = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return isProperty ? data.replaceAll(":", "%3A").replaceAll(",", "%2C") : data;
}

/** `1 error`, `2 errors`, `no errors`. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${number === 0 ? "no" : number} ${number === 1 ? one : several}`;
}

/** A document for machines. */
export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
