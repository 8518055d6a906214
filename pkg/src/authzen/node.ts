// Requests and responses of Node's `http` and `https` servers, without a `Request` and a `Response` for each.

import { isLater } from "./later.js";
import type { Call, DecisionPoint, Reply } from "./options.js";

/** What a listener needs of an `IncomingMessage`. */
export interface IncomingRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[];
  readonly socket: object;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end" | "close", listener: () => void): unknown;
  off(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  resume(): unknown;
  /** Has the body handed over as it arrives, past the events; null is its end. Of a server that makes such requests. */
  handOver?(taker: ((chunk: Uint8Array | null) => void) | undefined): void;
}

/** What a listener needs of a `ServerResponse`. */
export interface OutgoingResponse {
  readonly destroyed: boolean;
  writeHead(status: number, headers: Record<string, string | number> | (string | number)[]): unknown;
  write(body: string): unknown;
  end(body?: string): unknown;
  destroy(): unknown;
}

/** How long what is left of a body that nobody wants is passed over, so that its sender reads the answer. In milliseconds. */
const LINGER = 1000;

/**
 * A decision point as what `createServer` of `node:http` and `node:https` takes. It answers every request. A body that is
 * larger than the limit is not read to its end, and its connection is closed.
 */
export function nodeListener(point: Pick<DecisionPoint, "answer">): (request: IncomingRequest, response: OutgoingResponse) => void {
  return (request, response) => {
    const asked = new Asked(request);
    const failed = (): void => void response.destroy();
    const answered = (reply: Reply): void => {
      try {
        if (asked.isRead()) send(request, response, reply);
        else sendAndClose(request, response, reply);
      } catch {
        failed();
      }
    };
    const reply = point.answer(asked);
    if (isLater(reply)) reply.then(answered, failed);
    else answered(reply);
  };
}

/** A request as a decision point takes it. Node would make an object of all headers where a few are asked for. */
class Asked implements Call {
  readonly #request: IncomingRequest;
  #isEnded = false;

  constructor(request: IncomingRequest) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method ?? "";
  }

  get url(): string {
    const { url = "/", socket } = this.#request;
    if (!url.startsWith("/")) return url;
    return `${"encrypted" in socket ? "https" : "http"}://${this.header("host") ?? "localhost"}${url}`;
  }

  header(name: string): string | undefined {
    const { rawHeaders } = this.#request;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const one = rawHeaders[at] as string;
      if (one.length === name.length && one.toLowerCase() === name) return rawHeaders[at + 1];
    }
    return undefined;
  }

  /** It never resolves where the sender has gone: nobody is there to be answered. */
  body(most: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      if (Number(this.header("content-length") ?? 0) > most) return resolve(undefined);
      const request = this.#request;
      if (request.handOver !== undefined) return this.#taken(most, resolve);
      const chunks: Uint8Array[] = [];
      let size = 0;
      const take = (chunk: Uint8Array): void => {
        size += chunk.length;
        if (size <= most) return void chunks.push(chunk);
        request.off("data", take);
        resolve(undefined);
      };
      request.on("data", take);
      request.on("end", () => {
        this.#isEnded = true;
        resolve(textOf(chunks));
      });
    });
  }

  #taken(most: number, resolve: (text: string | undefined) => void): void {
    const request = this.#request;
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.handOver?.((chunk) => {
      if (chunk === null) {
        this.#isEnded = true;
        return resolve(textOf(chunks));
      }
      size += chunk.length;
      if (size <= most) return void chunks.push(chunk);
      request.handOver?.(undefined);
      resolve(undefined);
    });
  }

  /** Whether nothing of it is still to come. */
  isRead(): boolean {
    return this.#isEnded || (this.header("content-length") === undefined && this.header("transfer-encoding") === undefined);
  }
}

function send({ method }: IncomingRequest, response: OutgoingResponse, { status, headers, body }: Reply): void {
  // A list is written down faster than an object.
  const list: (string | number)[] = [];
  for (const name in headers) list.push(name, headers[name] as string);
  list.push("content-length", Buffer.byteLength(body));
  response.writeHead(status, list);
  response.end(method === "HEAD" ? "" : body);
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

/** Most bodies come in one piece. */
function textOf(chunks: readonly Uint8Array[]): string {
  const [first] = chunks;
  if (first === undefined) return "";
  const { buffer, byteOffset, byteLength } = chunks.length === 1 ? first : Buffer.concat(chunks);
  const text = Buffer.from(buffer, byteOffset, byteLength).toString();
  // What some programs begin a text with is none of it.
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
