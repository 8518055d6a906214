// What the command line has of the machine: its streams, its environment, its clock. The tests hand it one of their own.

/** Where text is written to. */
export interface Out {
  write(content: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface World {
  readonly out: Out;
  readonly err: Out;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Ends a command with exit code 2: what was asked cannot be done as it was asked. */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** How many characters a line has. What is no terminal gets the width of a page, the same everywhere. */
export function widthOf(out: Out): number {
  return (out.isTTY === true ? out.columns : 0) || 120;
}
