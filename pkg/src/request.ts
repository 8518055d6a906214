// A request in the form in which the module takes it.

/** Longer than any scope reference that the model knows: 64 characters, `:`, and 256 that may take two units each. */
const LONGEST_SCOPE = 600;

/** Half a character. Encoded for the module it would become another, and one scope could pass for another. */
const BROKEN_TEXT = /\p{Surrogate}/u;

/** Where a request asks, as the module takes it. */
export interface Asked {
  /** Absent: the root. The empty string is an unknown scope, and so is whatever is no scope reference. */
  readonly scope?: string | undefined;
  readonly resource?: unknown;
  readonly action?: unknown;
}

export function asked(request: unknown = {}): Asked {
  if (typeof request !== "object" || request === null) return { scope: "" };
  const { scope, resource, action } = request as Partial<Asked>;
  return { scope: reference(scope), resource, action };
}

export function reference(scope: unknown): string | undefined {
  if (scope === undefined) return undefined;
  const isText = typeof scope === "string" && scope.length <= LONGEST_SCOPE && !BROKEN_TEXT.test(scope);
  return isText ? scope : "";
}
