// YAML as another way of writing JSON: values and their places. Whatever YAML has beyond JSON is refused where it stands,
// so that a policy says the same in both: anchors and aliases, merge keys, tags, several documents in one file, keys that
// are no strings, numbers and words that JSON writes otherwise. What looks like a date is a string, as in JSON.

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  Scalar,
} from "yaml";
import type { Fault } from "./faults.js";
import { twice } from "./json.js";
import { type Place, pointerOf } from "./place.js";

/** Half a surrogate pair. */
const HALF = /\p{Surrogate}/u;

type Path = readonly (string | number)[];

/** The nesting that the module's reader takes too. */
const DEEPEST = 100;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** How JSON writes what is no string and no number; nothing at all is null. */
const WORDS = new Set(["true", "false", "null", ""]);

/** A value with its place, and as JSON text: names keep their order there, which objects do not keep of numbers. */
interface Read {
  readonly value: unknown;
  readonly json: string;
  readonly place: Place;
}

/** A YAML text as a value, its places and what is wrong with it. With a fault the value means nothing. */
export function readYaml(text: string): Read & { faults: Fault[] } {
  const refuse = (...faults: Fault[]) => ({ ...nothing(0, 0), faults });
  let documents: Document.Parsed<ParsedNode>[];
  try {
    const options = { version: "1.2", schema: "core", uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
    documents = [...parseAllDocuments(text, options)] as Document.Parsed<ParsedNode>[];
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return refuse(tooDeep(0, 0));
  }
  const [document, second] = documents;
  if (document === undefined) return refuse();
  const errors = documents.flatMap(({ errors }) => errors);
  if (errors.length > 0) return refuse(...errors.map(syntax));
  if (second !== undefined) {
    const [start = 0] = second.range;
    return refuse(beyond("several documents in one file", start, start, "write one file for each"));
  }
  const { version, explicit } = document.directives.yaml;
  if (explicit === true && version !== "1.2") {
    return refuse(beyond(`\`%YAML ${version}\``, 0, 1, "leave the line out: this is read as YAML 1.2"));
  }
  const reader = new Reader(text);
  return { ...reader.read(document.contents, [], 0), faults: reader.faults };
}

function nothing(start: number, end: number): Read {
  return { value: null, json: "null", place: { kind: "scalar", start, end } };
}

function tooDeep(start: number, end: number, pointer = ""): Fault {
  return { code: "too-deep", message: `nested deeper than ${DEEPEST} levels`, pointer, start, end };
}

function syntax({ message, pos: [start, end] }: { message: string; pos: [number, number] }): Fault {
  // The parser goes down one call for each level, and has no bound of its own.
  if (/call stack/.test(message)) return tooDeep(start, end);
  const sentence = message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
  return { code: "syntax", message: `the text is no YAML: ${sentence}`, start, end };
}

function beyond(what: string, start: number, end: number, help: string, pointer = ""): Fault {
  return { code: "not-json", message: `${what} is nothing that JSON has`, help, pointer, start, end };
}

class Reader {
  readonly faults: Fault[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: Node | null, path: Path, depth: number, after = 0): Read {
    if (node === null) return nothing(after, after);
    const [start, end] = (node as ParsedNode).range;
    const at = (what: string, help: string): void => {
      this.faults.push(beyond(what, start, end, help, pointerOf(...path)));
    };
    if (isAlias(node)) {
      at(`an alias, \`*${node.source}\`,`, "write out what it stands for");
      return nothing(start, end);
    }
    if ("anchor" in node && node.anchor !== undefined) at(`an anchor, \`&${node.anchor}\`,`, "leave it out: there are no aliases");
    if (node.tag !== undefined) at(`a tag, \`${node.tag}\`,`, "leave it out, and put a string in quotes");
    if (isScalar(node)) {
      const value = this.#scalar(node, at);
      return { value, json: JSON.stringify(value), place: { kind: "scalar", start, end } };
    }
    if (depth >= DEEPEST) {
      this.faults.push(tooDeep(start, start + 1, pointerOf(...path)));
      return nothing(start, end);
    }
    if (isSeq(node)) {
      const read = node.items.map((item, index) => this.read(item as Node, [...path, index], depth + 1, end));
      return {
        value: read.map(({ value }) => value),
        json: `[${read.map(({ json }) => json).join(",")}]`,
        place: { kind: "array", start, end, items: read.map(({ place }) => place) },
      };
    }
    return isMap(node) ? this.#map(node.items, start, end, path, depth) : nothing(start, end);
  }

  #map(pairs: readonly { key: unknown; value: unknown }[], start: number, end: number, path: Path, depth: number): Read {
    const entries: [string, unknown][] = [];
    const written: string[] = [];
    const members = new Map<string, Place>();
    for (const pair of pairs) {
      const name = pair.key as ParsedNode;
      const key = this.#key(name, path);
      if (key === undefined) continue;
      const [keyStart, keyEnd] = name.range;
      if (members.has(key)) this.faults.push(twice(key, [...path, key], keyStart, keyEnd - keyStart));
      const { value, json, place } = this.read(pair.value as Node | null, [...path, key], depth + 1, keyEnd);
      entries.push([key, value]);
      written.push(`${JSON.stringify(key)}:${json}`);
      members.set(key, { ...place, keyStart, keyEnd });
    }
    const place: Place = { kind: "object", start, end, members };
    // Own properties, whatever they are called.
    return { value: Object.fromEntries(entries), json: `{${written.join(",")}}`, place };
  }

  #key(name: ParsedNode | null, path: Path): string | undefined {
    const [start, end] = name?.range ?? [0, 0];
    const refuse = (what: string, help: string): undefined => {
      this.faults.push(beyond(what, start, end, help, pointerOf(...path)));
    };
    if (!isScalar(name) || typeof name.value !== "string") {
      const written = this.#text.slice(start, end).trim();
      return refuse(written === "" ? "a key that is empty" : `the key \`${written}\``, "a key is a string: put it in quotes");
    }
    if (name.anchor !== undefined || name.tag !== undefined) return refuse("an anchor or a tag", "leave it out");
    if (name.value === "<<" && name.type === Scalar.PLAIN) return refuse("a merge key, `<<`,", "write out what it stands for");
    return this.#whole(name.value, start, end, path);
  }

  #scalar(node: Scalar, at: (what: string, help: string) => void): unknown {
    const { value } = node;
    const written = node.source ?? "";
    if (typeof value === "string") {
      if (HALF.test(value)) at("half a character", "write both halves of the surrogate pair");
      return value;
    }
    const asJson = typeof value === "number" ? NUMBER.test(written) && Number.isFinite(value) : WORDS.has(written);
    if (!asJson) at(`\`${written}\``, "write it as JSON does, or in quotes if it is a string");
    return value;
  }

  #whole(key: string, start: number, end: number, path: Path): string | undefined {
    if (!HALF.test(key)) return key;
    this.faults.push(beyond("half a character", start, end, "write both halves of the surrogate pair", pointerOf(...path)));
    return undefined;
  }
}
