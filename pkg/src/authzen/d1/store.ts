// Writing a directory into D1: everything goes as JSON in parameters, many rows in one statement.

import type { Context, DirectoryResource, ScopeInstance, Subject } from "../../documents.js";
import { type D1DatabaseLike, run, type Statement } from "./database.js";
import { isListed, isResourceListed } from "./listed.js";
import { writtenContext, writtenResource, writtenScope, writtenSubject } from "./written.js";

/** What is written into a directory. A directory file is such. */
export interface D1Facts {
  /** Replaces plan, entitlements and attributes as a whole. Its scopes are added, or replace those of their references. */
  readonly context?: Context;
  /** Scopes alone, by reference. */
  readonly scopes?: Readonly<Record<string, ScopeInstance>>;
  /** Subjects. One that is there is replaced with all that it was given. */
  readonly subjects?: readonly Subject[];
  /** Resources. One that is there is replaced. */
  readonly resources?: readonly DirectoryResource[];
}

/** What is taken out of a directory. */
export interface D1Keys {
  /** Ids of subjects. They go with all that they were given. */
  readonly subjects?: readonly string[];
  /** Resources by type and id. */
  readonly resources?: readonly Pick<DirectoryResource, "type" | "id">[];
  /** References of scopes. */
  readonly scopes?: readonly string[];
}

/** What writes into a directory in D1. */
export interface D1Store {
  /**
   * Adds facts, or replaces those of the same id. Everything is checked before anything is written: a `TypeError` names
   * what is malformed, stands there twice, or is more than the tables hold, as is an unknown key of an assignment. Few
   * facts are one transaction; of many, each subject is.
   */
  put(facts: D1Facts): Promise<void>;
  /** Takes facts out, as one transaction. What is not there is passed over. */
  remove(keys: D1Keys): Promise<void>;
}

/** Writes into a D1 database with the tables of this package's migrations. */
export function d1Store(database: D1DatabaseLike): D1Store {
  return {
    put: async (facts) => {
      for (const statements of transactions([...written(facts)])) await run(database, statements);
    },
    remove: async ({ subjects = [], resources = [], scopes = [] }) => {
      const keys = resources.map(({ type, id }) => [type, id]);
      await run(database, [
        [`DELETE FROM subjects WHERE ${isListed("id", "?1")}`, JSON.stringify(subjects)],
        [`DELETE FROM resources WHERE ${isResourceListed("?1")}`, JSON.stringify(keys)],
        [`DELETE FROM scopes WHERE ${isListed("reference", "?1")}`, JSON.stringify(scopes)],
      ]);
    },
  };
}

/** The columns of a row that is element `number` of the list at `from`. */
const columns = (count: number, from = "fact.value"): string =>
  Array.from({ length: count }, (_, number) => `json_extract(${from}, '$[${number}]')`).join(", ");

const SUBJECTS = [
  `INSERT INTO subjects (id, status, attributes) SELECT ${columns(3)} FROM json_each(?1) AS fact WHERE true
    ON CONFLICT DO UPDATE SET status = excluded.status, attributes = excluded.attributes`,
  "DELETE FROM assignments WHERE subject IN (SELECT json_extract(value, '$[0]') FROM json_each(?1))",
  "DELETE FROM grants WHERE subject IN (SELECT json_extract(value, '$[0]') FROM json_each(?1))",
  `INSERT INTO assignments (subject, position, role, scope, status, "from", until)
    SELECT json_extract(fact.value, '$[0]'), given.key, ${columns(5, "given.value")}
    FROM json_each(?1) AS fact, json_each(fact.value, '$[3]') AS given`,
  `INSERT INTO grants (subject, position, permissions, "except", "when", scope, status, "from", until)
    SELECT json_extract(fact.value, '$[0]'), given.key, ${columns(7, "given.value")}
    FROM json_each(?1) AS fact, json_each(fact.value, '$[4]') AS given`,
];

const RESOURCES = [
  `INSERT INTO resources (type, id, scope, attributes) SELECT ${columns(4)} FROM json_each(?1) AS fact WHERE true
    ON CONFLICT DO UPDATE SET scope = excluded.scope, attributes = excluded.attributes`,
];

const SCOPES = [
  `INSERT INTO scopes (reference, parent, attributes) SELECT ${columns(3)} FROM json_each(?1) AS fact WHERE true
    ON CONFLICT DO UPDATE SET parent = excluded.parent, attributes = excluded.attributes`,
];

const CONTEXT = `INSERT INTO context (one, plan, entitlements, attributes) VALUES (1, ?1, ?2, ?3)
  ON CONFLICT DO UPDATE SET plan = excluded.plan, entitlements = excluded.entitlements, attributes = excluded.attributes`;

/** Characters of the facts of one statement. A parameter of D1 has 2,000,000 bytes at most. */
const MOST = 400_000;

/** The statements that write facts; those that belong together are one member. */
function* written({ context, scopes = {}, subjects = [], resources = [] }: D1Facts): Generator<readonly Statement[]> {
  if (context !== undefined) yield [[CONTEXT, ...writtenContext(context, "/context")]];
  const instances = [...referred(context?.scopes ?? {}, "/context/scopes"), ...referred(scopes, "/scopes")];
  yield* chunks(instances, SCOPES, ([reference]) => reference, ([reference, instance, at]) => writtenScope(reference, instance, at));
  const placed = <T>(list: readonly T[], at: string): (readonly [T, string])[] => list.map((one, index) => [one, `${at}/${index}`]);
  yield* chunks(placed(subjects, "/subjects"), SUBJECTS, ([{ id }]) => id, ([one, at]) => writtenSubject(one, at));
  const keyOf = ([{ type, id }]: readonly [DirectoryResource, string]): string => JSON.stringify([type, id]);
  yield* chunks(placed(resources, "/resources"), RESOURCES, keyOf, ([one, at]) => writtenResource(one, at));
}

function referred(scopes: Readonly<Record<string, ScopeInstance>>, at: string): (readonly [string, ScopeInstance, string])[] {
  return Object.entries(scopes).map(([reference, instance]) => [reference, instance, `${at}/${reference}`]);
}

/** Facts in lists that are not too long for one parameter, each for these statements. */
function* chunks<T>(facts: readonly T[], statements: readonly string[], keyOf: (fact: T) => string, write: (fact: T) => unknown): Generator<readonly Statement[]> {
  const seen = new Set<string>();
  let chunk: string[] = [];
  let length = 0;
  const full = (): readonly Statement[] => statements.map((sql) => [sql, `[${chunk.join(",")}]`]);
  for (const fact of facts) {
    const row = JSON.stringify(write(fact));
    const key = keyOf(fact);
    if (seen.has(key)) throw new TypeError(`\`${key}\` stands there twice`);
    seen.add(key);
    if (chunk.length > 0 && length + row.length > MOST) {
      yield full();
      chunk = [];
      length = 0;
    }
    chunk.push(row);
    length += row.length;
  }
  if (chunk.length > 0) yield full();
}

/** Few statements are one transaction, and more of them several. */
function transactions(members: readonly (readonly Statement[])[]): readonly (readonly Statement[])[] {
  const size = members.flat().reduce((sum, [, ...parameters]) => sum + parameters.join("").length, 0);
  if (members.length === 0) return [];
  return size > 8 * MOST ? members : [members.flat()];
}
