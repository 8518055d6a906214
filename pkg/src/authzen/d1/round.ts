// What is asked in one turn of the program goes to the database together, and is answered from one snapshot of it.

import type { Context, DirectoryResource, Subject } from "../../documents.js";
import { aroundStatements, Surroundings } from "./around.js";
import type { Ask, Row } from "./database.js";
import { isListed, isResourceListed } from "./listed.js";
import { RESOURCE, resourceOf, SUBJECT, subjectOf } from "./rows.js";

const SUBJECTS = `SELECT ${SUBJECT} FROM subjects WHERE ${isListed("id", "?1")}`;

const RESOURCES = `SELECT ${RESOURCE} FROM resources WHERE ${isResourceListed("?1")}`;

/** What one turn asks, and its answers. */
export class Round {
  readonly #subjects = new Map<string, Subject>();
  readonly #resources = new Map<string, DirectoryResource>();
  readonly #scopes = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #answers: Promise<Answers>;

  /** `closed` is called when nothing more can be asked, `read` with what is around all that was. */
  constructor(ask: Ask, closed: () => void, read: (around: Surroundings) => void) {
    this.#answers = Promise.resolve().then(async () => {
      closed();
      const answers = await this.#asked(ask);
      read(answers.around);
      return answers;
    });
  }

  /** The subject with this id: the same object for all who ask. */
  async subject(id: string): Promise<Subject | undefined> {
    this.#ids.add(id);
    const { subjects } = await this.#answers;
    return once(this.#subjects, id, subjects, subjectOf);
  }

  /** The resource of this type and id; the scope, where there is one, is asked for next. */
  async resource(type: string, id: string, scope: string | undefined): Promise<DirectoryResource | undefined> {
    const key = JSON.stringify([type, id]);
    this.#keys.add(key);
    if (scope !== undefined) this.#scopes.add(scope);
    const { resources } = await this.#answers;
    return once(this.#resources, key, resources, resourceOf);
  }

  /** The context with these scopes and those above them: the same object for all who ask. */
  async context(scopes: readonly string[]): Promise<Context> {
    for (const scope of scopes) this.#scopes.add(scope);
    const { around } = await this.#answers;
    return around.context;
  }

  async #asked(ask: Ask): Promise<Answers> {
    const began = performance.now();
    const ids = JSON.stringify([...this.#ids]);
    const keys = `[${[...this.#keys].join(",")}]`;
    const around = aroundStatements(JSON.stringify([...this.#scopes]), ids, keys);
    const [context = [], scopes = [], subjects = [], resources = []] = await ask([...around, [SUBJECTS, ids], [RESOURCES, keys]]);
    return {
      subjects: new Map(subjects.map((row) => [row["id"] as string, row])),
      resources: new Map(resources.map((row) => [JSON.stringify([row["type"], row["id"]]), row])),
      around: new Surroundings(began, context, scopes),
    };
  }
}

/** The rows that came back, by what they are rows of: the database may take two texts for one that are not. */
interface Answers {
  readonly subjects: ReadonlyMap<string, Row>;
  readonly resources: ReadonlyMap<string, Row>;
  readonly around: Surroundings;
}

/** The fact of a row, made once. */
function once<T>(made: Map<string, T>, key: string, rows: ReadonlyMap<string, Row>, make: (row: Row) => T): T | undefined {
  const row = rows.get(key);
  if (row === undefined) return undefined;
  let fact = made.get(key);
  if (fact === undefined) made.set(key, (fact = make(row)));
  return fact;
}
