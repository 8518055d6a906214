// The places in a JSON text. The module's own reader judges the text first; this one only says where things stand.

import { type Node, parseTree } from "jsonc-parser";
import { checkPolicy, type Diagnostic } from "../node.js";
import type { Fault } from "./faults.js";
import { type Lines, type Place, pointerOf } from "./place.js";

/** What the reader says of a text that is no document at all. */
const OF_THE_READER = new Set(["syntax", "too-deep", "too-large"]);

/** The one fault of a text that is no JSON, out of what was said about it as a policy. */
export function syntaxFault(diagnostics: readonly Diagnostic[], lines: Lines): Fault | undefined {
  const [first] = diagnostics;
  if (first === undefined || first.pointer !== "" || !OF_THE_READER.has(first.code)) return undefined;
  const told = / at line (\d+) column (\d+)$/.exec(first.message);
  const start = told === null ? 0 : lines.offsetOfBytes(Number(told[1]), Number(told[2]));
  return { code: first.code, message: first.message.slice(0, told?.index), start, end: start + 1 };
}

/** Whether the text is JSON: what the module's reader has against it. */
export async function jsonFault(text: string, lines: Lines): Promise<Fault | undefined> {
  return syntaxFault(await checkPolicy(text), lines);
}

/** The places in a text that the module's reader took, and the keys that stand twice. */
export function jsonPlaces(text: string): { place: Place; faults: Fault[] } {
  const faults: Fault[] = [];
  return { place: placeOf(parseTree(text) as Node, [], faults), faults };
}

function placeOf(node: Node, path: readonly (string | number)[], faults: Fault[], key?: Node): Place {
  const [start, end] = [node.offset, node.offset + node.length];
  const keyed = key === undefined ? {} : { keyStart: key.offset, keyEnd: key.offset + key.length };
  const children = node.children ?? [];
  if (node.type === "array") {
    const items = children.map((child, index) => placeOf(child, [...path, index], faults));
    return { kind: "array", start, end, ...keyed, items };
  }
  if (node.type !== "object") return { kind: "scalar", start, end, ...keyed };
  const members = new Map<string, Place>();
  for (const { children: [name, value] = [] } of children) {
    const key = String(name!.value);
    if (members.has(key)) faults.push(twice(key, [...path, key], name!.offset, name!.length));
    members.set(key, placeOf(value!, [...path, key], faults, name));
  }
  return { kind: "object", start, end, ...keyed, members };
}

/** A key that an object has already. */
export function twice(key: string, path: readonly (string | number)[], start: number, length: number): Fault {
  const [code, message] = ["duplicate-key", `the key \`${key}\` stands here twice`];
  return { code, message, help: "keep one of the two", pointer: pointerOf(...path), start, end: start + length };
}
