import { Refusal } from "./refusal";

/** Bytes of a body at most. */
export const MOST = { forwarded: 5_000_000, policy: 5_000_000 };

/** A body on its way, of which no more than so many bytes are passed on. */
export interface Counted {
  readonly stream: ReadableStream | null;
  /** Whether there were more. */
  readonly isTooLarge: () => boolean;
}

/** Counts a body. One that is announced to be too large is refused before any of it is read. */
export function counted(request: Request, most: number): Counted {
  const announced = request.headers.get("content-length");
  if (announced !== null) {
    // Whoever carries a body sees to it that it is no longer than announced.
    if (!(Number(announced) <= most)) throw new Refusal(413, "too-large");
    return { stream: request.body, isTooLarge: () => false };
  }
  let size = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > most) controller.error(new Refusal(413, "too-large"));
      else controller.enqueue(chunk);
    },
  });
  return { stream: request.body?.pipeThrough(counting) ?? null, isTooLarge: () => size > most };
}

/** A body as text. */
export async function textOf(request: Request, most: number): Promise<string> {
  const body = counted(request, most);
  try {
    return await new Response(body.stream).text();
  } catch (thrown) {
    throw body.isTooLarge() ? new Refusal(413, "too-large") : thrown;
  }
}
