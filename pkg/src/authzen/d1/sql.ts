// Pieces of SQL for conditions, put together within the bounds of the database.

/** Holds of no row. */
export const NEVER = "0";
/** Holds of every row. */
export const ALWAYS = "1";

/** Parameters of a clause. A statement of D1 has 100 at most. */
const MOST_PARAMETERS = 80;
/** Characters of a clause. A statement of D1 has 100,000 bytes at most, and 25,000 steps. */
const LONGEST = 20_000;
/** How deep a clause may be; an expression of D1 at most 100. */
const DEEPEST = 60;
/** The depth of a comparison, and some more. */
const COMPARISON = 20;

/** SQL with how deep it is. */
export interface Piece {
  readonly sql: string;
  readonly depth: number;
}

/** Nothing is asked here: it holds of every row, so that none is lost. */
export const OPEN: Piece = { sql: ALWAYS, depth: 0 };
const CLOSED: Piece = { sql: NEVER, depth: 0 };

/** Writes a clause: it holds the parameters, and gives way where the database's bounds are reached. */
export class Writer {
  /** Whether the clause holds of exactly the rows that it should, and of no others. */
  isExact = true;
  readonly #parameters: (string | number)[] = [];
  #length = 0;

  /** A parameter with this value. */
  bind(value: string | number): string {
    this.#parameters.push(value);
    return `?${this.#parameters.length - 1}`;
  }

  /** The clause and the values of those parameters that are left in it, numbered from the first. */
  numbered({ sql }: Piece, first: number): { readonly sql: string; readonly parameters: readonly (string | number)[] } {
    const used: number[] = [];
    const written = sql.replaceAll(/\?(\d+)/g, (_, index: string) => {
      const place = used.indexOf(Number(index));
      return `?${first + (place === -1 ? used.push(Number(index)) - 1 : place)}`;
    });
    return { sql: written, parameters: used.map((index) => this.#parameters[index] as string | number) };
  }

  /** A comparison. One that cannot be asked, or not any more, is open. */
  comparison(write: () => string | undefined): Piece {
    const before = this.#parameters.length;
    const sql = write();
    if (sql === NEVER) return CLOSED;
    if (sql === ALWAYS) return OPEN;
    if (sql === undefined || this.#parameters.length > MOST_PARAMETERS || this.#length + sql.length > LONGEST) {
      this.#parameters.length = before;
      return this.open();
    }
    this.#length += sql.length;
    return { sql, depth: COMPARISON };
  }

  /** What cannot be asked. */
  open(): Piece {
    this.isExact = false;
    return OPEN;
  }

  /** All of them, or one of them, as a tree that is no deeper than it must be. */
  joined(word: "AND" | "OR", pieces: readonly Piece[]): Piece {
    const [settling, neutral] = word === "AND" ? [CLOSED, OPEN] : [OPEN, CLOSED];
    const asked = [...new Map(pieces.filter(({ sql }) => sql !== neutral.sql).map((piece) => [piece.sql, piece])).values()];
    if (asked.some(({ sql }) => sql === settling.sql)) return settling;
    if (asked.length <= 1) return asked[0] ?? neutral;
    const middle = asked.length >> 1;
    const [left, right] = [this.joined(word, asked.slice(0, middle)), this.joined(word, asked.slice(middle))];
    const depth = Math.max(left.depth, right.depth) + 1;
    return depth > DEEPEST ? this.open() : { sql: `(${left.sql} ${word} ${right.sql})`, depth };
  }
}

/** All of these hold. */
export function both(...list: readonly string[]): string {
  return join("AND", list, NEVER, ALWAYS);
}

/** One of these holds. */
export function either(...list: readonly string[]): string {
  return join("OR", list, ALWAYS, NEVER);
}

function join(word: string, list: readonly string[], settling: string, neutral: string): string {
  if (list.includes(settling)) return settling;
  const asked = list.filter((sql) => sql !== neutral);
  if (asked.length <= 1) return asked[0] ?? neutral;
  return `(${asked.join(` ${word} `)})`;
}
