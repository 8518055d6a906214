// Where in a text each value of a document stands: a tree beside the value, and JSON pointers that lead into it.

/** A value with its offsets in the text, and those of its key where it is a member. */
export interface Place {
  readonly kind: "object" | "array" | "scalar";
  readonly start: number;
  readonly end: number;
  readonly keyStart?: number;
  readonly keyEnd?: number;
  /** By key; of a key that stands twice the last. */
  readonly members?: ReadonlyMap<string, Place>;
  readonly items?: readonly Place[];
}

/** A stretch of text, lines and columns counted from one and in characters. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The keys and indices of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A JSON pointer of keys and indices. */
export function pointerOf(...steps: (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The place that a pointer leads to, or the last one on the way that is there. */
export function placeAt(root: Place, pointer: string): Place {
  let place = root;
  for (const step of stepsOf(pointer)) {
    const next = place.members?.get(step) ?? place.items?.[Number(step)];
    if (next === undefined) return place;
    place = next;
  }
  return place;
}

/** The value that a pointer leads to, by own keys only. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of stepsOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Lines and columns of one text. */
export class Lines {
  readonly #text: string;
  readonly #starts = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  span(start: number, end: number): Span {
    const from = this.#position(start);
    const to = this.#position(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  /** A line without its end. */
  text(line: number): string {
    const start = this.#starts[line - 1] ?? this.#text.length;
    return this.#text.slice(start, this.#starts[line] ?? this.#text.length).replace(/\r?\n$/, "");
  }

  /** The offset of a place that is told as a line and a column in bytes of UTF-8. */
  offsetOfBytes(line: number, column: number): number {
    const start = this.#starts[line - 1] ?? this.#text.length;
    let bytes = column - 1;
    let at = start;
    while (bytes > 0 && at < this.#text.length) {
      const code = this.#text.codePointAt(at)!;
      bytes -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
      at += code < 0x1_0000 ? 1 : 2;
    }
    return at;
  }

  #position(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...this.#text.slice(this.#starts[low]!, offset)].length + 1 };
  }
}
