// Requests and responses of whatever speaks fetch.

import type { Awaitable } from "./directory.js";
import type { Call, Reply } from "./options.js";

/** The headers of an answer to a request without an id: one object for all of them. */
export const HEADERS: Reply["headers"] = Object.freeze({ "content-type": "application/json", "cache-control": "no-store" });

/** What most responses are made with. In workerd that takes half as long with one object for all as with one for each. */
let usual: ResponseInit | undefined;

/**
 * A request as a decision point takes it. A class, because the tools of Workers name every function of an object anew
 * whenever the object is made.
 */
export class Fetched implements Call {
  readonly #request: Request;
  readonly #headers: Headers;

  constructor(request: Request) {
    this.#request = request;
    this.#headers = request.headers;
  }

  get method(): string {
    return this.#request.method;
  }

  get url(): string {
    return this.#request.url;
  }

  header(name: string): string | null {
    return this.#headers.get(name);
  }

  /** A body whose length is announced is as long at most: whoever carries it sees to that. Another one is counted. */
  body(most: number): Awaitable<string | undefined> {
    const announced = this.header("content-length");
    if (announced === null) return counted(this.#request, most);
    return Number(announced) <= most ? this.#request.text() : undefined;
  }
}

/** What a decision point answers, as a response. */
export function responded({ status, headers, body }: Reply): Response {
  const isUsual = status === 200 && headers === HEADERS;
  return new Response(body, isUsual ? (usual ??= { headers: new Headers(HEADERS) }) : { status, headers });
}

/** The text of a body, read no further than so many bytes. */
async function counted(request: Request, most: number): Promise<string | undefined> {
  const { body } = request;
  // Firefox gives no body as a stream. It is a page there, whose requests are its own.
  if (!body) return request.text();
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > most) {
      // Nothing waits for this: whoever sends for ever is not listened to.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
