// What is wrong with a text before it is a document.

/** A fault with its offsets in the text. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** Empty where no place of a document can be named. */
  readonly pointer?: string;
  readonly start: number;
  readonly end: number;
}
