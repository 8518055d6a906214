// The context, and the scopes around those who are asked for: read together with them, because it is asked for next.

import type { Context } from "../../documents.js";
import type { Row, Statement } from "./database.js";
import { isListed, isResourceListed } from "./listed.js";
import { contextOf } from "./rows.js";

/** So far up a chain of scopes is looked. What lies further up is not listed, and unknown by the model. */
const HIGHEST = 64;

const CONTEXT = "SELECT plan, entitlements, attributes FROM context";

/** Scopes by their references, those of subjects by their ids, of resources by type and id, and those that they are in. */
const SCOPES = `WITH RECURSIVE chain (reference, height) AS (
    SELECT value, 1 FROM json_each(?1)
    UNION SELECT scope, 1 FROM assignments WHERE ${isListed("subject", "?2")}
    UNION SELECT scope, 1 FROM grants WHERE ${isListed("subject", "?2")}
    UNION SELECT scope, 1 FROM resources WHERE ${isResourceListed("?3")}
    UNION
    SELECT scopes.parent, height + 1 FROM chain JOIN scopes USING (reference)
      WHERE scopes.parent IS NOT NULL AND height < ${HIGHEST}
  )
  SELECT reference, height, scopes.reference IS NOT NULL AS listed, parent, attributes
  FROM (SELECT reference, min(height) AS height FROM chain WHERE reference IS NOT NULL GROUP BY reference) AS seen
  LEFT JOIN scopes USING (reference)`;

/** Whose surroundings are read: JSON lists of scopes, of ids of subjects, and of types and ids of resources. */
export function aroundStatements(scopes: string, subjects: string, resources: string): readonly [Statement, Statement] {
  return [[CONTEXT], [SCOPES, scopes, subjects, resources]];
}

/** What was read. */
export class Surroundings {
  /** When it was asked for, in milliseconds of `performance.now()`. */
  readonly began: number;
  readonly #context: Row | undefined;
  readonly #scopes: readonly Row[];
  #whole: ReadonlySet<unknown> | undefined;
  #made: Context | undefined;

  constructor(began: number, [context]: readonly Row[], scopes: readonly Row[]) {
    this.began = began;
    this.#context = context;
    this.#scopes = scopes;
  }

  /** The same object for all who ask. */
  get context(): Context {
    return (this.#made ??= contextOf(this.#context, this.#scopes.filter(({ listed }) => listed === 1)));
  }

  /** Whether these scopes were looked for with all that they are in. */
  has(scopes: readonly string[]): boolean {
    const whole = (this.#whole ??= new Set(this.#scopes.filter(({ height }) => height === 1).map(({ reference }) => reference)));
    return scopes.every((scope) => whole.has(scope));
  }
}
