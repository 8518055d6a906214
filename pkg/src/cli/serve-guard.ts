// Who may ask `grantlet serve` at all.

import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import type { Call as Asked, Reply } from "../authzen.js";
import type { Call } from "./arguments.js";
import { readWords } from "./read.js";
import { UsageError } from "./world.js";

/** Digests of tokens: all have one length, so that they are compared in a time that says nothing of them. */
export type Tokens = readonly Uint8Array[];

/** Where a decision point listens, and what it is called. */
export interface Place {
  readonly host: string;
  /** The address that the host stands for. */
  readonly address: string;
  readonly url: string | undefined;
}

/** The shortest token that is taken. */
const SHORTEST = 16;

/** The tokens of the call. */
export async function tokensOf(call: Call): Promise<Tokens | undefined> {
  const file = call.get("token-file");
  if (file === undefined) return undefined;
  const tokens = (await readWords(file, call.world)).split("\n").map((line) => line.trim()).filter((line) => line !== "");
  if (tokens.length === 0) throw new UsageError(`\`${file}\` has no token in it`, "write one in each line");
  for (const token of tokens) {
    if (token.length >= SHORTEST && /^[\w.~+/-]+=*$/.test(token)) continue;
    const help = `a token is at least ${SHORTEST} letters, digits and \`-._~+/\`: \`openssl rand -hex 32\` writes one`;
    throw new UsageError(`\`${file}\` has something in it that is no token`, help);
  }
  return tokens.map(digestOf);
}

function digestOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/** What refuses a request before it is read; undefined: it may be answered. */
export function guardOf(place: Place, tokens: Tokens | undefined): (asked: Asked) => Reply | undefined {
  const names = isLoopback(place.address) ? namesOf(place) : undefined;
  // As it was written the last time that it was one of them: the same callers come again.
  let last: string | undefined;
  return (asked) => {
    const host = asked.header("host") ?? "";
    if (names !== undefined && host !== last && !names.has(nameOf(host))) {
      return refusal(asked, 403, "the `Host` is none of this machine's names: `--url` says by which one others reach it");
    }
    last = host;
    if (tokens !== undefined && !isOneOf(tokens, asked)) {
      return refusal(asked, 401, "a bearer token is needed in `Authorization`", { "www-authenticate": "Bearer" });
    }
    return undefined;
  };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether only this machine reaches what listens there. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/**
 * The names by which a decision point is asked that only this machine reaches. A page whose own name was turned into an
 * address of this machine asks by that name.
 */
function namesOf({ host, url }: Place): Set<string> {
  const names = new Set(["localhost", "127.0.0.1", "[::1]", isIPv6(host) ? `[${host}]` : host.toLowerCase()]);
  if (url !== undefined) names.add(new URL(url).hostname);
  return names;
}

/** The name in a `Host`, without the port. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, "");
}

function isOneOf(tokens: Tokens, asked: Asked): boolean {
  const [, token = ""] = /^bearer +(\S+)$/i.exec(asked.header("authorization") ?? "") ?? [];
  const digest = digestOf(token);
  let found = false;
  for (const one of tokens) if (timingSafeEqual(one, digest)) found = true;
  return found;
}

function refusal(asked: Asked, status: number, message: string, more: Record<string, string> = {}): Reply {
  const headers: Record<string, string> = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more };
  const id = asked.header("x-request-id");
  if (typeof id === "string") headers["x-request-id"] = id;
  return { status, headers, body: `${message}\n` };
}
