import { unauthorized } from "./refusal";

/** What a request shows after `Bearer`. */
export function bearer(request: Request): string {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (token === undefined) throw unauthorized("no-token");
  return token;
}

/** Requires this token of a request. How long that takes tells nothing of the token but its length. */
export function requireToken(request: Request, token: string | undefined): void {
  const encoder = new TextEncoder();
  const [shown, wanted] = [encoder.encode(bearer(request)), encoder.encode(token)];
  // A secret that was forgotten lets nobody in.
  const isLong = wanted.length >= 16;
  const isEqual = shown.length === wanted.length && crypto.subtle.timingSafeEqual(shown, wanted);
  if (!isLong || !isEqual) throw unauthorized("wrong-token");
}
