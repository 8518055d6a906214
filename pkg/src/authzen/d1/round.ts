// What is asked in one turn of the program goes to the database together, and is answered from one snapshot of it.

import type { Context, DirectoryResource, Subject } from "../../documents.js";
import { within } from "../within.js";
import { type D1DatabaseLike, type Row, run, type Statement } from "./database.js";
import { contextOf, RESOURCE, resourceOf, SUBJECT, subjectOf } from "./rows.js";

/** So far up a chain of scopes is looked. What lies further up is not listed, and unknown by the model. */
const HIGHEST = 64;

const SUBJECTS = `SELECT ${SUBJECT} FROM subjects WHERE id IN (SELECT value FROM json_each(?1))`;

const RESOURCES = `SELECT ${RESOURCE} FROM resources
  WHERE (type, id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1))`;

const CONTEXT = "SELECT plan, entitlements, attributes FROM context";

const SCOPES = `WITH RECURSIVE chain (reference, height) AS (
    SELECT value, 1 FROM json_each(?1)
    UNION
    SELECT scopes.parent, height + 1 FROM chain JOIN scopes USING (reference)
      WHERE scopes.parent IS NOT NULL AND height < ${HIGHEST}
  )
  SELECT reference, parent, attributes FROM scopes WHERE reference IN (SELECT reference FROM chain)`;

/** What one turn asks, and its answers. */
export class Round {
  readonly #subjects = new Map<string, Subject>();
  readonly #resources = new Map<string, DirectoryResource>();
  readonly #scopes = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #answers: Promise<Answers>;
  #isContextAsked = false;
  #context: Context | undefined;

  /** `closed` is called when nothing more can be asked. */
  constructor(database: D1DatabaseLike, timeout: number, closed: () => void) {
    this.#answers = Promise.resolve().then(async () => {
      closed();
      const [parts, statements] = this.#statements();
      const answers = await within(timeout, run(database, statements), "the database");
      return answersOf(new Map(parts.map((part, index) => [part, answers[index] ?? []])));
    });
  }

  /** The subject with this id: the same object for all who ask. */
  async subject(id: string): Promise<Subject | undefined> {
    this.#ids.add(id);
    const { subjects } = await this.#answers;
    return once(this.#subjects, id, subjects, subjectOf);
  }

  /** The resource of this type and id. */
  async resource(type: string, id: string): Promise<DirectoryResource | undefined> {
    const key = JSON.stringify([type, id]);
    this.#keys.add(key);
    const { resources } = await this.#answers;
    return once(this.#resources, key, resources, resourceOf);
  }

  /** The context with these scopes and those above them: the same object for all who ask. */
  async context(scopes: readonly string[]): Promise<Context> {
    this.#isContextAsked = true;
    for (const scope of scopes) this.#scopes.add(scope);
    const { context, scopes: rows } = await this.#answers;
    return (this.#context ??= contextOf(context, rows));
  }

  #statements(): readonly [readonly Part[], readonly Statement[]] {
    const asked: (readonly [Part, Statement])[] = [];
    if (this.#ids.size > 0) asked.push(["subjects", [SUBJECTS, JSON.stringify([...this.#ids])]]);
    if (this.#keys.size > 0) asked.push(["resources", [RESOURCES, `[${[...this.#keys].join(",")}]`]]);
    if (this.#isContextAsked) asked.push(["context", [CONTEXT]]);
    if (this.#scopes.size > 0) asked.push(["scopes", [SCOPES, JSON.stringify([...this.#scopes])]]);
    return [asked.map(([part]) => part), asked.map(([, statement]) => statement)];
  }
}

type Part = "subjects" | "resources" | "context" | "scopes";

/** The rows that came back, by what they are rows of: the database may take two texts for one that are not. */
interface Answers {
  readonly subjects: ReadonlyMap<string, Row>;
  readonly resources: ReadonlyMap<string, Row>;
  readonly context: Row | undefined;
  readonly scopes: readonly Row[];
}

function answersOf(rows: ReadonlyMap<Part, readonly Row[]>): Answers {
  const of = (part: Part): readonly Row[] => rows.get(part) ?? [];
  return {
    subjects: new Map(of("subjects").map((row) => [row["id"] as string, row])),
    resources: new Map(of("resources").map((row) => [JSON.stringify([row["type"], row["id"]]), row])),
    context: of("context")[0],
    scopes: of("scopes"),
  };
}

/** The fact of a row, made once. */
function once<T>(made: Map<string, T>, key: string, rows: ReadonlyMap<string, Row>, make: (row: Row) => T): T | undefined {
  const row = rows.get(key);
  if (row === undefined) return undefined;
  let fact = made.get(key);
  if (fact === undefined) made.set(key, (fact = make(row)));
  return fact;
}
