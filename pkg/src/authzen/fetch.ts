// Requests and responses of whatever speaks fetch.

import type { Call, Reply } from "./options.js";

/** A request as a decision point takes it. */
export function fetched(request: Request): Call {
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name),
    body: (most) => bodyOf(request, most),
  };
}

/** What a decision point answers, as a response. */
export function responded({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}

/** A body whose length is announced is as long at most: whoever carries it sees to that. Another one is counted. */
async function bodyOf(request: Request, most: number): Promise<string | undefined> {
  const announced = request.headers.get("content-length");
  if (announced !== null) {
    if (!(Number(announced) <= most)) return undefined;
    return bounded(await request.text(), most);
  }
  const { body } = request;
  // Firefox gives no body as a stream. It is a page there, whose requests are its own.
  if (!body) return bounded(await request.text(), most);
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

function bounded(text: string, most: number): string | undefined {
  return text.length > most ? undefined : text;
}
