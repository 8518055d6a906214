// Requests and responses of Node's `http` and `https` servers, without a `Request` and a `Response` for each.

import type { Awaitable } from "./directory.js";
import { HEADERS } from "./fetch.js";
import { isLater } from "./later.js";
import type { Call, DecisionPoint, Reply } from "./options.js";
import { pathOf } from "./url.js";

/** What a listener needs of an `IncomingMessage`. */
export interface IncomingRequest {
  /** In capital letters. */
  readonly method?: string | undefined;
  /** The path with its query, or a whole URL. */
  readonly url?: string | undefined;
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[];
  /** The connection: one of https has `encrypted`. */
  readonly socket: object;
  /** Has parts of the body told as they arrive. */
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  /** Has its end told, or that of the connection. */
  on(event: "end" | "close", listener: () => void): unknown;
  /** Has parts told no more. */
  off(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  /** Passes over what is left. */
  resume(): unknown;
  /** Has the body handed over as it arrives, past the events; null is its end. Of a server that makes such requests. */
  handOver?(taker: ((chunk: Uint8Array | null) => void) | undefined): void;
}

/** What a listener needs of a `ServerResponse`. */
export interface OutgoingResponse {
  /** Whether nobody is there any more. */
  readonly destroyed: boolean;
  /** Sends the status and the headers, an object or a list of names and values by turns. */
  writeHead(status: number, headers: Record<string, string | number> | (string | number)[]): unknown;
  /** Sends a part of the body. */
  write(body: string): unknown;
  /** Sends the last part. */
  end(body?: string): unknown;
  /** Ends the connection. */
  destroy(): unknown;
}

/** How long what is left of a body that nobody wants is passed over, so that its sender reads the answer. In milliseconds. */
const LINGER = 1000;

/** A body of so many bytes at most is read before anything is asked of it: then nothing waits for a promise. */
const SMALL = 16 * 1024;

/**
 * A decision point as what `createServer` of `node:http` and `node:https` takes. It answers every request. A body that is
 * larger than the limit is not read to its end, and its connection is closed.
 */
export function nodeListener(point: Pick<DecisionPoint, "answer">): (request: IncomingRequest, response: OutgoingResponse) => void {
  return (request, response) => {
    const exchange = new Exchange(request, response);
    // A length that is no number is none that is small.
    const length = exchange.header("content-length");
    if (length !== undefined && Number(length) <= SMALL) exchange.read(() => exchange.answer(point));
    else exchange.answer(point);
  };
}

/** A request as a decision point takes it, and its response. Node would make an object of all headers for the few asked for. */
class Exchange implements Call {
  readonly method: string;
  readonly #request: IncomingRequest;
  readonly #response: OutgoingResponse;
  /** The body so far; most come in one piece. */
  #first: Uint8Array | undefined;
  #others: Uint8Array[] | undefined;
  #size = 0;
  #isRead = false;

  constructor(request: IncomingRequest, response: OutgoingResponse) {
    this.method = request.method ?? "";
    this.#request = request;
    this.#response = response;
  }

  get url(): string {
    const { url = "/", socket } = this.#request;
    if (!url.startsWith("/")) return url;
    const host = this.header("host") ?? "localhost";
    // A slash in it would make the host a part of the path.
    return `${"encrypted" in socket ? "https" : "http"}://${host.includes("/") ? "localhost" : host}${url}`;
  }

  get path(): string {
    return pathOf(this.#request.url ?? "/");
  }

  header(name: string): string | undefined {
    const { rawHeaders } = this.#request;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const one = rawHeaders[at] as string;
      if (one.length === name.length && one.toLowerCase() === name) return rawHeaders[at + 1];
    }
    return undefined;
  }

  body(most: number): Awaitable<string | undefined> {
    if (this.#isRead) return this.#size > most ? undefined : this.#text();
    if (Number(this.header("content-length") ?? 0) > most) return undefined;
    return new Promise((resolve) => {
      this.read(
        () => resolve(this.#text()),
        () => {
          if (this.#size <= most) return true;
          resolve(undefined);
          return false;
        },
      );
    });
  }

  /** Calls when all of the body is there. It never does where the sender has gone: nobody is there to be answered. */
  read(then: () => void, goesOn?: () => boolean): void {
    const request = this.#request;
    const take = (chunk: Uint8Array | null): void => {
      if (chunk === null) {
        this.#isRead = true;
        then();
      } else {
        this.#size += chunk.length;
        if (goesOn === undefined || goesOn()) this.#keep(chunk);
        else if (request.handOver !== undefined) request.handOver(undefined);
        else request.off("data", take);
      }
    };
    if (request.handOver !== undefined) return request.handOver(take);
    request.on("data", take);
    request.on("end", () => take(null));
  }

  #keep(chunk: Uint8Array): void {
    if (this.#first === undefined) this.#first = chunk;
    else (this.#others ??= []).push(chunk);
  }

  answer(point: Pick<DecisionPoint, "answer">): void {
    const reply = point.answer(this);
    if (isLater(reply)) {
      reply.then(
        (reply) => this.#send(reply),
        () => this.#response.destroy(),
      );
    } else this.#send(reply);
  }

  #text(): string {
    if (this.#first === undefined) return "";
    const all = this.#others === undefined ? this.#first : Buffer.concat([this.#first, ...this.#others]);
    const text = (Buffer.isBuffer(all) ? all : Buffer.from(all.buffer, all.byteOffset, all.byteLength)).toString();
    // What some programs begin a text with is none of it.
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  #send({ status, headers, body }: Reply): void {
    const response = this.#response;
    try {
      if (!this.#isRead && (this.header("content-length") ?? this.header("transfer-encoding")) !== undefined) {
        return sendAndClose(this.#request, response, { status, headers, body });
      }
      response.writeHead(status, listOf(headers, Buffer.byteLength(body)));
      response.end(this.method === "HEAD" ? "" : body);
    } catch {
      response.destroy();
    }
  }
}

/** By the length of the body, what most answers begin with. */
const lists = new Map<number, (string | number)[]>();
const LISTS = 1000;

/** The headers as a list, which Node writes down faster than an object. */
function listOf(headers: Reply["headers"], length: number): (string | number)[] {
  const known = headers === HEADERS ? lists.get(length) : undefined;
  if (known !== undefined) return known;
  const list: (string | number)[] = [];
  for (const name in headers) list.push(name, headers[name] as string);
  list.push("content-length", length);
  if (headers === HEADERS && length < LISTS) lists.set(length, list);
  return list;
}

/** The answer is there for whoever still sends, and the connection ends a little later. */
function sendAndClose(request: IncomingRequest, response: OutgoingResponse, { status, headers, body }: Reply): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
  response.write(body);
  const timer = setTimeout(end, LINGER);
  function end(): void {
    clearTimeout(timer);
    response.end();
  }
  request.on("end", end);
  request.on("close", end);
  request.resume();
}
