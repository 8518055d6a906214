// The log of `grantlet serve`: one line of JSON for each decision, written before its answer goes out. What cannot be
// written is thrown, and the answer denies.

import { closeSync, openSync, writeSync } from "node:fs";
import type { DecisionEntry } from "../authzen.js";
import { failureOf } from "./read.js";
import { UsageError, type World } from "./world.js";

/** Where decisions are written to. */
export interface Log {
  write(this: void, entry: DecisionEntry): void;
  end(): void;
}

export function logOf(file: string | undefined, { out }: World): Log | undefined {
  if (file === undefined) return undefined;
  if (file === "-") return { write: (entry) => void out.write(lineOf(entry)), end: () => {} };
  let descriptor: number;
  try {
    descriptor = openSync(file, "a", 0o600);
  } catch (thrown) {
    throw new UsageError(`\`${file}\` ${failureOf(thrown)}`);
  }
  return {
    write: (entry) => {
      const line = Buffer.from(lineOf(entry));
      for (let from = 0; from < line.length; ) from += writeSync(descriptor, line, from);
    },
    end: () => closeSync(descriptor),
  };
}

function lineOf(entry: DecisionEntry): string {
  return `${JSON.stringify(entry)}\n`;
}
