// A published policy, and the pointer to it, as texts.

import type { PolicyDocument } from "../../documents.js";
import { loadPolicy } from "../../load.js";
import { isTooDeep } from "../limits.js";
import type { VersionedPolicy } from "../policies.js";
import { Refused } from "./namespace.js";

/** Characters of a record at most. */
const MOST = 8_000_000;

/** How deep a record may be: one level more than a policy. */
const DEEPEST = 101;

/** Which policy is that of the present. */
export interface Pointer {
  /** A positive integer in decimal. */
  readonly version: string;
  /** The SHA-256 of the record, in hexadecimal. */
  readonly sha256: string;
}

/** Whether that is a version: versions are compared as numbers. */
export function isVersion(version: unknown): version is string {
  return typeof version === "string" && /^[1-9]\d{0,14}$/.test(version);
}

/** The pointer that a text is. */
export function pointerOf(text: string | null): Pointer {
  if (text === null) throw new Error("KV has no pointer to a policy");
  let pointer: Partial<Pointer> | null;
  try {
    pointer = JSON.parse(text) as Partial<Pointer> | null;
  } catch (cause) {
    throw new Error("the pointer to the policy is no JSON", { cause });
  }
  const { version, sha256 } = pointer ?? {};
  if (!isVersion(version) || typeof sha256 !== "string") throw new Error("the pointer to the policy has no version and digest");
  return { version, sha256 };
}

/** The record's text, if it is the one that the pointer means. */
export async function textOf(text: string | null, { version, sha256 }: Pointer, most = MOST): Promise<string> {
  if (text === null) throw new Refused(version, "there is no such record");
  if (text.length > most) throw new Refused(version, `it has more than ${most} characters`);
  if ((await digest(text)) !== sha256) throw new Refused(version, "its digest is not that of the pointer");
  return text;
}

/** The policy of a record. Rejects with a `PolicyError` where it is none. */
export async function policyOf(text: string, version: string): Promise<VersionedPolicy> {
  const record = recordOf(text, version);
  const { policy, loggable } = record;
  if (record.version !== version) throw new Refused(version, "the record is that of another version");
  if (typeof policy !== "object" || policy === null) throw new Refused(version, "the record has no policy");
  if (loggable !== undefined && !areVariables(loggable)) throw new Refused(version, "`loggable` is no list of variables");
  return { policy: await loadPolicy(JSON.stringify(policy)), version, ...(loggable !== undefined && { loggable }) };
}

/** Whether these are names of variables as conditions write them. */
export function areVariables(names: unknown): names is readonly string[] {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && VARIABLE.test(name));
}

const VARIABLE = /^(subject|resource|action|scope|context|role)\../;

/** The SHA-256 of a text, in hexadecimal. */
export async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function recordOf(text: string, version: string): { version?: unknown; policy?: PolicyDocument | null; loggable?: unknown } {
  if (isTooDeep(text, DEEPEST)) throw new Refused(version, `the record is nested deeper than ${DEEPEST} levels`);
  let record: object | null;
  try {
    record = JSON.parse(text) as object | null;
  } catch (cause) {
    throw new Refused(version, "the record is no JSON", cause);
  }
  if (membersOf(record) !== colonsOf(text)) throw new Refused(version, "a key stands in it twice");
  return record ?? {};
}

/** How many members the objects of a value have, all together. */
function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, one) => sum + membersOf(one), own);
}

/**
 * How many members are written in a JSON text: each has one colon outside of strings. Escapes go first, because a pattern
 * that repeats a group has no end of what it must remember of a long string.
 */
function colonsOf(text: string): number {
  return text.replaceAll(/\\./g, "").replaceAll(/"[^"]*"/g, "").split(":").length - 1;
}
