// Files as documents: bytes to text, text to a value, with the place of everything in it.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { checkPolicy, type Diagnostic, PolicyError } from "../node.js";
import type { Fault } from "./faults.js";
import { jsonFault, jsonPlaces, syntaxFault } from "./json.js";
import { Lines, type Place, placeAt, pointerOf, type Span, stepsOf, valueAt } from "./place.js";
import { UsageError, type World } from "./world.js";
import { readYaml } from "./yaml.js";

/** The module takes no longer text. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The parser of YAML keeps a hundred bytes for one of the text. */
const MOST_BYTES_OF_YAML = 16 * 1024 * 1024;

/** What points at the key although the value is one word: the key is what is wrong. */
const ABOUT_KEYS = new Set(["unknown-key", "duplicate-key", "invalid-name", "reserved-name", "undeclared-parent", "invalid-language"]);

/** Something said about a place in a file. */
export interface Finding extends Diagnostic, Span {
  readonly file: string;
}

/** Ends a command with exit code 1: a document is not what it should be. */
export class Refused extends Error {
  readonly findings: readonly Finding[];
  readonly sources: readonly Source[];

  constructor(findings: readonly Finding[], sources: readonly Source[]) {
    super(findings[0]?.message);
    this.findings = findings;
    this.sources = sources;
  }
}

/** A document with its file, or a part of one. */
export class Source {
  /** As it was written on the command line. */
  readonly file: string;
  readonly lines: Lines;
  readonly value: unknown;
  readonly #place: Place;

  constructor(file: string, lines: Lines, value: unknown, place: Place) {
    [this.file, this.lines, this.value, this.#place] = [file, lines, value, place];
  }

  /**
   * Where a pointer leads. A list or an object is told by its key: in YAML it begins in the next line. So is a value
   * whose key is what is wrong.
   */
  at(pointer: string, byKey = false): Span {
    const { kind, start, end, keyStart, keyEnd } = placeAt(this.#place, pointer);
    if (keyStart !== undefined && (byKey || kind !== "scalar" || start === end)) {
      return this.lines.span(keyStart, keyEnd ?? keyStart);
    }
    return this.lines.span(start, kind === "scalar" ? end : start + 1);
  }

  finding(diagnostic: Diagnostic): Finding {
    return { file: this.file, ...this.at(diagnostic.pointer, ABOUT_KEYS.has(diagnostic.code)), ...diagnostic };
  }

  /** The value that a pointer leads to, as a document of its own. */
  part(pointer: string): Source {
    return new Source(this.file, this.lines, valueAt(this.value, pointer), placeAt(this.#place, pointer));
  }

  /** Refuses what is wrong with it, where that is anything. */
  refuse(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length > 0) throw new Refused(diagnostics.map((one) => this.finding(one)), [this]);
  }

  /** What throws a `PolicyError` about this document, as findings in its file. */
  async judged<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof PolicyError) this.refuse(thrown.diagnostics);
      throw thrown;
    }
  }
}

/** A policy with everything that is said about it. */
export interface PolicyFile {
  readonly source: Source;
  /** As JSON, which is what the module reads. */
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Reads what is to be a policy, and says what is wrong with it. */
export async function readAnyPolicy(file: string, world: World): Promise<PolicyFile> {
  const { text, lines, isJson } = await readText(file, world);
  const name = nameOf(file);
  if (!isJson) {
    const { source, json: written } = fromYaml(name, text, lines);
    const findings = (await checkPolicy(written)).map((one) => source.finding(one));
    return { source, text: written, findings };
  }
  const diagnostics = await checkPolicy(text);
  refuseFaults(name, lines, [syntaxFault(diagnostics, lines)]);
  const source = new Source(name, lines, JSON.parse(text), jsonPlaces(text).place);
  return { source, text, findings: diagnostics.map((one) => source.finding(one)) };
}

/** Reads a policy that can be asked about. */
export async function readPolicy(file: string, world: World): Promise<PolicyFile> {
  const policy = await readAnyPolicy(file, world);
  const errors = policy.findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Refused(errors, [policy.source]);
  return policy;
}

/**
 * Reads any other document. A name of a file with `#` and a JSON pointer behind it is a part of the file; text that
 * begins with a brace is the document itself.
 */
export async function readDocument(name: string, world: World): Promise<Source> {
  if (name.startsWith("{")) return documentOf("<argument>", name, false);
  const at = name.indexOf("#/");
  if (at === -1) return readWhole(name, world);
  const [file, pointer] = [name.slice(0, at), name.slice(at + 1)];
  const whole = await readWhole(file, world);
  if (valueAt(whole.value, pointer) === undefined) {
    const above = pointerOf(...stepsOf(pointer).slice(0, -1));
    const names = Object.keys((valueAt(whole.value, above) ?? {}) as object).slice(0, 12);
    const help = names.length === 0 ? undefined : `at \`${above}\` there are ${names.map((one) => `\`${one}\``).join(", ")}`;
    throw new UsageError(`there is nothing at \`${pointer}\` in \`${file}\``, help);
  }
  return whole.part(pointer);
}

