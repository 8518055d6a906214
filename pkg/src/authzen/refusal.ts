// What is wrong with a request, told to whoever sent it.

/** A request that cannot be answered, with the status that says so. Its message is for the caller. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Whether the evaluator found something malformed. A policy may be another copy's, whose errors are told by name. */
export function isPolicyError(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "PolicyError";
}
