// Pages of a search: what is asked of them, and the tokens that lead from one to the next.

import type { About } from "../decide.js";
import { attributes, type Members, object } from "../read.js";
import { Refusal } from "../refusal.js";

/** Where a page begins: at a place of the directory, and so many of what follows it were looked at already. */
export interface Start {
  readonly after?: string;
  readonly passed: number;
}

/** The page that is asked for. */
export interface Page {
  readonly start: Start;
  /** How many results the caller wants at most. */
  readonly limit: number | undefined;
  /** What the next token is bound to. */
  readonly question: string;
  /** Whether the caller said anything of pages. */
  readonly isAsked: boolean;
}

/** A page of results. */
export interface Results {
  readonly results: readonly object[];
  /** Where the next one begins; undefined: there is none. */
  readonly next: Start | undefined;
}

const BEGINNING: Start = { passed: 0 };

/**
 * The page that a body asks for. A token of another question is refused, and so is one of another version of the policy:
 * what was passed over then is not what would be passed over now.
 */
export async function pageOf(body: Members, { endpoint, versioned }: About, entities: readonly unknown[]): Promise<Page> {
  const question = canonical([endpoint, versioned.version, ...entities]);
  const isAsked = body["page"] !== undefined;
  const page: Members = isAsked ? object(body["page"], "/page") : {};
  const { token, limit } = page;
  attributes(page["properties"], "/page/properties");
  if (limit !== undefined && !isCount(limit)) {
    throw new Refusal("`/page/limit` must be a whole number that is not negative");
  }
  if (token === undefined) return { start: BEGINNING, limit, question, isAsked };
  if (typeof token !== "string") throw new Refusal("`/page/token` must be a string");
  const read = await readToken(token, question);
  if (read === undefined || (limit !== undefined && limit !== read.limit)) {
    throw new Refusal("`/page/token` is none of this search: repeat what it was given for, or begin anew without it");
  }
  return { start: read.start, limit: read.limit, question, isAsked };
}

/** The response of a search. */
export async function responseOf({ results, next }: Results, page: Page, context: object): Promise<object> {
  const token = next === undefined ? "" : await writeToken(next, page);
  const isPaged = page.isAsked || next !== undefined;
  const said = Object.keys(context).length > 0 && { context };
  return { ...(isPaged && { page: { next_token: token, count: results.length } }), ...said, results };
}

/** A token is text that says where the page begins, and a sum of that and of the question. */
async function writeToken({ after, passed }: Start, { limit, question }: Page): Promise<string> {
  const text = JSON.stringify([after ?? null, passed, limit ?? null]);
  return base64url(new TextEncoder().encode(`${await sum(text, question)}${text}`));
}

async function readToken(token: string, question: string): Promise<{ start: Start; limit: number | undefined } | undefined> {
  const read = decoded(token);
  if (read === undefined || read.slice(0, SUM) !== (await sum(read.slice(SUM), question))) return undefined;
  const [after, passed, limit, ...more] = listOf(read.slice(SUM));
  // The sum has no secret in it: whoever wants to can make a token.
  if (!isCount(passed) || !(limit === null || isCount(limit)) || more.length > 0) return undefined;
  if (after !== null && typeof after !== "string") return undefined;
  return { start: { ...(after !== null && { after }), passed }, limit: limit ?? undefined };
}

function listOf(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Characters of a sum. */
const SUM = 22;

async function sum(text: string, question: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${text}\n${question}`));
  return base64url(new Uint8Array(digest)).slice(0, SUM);
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded(token: string): string | undefined {
  try {
    const binary = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (one) => one.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** JSON with the members of every object in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