async function readWhole(file: string, world: World): Promise<Source> {
  const { text, isJson } = await readText(file, world);
  return documentOf(nameOf(file), text, isJson);
}

async function documentOf(file: string, text: string, isJson: boolean): Promise<Source> {
  const lines = new Lines(text);
  if (!isJson) return fromYaml(file, text, lines).source;
  refuseFaults(file, lines, [await jsonFault(text, lines)]);
  const { place, faults } = jsonPlaces(text);
  refuseFaults(file, lines, faults);
  return new Source(file, lines, JSON.parse(text), place);
}

function fromYaml(file: string, text: string, lines: Lines): { source: Source; json: string } {
  const { value, json, place, faults } = readYaml(text);
  refuseFaults(file, lines, faults);
  return { source: new Source(file, lines, value, place), json };
}

function refuseFaults(file: string, lines: Lines, faults: readonly (Fault | undefined)[]): void {
  const findings = faults
    .filter((fault) => fault !== undefined)
    .map(({ start, end, ...rest }): Finding => {
      return { file, ...lines.span(start, end), severity: "error", pointer: "", ...rest };
    });
  if (findings.length > 0) throw new Refused(findings, [new Source(file, lines, null, { kind: "scalar", start: 0, end: 0 })]);
}

/** The text of a file that is no document. */
export async function readWords(file: string, world: World): Promise<string> {
  return new TextDecoder().decode(await readBytes(file, world));
}

/** What a file is called in findings. */
export function nameOf(file: string): string {
  return file === "-" ? "<stdin>" : file;
}

async function readText(file: string, world: World): Promise<{ text: string; lines: Lines; isJson: boolean }> {
  const bytes = await readBytes(file, world);
  if (bytes[0] === 1) throw unreadable(file, "is a compiled policy", "give the document that it was compiled from");
  if (bytes.includes(0)) throw unreadable(file, "is no text", "policies and facts are JSON or YAML in UTF-8");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(file, "is not text in UTF-8", "save it as UTF-8");
  }
  const isJson = isJsonOf(file, text);
  if (!isJson && bytes.length > MOST_BYTES_OF_YAML) throw tooLarge(file, MOST_BYTES_OF_YAML, "as JSON it may be larger");
  return { text, lines: new Lines(text), isJson };
}

/** By the name of the file, else by how the text begins. */
function isJsonOf(file: string, text: string): boolean {
  const kind = extname(basename(file)).toLowerCase();
  if (kind === ".json") return true;
  return kind !== ".yaml" && kind !== ".yml" && /^\s*[[{"]/.test(text);
}

/** Whose standard input was read to its end. */
const emptied = new WeakSet<World>();

async function readBytes(file: string, world: World): Promise<Uint8Array> {
  if (file === "-" && emptied.has(world)) throw new UsageError("the standard input can be read once");
  if (file === "-") emptied.add(world);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    if (file !== "-" && (await stat(file)).isDirectory()) throw unreadable(file, "is a directory", "name a file in it");
    for await (const part of file === "-" ? world.stdin : createReadStream(file)) {
      size += part.length;
      if (size > MOST_BYTES) throw tooLarge(file, MOST_BYTES);
      parts.push(part);
    }
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    throw unreadable(file, failureOf(thrown));
  }
  return Buffer.concat(parts);
}

/** Why a file could not be read or written. */
export function failureOf(thrown: unknown): string {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === "ENOENT") return "is not there";
  if (code === "EACCES" || code === "EPERM") return "may not be opened";
  if (code === "EISDIR") return "is a directory";
  return `cannot be opened (${code ?? String(thrown)})`;
}

function unreadable(file: string, what: string, help?: string): UsageError {
  return new UsageError(`\`${nameOf(file)}\` ${what}`, help);
}

function tooLarge(file: string, most: number, help?: string): UsageError {
  return unreadable(file, `is larger than ${most / 1024 / 1024} MiB`, help);
}
