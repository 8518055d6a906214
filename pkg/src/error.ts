// The one error for documents: a policy that is none, or facts that are malformed.

import type { Diagnostic } from "./answers.js";

/** A policy, or the facts of a session, that cannot be used. */
export class PolicyError extends Error {
  /** The code of the first error. */
  readonly code: string;
  /** Everything that was found, errors and warnings, with its place in its own document. */
  readonly diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[], options?: ErrorOptions) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const [first = UNTOLD] = errors;
    super(sentence(first, errors.length - 1), options);
    this.name = "PolicyError";
    this.code = first.code;
    this.diagnostics = diagnostics;
  }
}

const UNTOLD = { code: "refused", pointer: "", message: "the document was refused" };

function sentence({ pointer, message }: Pick<Diagnostic, "pointer" | "message">, further: number): string {
  const place = pointer === "" ? "" : ` at \`${pointer}\``;
  return further > 0 ? `${message}${place} (and ${further} more)` : `${message}${place}`;
}

/** An error about a whole document, or one place of it, that is found before the module sees it. */
export function refusal(
  code: string,
  message: string,
  rest: { pointer?: string; help?: string; cause?: unknown } = {},
): PolicyError {
  const { pointer = "", help, cause } = rest;
  const diagnostic: Diagnostic = { code, severity: "error", pointer, message, ...(help === undefined ? {} : { help }) };
  return new PolicyError([diagnostic], cause === undefined ? {} : { cause });
}
