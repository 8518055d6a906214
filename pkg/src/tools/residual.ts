// What is left of a policy's conditions once everything but the record is known.

import type { Variable } from "../documents.js";

/** Anything that a comparison reads: a literal, or a variable of the record, `resource.…`. */
export type ResidualOperand = Variable | null | boolean | number | string | readonly unknown[];

/**
 * A condition over `resource.` variables alone, in three values: true, false, or null where it cannot be known. A record
 * for which it comes to true is one for which the decision is allow, and no other is.
 */
export type Residual =
  | boolean
  | null
  | {
      /** Holds where each does. */
      readonly all: readonly Residual[];
    }
  | {
      /** Holds where one does. */
      readonly any: readonly Residual[];
    }
  | {
      /** Holds where it does not. */
      readonly not: Residual;
    }
  | {
      /** They are equal. */
      readonly eq: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** They are not equal. */
      readonly ne: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** The first is less. */
      readonly lt: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** The first is less or equal. */
      readonly le: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** The first is greater. */
      readonly gt: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** The first is greater or equal. */
      readonly ge: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** The first is among the second. */
      readonly in: readonly [ResidualOperand, ResidualOperand];
    }
  | {
      /** It is there. */
      readonly exists: Variable;
    };

/** Whose assignments can give a permission. */
export interface Candidates {
  /** Somebody may have it without any assignment or direct grant. */
  readonly everyone: boolean;
  /** Roles that give it where they are assigned, and those that a derived role asks for. */
  readonly roles: readonly string[];
  /** Roles that give it further up than they are assigned. */
  readonly below: readonly string[];
}
