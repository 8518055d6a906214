import { Refusal } from "./refusal";

/** Bytes of a body at most. */
export const MOST = { forwarded: 5_000_000, policy: 5_000_000 };

const tooLarge = () => new Refusal(413, "too-large");

/**
 * A body to be passed on while it comes in. How long it is must be announced: whoever carries it sees to it that it is as
 * long, and the API can tell one that was cut off. What is too long is refused before any of it is read.
 */
export function announced(request: Request, most: number): ReadableStream | null {
  if (request.body === null) return null;
  const length = request.headers.get("content-length");
  if (length === null) throw new Refusal(411, "length-required");
  if (!(Number(length) <= most)) throw tooLarge();
  return request.body;
}

/** A body as text. No more of it is read than it may have. */
export async function textOf(request: Request, most: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
