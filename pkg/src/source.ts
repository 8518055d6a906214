// A policy in whatever form it comes, and the facts of a session, as the JSON text that the module reads.

import type { PolicyDocument } from "./documents.js";
import { PolicyError, refusal } from "./error.js";
import type { ImportedPolicy } from "./names.js";
import { readFile } from "./module.js";

/** What a policy can be loaded from. */
export type PolicySource = PolicyDocument | string | Uint8Array | ArrayBuffer | Response | URL;

/** What TypeScript imported: its version is any number, where that of a policy written in the program is 1. */
export type Imported<P extends ImportedPolicy> = number extends P["grantlet"] ? P : never;

/** No text over this length is copied into the module; it has the same bound in bytes. */
const LONGEST = 64 * 1024 * 1024;

/** @internal The JSON text of a policy, whatever it comes in. */
export async function policyText(source: unknown, files = readFile): Promise<string> {
  const given = await arrived(async () => source);
  if (given instanceof URL) return decoded(await arrived(() => fetched(given, files)));
  try {
    return isResponse(given) ? decoded(await arrived(() => received(given))) : read(given);
  } catch (thrown) {
    throw refused(thrown, "invalid-source", "the policy cannot be read");
  }
}

function read(source: unknown): string {
  if (typeof source === "string") return bounded(source, "the policy");
  if (ArrayBuffer.isView(source)) {
    return decoded(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  return isBuffer(source) ? decoded(new Uint8Array(source)) : written(source, "the policy", "invalid-source");
}

/** Waits for what comes from elsewhere. */
async function arrived<T>(fetching: () => Promise<T>): Promise<T> {
  try {
    return await fetching();
  } catch (thrown) {
    throw refused(thrown, "fetch-failed", "the policy could not be fetched");
  }
}

function refused(thrown: unknown, code: string, message: string): PolicyError {
  return thrown instanceof PolicyError ? thrown : refusal(code, `${message}: ${told(thrown)}`, { cause: thrown });
}

function isBuffer(source: unknown): source is ArrayBuffer {
  return Object.prototype.toString.call(source) === "[object ArrayBuffer]";
}

/** Told by its form: a page, a worker and a test may each have a `Response` of their own. */
function isResponse(source: unknown): source is Response {
  const { arrayBuffer, ok } = (source ?? {}) as Partial<Response>;
  return typeof arrayBuffer === "function" && typeof ok === "boolean";
}

async function fetched(url: URL, files: typeof readFile): Promise<Uint8Array> {
  const file = url.protocol === "file:" ? files(url) : undefined;
  return file === undefined ? received(await fetch(url)) : file;
}

async function received(response: Response): Promise<Uint8Array> {
  if (!response.ok) {
    const from = response.url === "" ? "" : ` from \`${response.url}\``;
    throw refusal("fetch-failed", `the policy could not be fetched${from}: status ${response.status}`);
  }
  const announced = Number(response.headers?.get("content-length"));
  if (announced > LONGEST) throw tooLarge("the policy", announced, "bytes");
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Bytes are text in UTF-8. That of a compiled policy begins with a byte that JSON does not begin with; what is damaged in
 * it is found where it is read.
 */
export function decoded(bytes: Uint8Array): string {
  if (bytes.length > LONGEST) throw tooLarge("the policy", bytes.length, "bytes");
  try {
    return new TextDecoder("utf-8", { fatal: !isCompiled(bytes[0]) }).decode(bytes);
  } catch (thrown) {
    throw refused(thrown, "invalid-source", "the policy is not text in UTF-8");
  }
}

/** Whether a policy that begins so is compiled. */
export function isCompiled(first: number | undefined): boolean {
  return first === 1;
}

function bounded(text: string, what: string): string {
  if (text.length > LONGEST) throw tooLarge(what, text.length, "characters");
  return text;
}

function tooLarge(what: string, size: number, unit: string): PolicyError {
  return refusal("too-large", `${what} has ${size} ${unit}, more than ${LONGEST}`);
}

/** The JSON text of a value. What throws on the way there, a cycle or a getter, is told as the fault of `what`. */
export function written(value: unknown, what: string, code: string): string {
  let text: string | undefined;
  try {
    text = textOf(value);
  } catch (thrown) {
    throw refused(thrown, code, `${what} cannot be written as JSON`);
  }
  if (text === undefined) throw refusal(code, `${what} cannot be written as JSON: its type is \`${typeof value}\``);
  return bounded(text, what);
}

/** JSON text. What JSON would write as null without its being null, such as NaN, is an object: that compares as unknown. */
function textOf(value: unknown): string | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text?.includes("null") ? JSON.stringify(value, opaque) : text;
}

function opaque(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (typeof value === "object") return value ?? (this[key] === null ? null : {});
  return (JSON.stringify(value) ?? (Array.isArray(this) && "null")) === "null" ? {} : value;
}

function told(thrown: unknown): string {
  // Engines tell a cycle in several lines.
  return thrown instanceof Error ? (thrown.message.split("\n", 1)[0] ?? "") : "something was thrown";
}

/** The JSON text of a change. */
export function changeText(change: unknown): string {
  return written(change, "the change", "invalid-change");
}

/** The facts of a session. */
export interface Facts {
  readonly subject: unknown;
  readonly context?: unknown;
  readonly roles?: unknown;
}

/** The JSON text of facts. */
export function factsText(facts: Facts): string {
  try {
    return written(facts, "the facts", "invalid-fact");
  } catch (thrown) {
    // One of them is at fault; each by itself says which.
    written(facts.subject, "the subject", "invalid-fact");
    written(facts.context ?? {}, "the context", "invalid-fact");
    throw thrown;
  }
}
