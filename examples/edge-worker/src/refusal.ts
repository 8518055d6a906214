/** A request that is refused: the status and what the caller is told. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }

  response(): Response {
    return Response.json({ error: this.code }, { status: this.status, headers: { "cache-control": "no-store", ...this.headers } });
  }
}

/** Nobody knows who this is. */
export const unauthorized = (code: string) => new Refusal(401, code, { "www-authenticate": "Bearer" });

/** Something that is needed for an answer is not there. Nothing is allowed until it is. */
export const unavailable = (code: string) => new Refusal(503, code, { "retry-after": "5" });
