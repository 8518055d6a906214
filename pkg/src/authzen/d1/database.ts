// What of Cloudflare D1 is used, so that the package needs none of its types.

/** A D1 database, or a session of one (`withSession()`). */
export interface D1DatabaseLike {
  /** Prepares a statement. */
  prepare(query: string): D1StatementLike;
  /** Runs statements as one transaction, in one round trip. */
  batch<T = unknown>(statements: D1StatementLike[]): Promise<readonly D1ResultLike<T>[]>;
}

/** What became of a statement. */
export interface D1ResultLike<T> {
  /** The rows. */
  readonly results: T[];
}

/** A statement of a D1 database. */
export interface D1StatementLike {
  /** The statement with values for its parameters. */
  bind(...values: unknown[]): D1StatementLike;
}

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** SQL with the values of its parameters. */
export type Statement = readonly [sql: string, ...parameters: (string | number | null)[]];

/** Asks a database these statements in one round trip; gives the rows of each. */
export type Ask = (statements: readonly Statement[]) => Promise<readonly Row[][]>;

/** Runs statements as one transaction, in one round trip; gives the rows of each. */
export async function run(database: D1DatabaseLike, statements: readonly Statement[]): Promise<readonly Row[][]> {
  const prepared = statements.map(([sql, ...parameters]) => database.prepare(sql).bind(...parameters));
  const answers = await database.batch<Row>(prepared);
  return answers.map(({ results }) => results);
}
