// A directory that lies in Cloudflare D1: SQLite at the edge.

import type { Directory } from "../directory.js";
import { telling } from "../told.js";
import { within } from "../within.js";
import type { Surroundings } from "./around.js";
import { type Ask, type D1DatabaseLike, run } from "./database.js";
import { resourcesOf } from "./resources.js";
import { Round } from "./round.js";
import { subjectsFound, subjectsStatement } from "./subjects.js";

/** How a directory in D1 is asked. */
export interface D1DirectoryOptions {
  /** So many milliseconds a round trip may take, 5,000 where absent. One that takes longer is a fault, which denies. */
  readonly timeout?: number;
  /** Told of a row that is no fact and was left out of a search. Asked for by its id, such a row is a fault. */
  readonly fault?: (thrown: unknown) => void;
}

/**
 * A directory in a D1 database with the tables of this package's migrations (`grantlet/d1/migrations`). An evaluation
 * takes one round trip, and so do all those of one request together: the context and the scopes around whom and what they
 * are about are read with them. Subjects are searched in the order of their ids, resources in that of their scopes and
 * ids; what is left of the policy's conditions is asked of the database where it can answer it.
 */
export function d1Directory(database: D1DatabaseLike, { timeout = 5000, fault }: D1DirectoryOptions = {}): Directory {
  let open: Round | undefined;
  let last: Surroundings | undefined;
  const closed = (): void => void (open = undefined);
  const read = (around: Surroundings): void => void (last = around);
  const ask: Ask = (statements) => within(timeout, run(database, statements), "the database");
  const round = (): Round => (open ??= new Round(ask, closed, read));
  const broken = telling(fault);

  return {
    subject: (id) => round().subject(id),
    resource: (type, id, scope) => round().resource(type, id, scope),
    context: ({ scopes }, since = Infinity) => {
      return last !== undefined && last.began >= since && last.has(scopes) ? last.context : round().context(scopes);
    },
    subjects: async (question) => {
      const [rows = []] = await ask([subjectsStatement(question)]);
      return subjectsFound(rows, question, broken);
    },
    resources: (question) => resourcesOf(question, ask, broken),
  };
}
