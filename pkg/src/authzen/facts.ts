// From the words of a request to those of the model: who, on what, where, and under which circumstances.

import type { Context, DirectoryResource, Json, Subject } from "../documents.js";
import type { Awaitable, ContextQuestion, Directory } from "./directory.js";
import { after } from "./later.js";
import type { AuthzenSubject } from "./options.js";

type Properties = Readonly<Record<string, Json>> | undefined;

/** Scopes that are asked about; undefined: the root. */
export type Scopes = readonly (string | undefined)[];

/** A scope that no policy has: what is asked there is denied with `unknown-scope`. */
const NOWHERE = "";

/** What the request says of a resource. */
interface Asked {
  readonly type: string;
  readonly id: string;
  readonly properties?: Properties;
}

/** The records of resources that come again: a copy of attributes costs as much as what is asked of it. */
const records = new WeakMap<DirectoryResource, object>();

/** The record that conditions read as `resource.…`, and the scope that it is in. */
export class Place {
  readonly scope: string | undefined;
  /** What the directory has of the resource. */
  readonly known: DirectoryResource | undefined;
  readonly #asked: Asked;

  constructor(scope: string | undefined, known: DirectoryResource | undefined, asked: Asked) {
    this.scope = scope;
    this.known = known;
    this.#asked = asked;
  }

  /** Put together when it is asked for: most answers turn on no record. */
  get record(): object {
    const { known } = this;
    const { type, id, properties } = this.#asked;
    if (properties !== undefined) return { ...known?.attributes, ...properties, id, type };
    if (known === undefined) return { id, type };
    if (known.id !== id || known.type !== type) return { ...known.attributes, id, type };
    let record = records.get(known);
    if (record === undefined) records.set(known, (record = { ...known.attributes, id, type }));
    return record;
  }
}

/** What is known of the subject of a request; undefined: nobody that the directory knows. */
export function subjectOf(
  directory: Directory | undefined,
  types: readonly string[],
  { type, id }: AuthzenSubject,
): Awaitable<Subject | undefined> {
  if (!types.includes(type)) return undefined;
  if (directory === undefined) return { id };
  return after(directory.subject(id), (known) => {
    if (known === undefined || known.id === id) return known;
    throw new Error(`the directory gave the subject \`${known.id}\` where it was asked for \`${id}\``);
  });
}

/** A subject with what a request says of it over its attributes; itself where that is nothing. */
export function withProperties(subject: Subject, properties: Properties): Subject {
  return properties === undefined ? subject : { ...subject, attributes: { ...subject.attributes, ...properties } };
}

/** The resource of a request, with what the directory has of it. */
export function resourceOf(directory: Directory | undefined, asked: Asked): Awaitable<Place> {
  const { type, id } = asked;
  const said = scopeOf(asked);
  return after(directory?.resource(type, id, isScope(said) ? said : undefined), (known) => {
    if (known !== undefined && (known.id !== id || known.type !== type)) {
      throw new Error(`the directory gave the \`${known.type}\` \`${known.id}\` where it was asked for the \`${type}\` \`${id}\``);
    }
    return placeOf(known, asked);
  });
}

/**
 * A resource with what a request says of it over its attributes. The scope is the directory's; a `scope` among the
 * properties counts for a resource that the directory does not know, and must not contradict it about one that it knows.
 */
export function placeOf(known: DirectoryResource | undefined, asked: Asked): Place {
  const said = scopeOf(asked);
  if (said === undefined) return new Place(known?.scope, known, asked);
  const isSound = typeof said === "string" && (known === undefined || known.scope === said);
  return new Place(isSound ? said : NOWHERE, known, asked);
}

/** The scope that the request names, whatever stands there. */
function scopeOf({ properties }: Asked): Json | undefined {
  return properties === undefined || !Object.hasOwn(properties, "scope") ? undefined : properties["scope"];
}

function scopesOf(subjects: readonly Subject[], places: Scopes): readonly string[] {
  const scopes = new Set<string>();
  for (const scope of places) if (isScope(scope)) scopes.add(scope);
  for (const { assignments, grants } of subjects) {
    for (const { scope } of listed(assignments)) if (isScope(scope)) scopes.add(scope);
    for (const { scope } of listed(grants)) if (isScope(scope)) scopes.add(scope);
  }
  return [...scopes];
}

function isScope(scope: unknown): scope is string {
  return typeof scope === "string" && scope !== NOWHERE;
}

/** The scope and those above it, as far as the context tells. */
export function chainOf(scope: string | undefined, { scopes = {} }: Context): string[] {
  const chain: string[] = [];
  for (let at = scope; at !== undefined && !chain.includes(at); at = entryOf(scopes, at)?.parent) chain.push(at);
  return chain;
}

/** The directory's context, as it was at `since` or after it. */
export function contextOf(directory: Directory | undefined, question: ContextQuestion, since?: number): Awaitable<Context> {
  return directory === undefined ? NO_CONTEXT : directory.context(question, since);
}

/** A context with what a request says over its attributes; itself where that is nothing. The present is not the request's to tell. */
export function withAttributes(context: Context, said: Properties): Context {
  return said === undefined ? context : { ...context, attributes: { ...context.attributes, ...said } };
}

/** The scopes that the context has to tell of for these subjects and places: looked for when they are asked for. */
export class Around implements ContextQuestion {
  readonly #subjects: readonly Subject[];
  readonly #places: Scopes;
  #scopes: readonly string[] | undefined;

  constructor(subjects: readonly Subject[], places: Scopes) {
    this.#subjects = subjects;
    this.#places = places;
  }

  get scopes(): readonly string[] {
    return (this.#scopes ??= scopesOf(this.#subjects, this.#places));
  }
}

const NO_CONTEXT: Context = Object.freeze({});

function entryOf(scopes: NonNullable<Context["scopes"]>, scope: string): { parent?: string } | undefined {
  return Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
}

/** A list, where it is one: what is malformed is found by the evaluator. */
function listed<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}
