// From the words of a request to those of the model: who, on what, where, and under which circumstances.

import type { Context, DirectoryResource, Json, Subject } from "../documents.js";
import type { Directory } from "./directory.js";
import type { AuthzenSubject } from "./options.js";

type Properties = Readonly<Record<string, Json>> | undefined;

/** A scope that no policy has: what is asked there is denied with `unknown-scope`. */
const NOWHERE = "";

/** The record that conditions read as `resource.…`, and the scope that it is in. */
export interface Place {
  readonly record: object;
  readonly scope: string | undefined;
}

/** The subject of a request; undefined: nobody that the directory knows. */
export async function subjectOf(
  directory: Directory | undefined,
  types: readonly string[],
  { type, id, properties }: AuthzenSubject,
): Promise<Subject | undefined> {
  if (!types.includes(type)) return undefined;
  const known = directory === undefined ? { id } : await directory.subject(id);
  return known === undefined ? undefined : withProperties(known, properties);
}

/** A subject with what a request says of it over its attributes; itself where that is nothing. */
export function withProperties(subject: Subject, properties: Properties): Subject {
  return properties === undefined ? subject : { ...subject, attributes: { ...subject.attributes, ...properties } };
}

/**
 * A resource with what a request says of it over its attributes. The scope is the directory's; a `scope` among the
 * properties counts for a resource that the directory does not know, and must not contradict it about one that it knows.
 */
export function placeOf(
  known: DirectoryResource | undefined,
  { type, id, properties }: { type: string; id: string; properties?: Properties },
): Place {
  const record = { ...known?.attributes, ...properties, id, type };
  const said = properties === undefined || !Object.hasOwn(properties, "scope") ? undefined : properties["scope"];
  if (said === undefined) return { record, scope: known?.scope };
  if (typeof said !== "string" || (known !== undefined && known.scope !== said)) return { record, scope: NOWHERE };
  return { record, scope: said };
}

/** The scopes that the context has to tell of for these subjects and places. */
export function scopesOf(subjects: readonly Subject[], places: readonly (string | undefined)[]): string[] {
  const scopes = new Set(places);
  for (const { assignments, grants } of subjects) {
    for (const { scope } of [...listed(assignments), ...listed(grants)]) if (typeof scope === "string") scopes.add(scope);
  }
  scopes.delete(undefined);
  scopes.delete(NOWHERE);
  return [...scopes] as string[];
}

/** The scope and those above it, as far as the context tells. */
export function chainOf(scope: string | undefined, { scopes = {} }: Context): string[] {
  const chain: string[] = [];
  for (let at = scope; at !== undefined && !chain.includes(at); at = entryOf(scopes, at)?.parent) chain.push(at);
  return chain;
}

/** The directory's context, with what a request says over its attributes. The present is not the request's to tell. */
export async function contextOf(
  directory: Directory | undefined,
  scopes: readonly string[],
  said: Properties,
): Promise<Context> {
  const known = directory === undefined ? NO_CONTEXT : await directory.context({ scopes });
  return said === undefined ? known : { ...known, attributes: { ...known.attributes, ...said } };
}

const NO_CONTEXT: Context = Object.freeze({});

function entryOf(scopes: NonNullable<Context["scopes"]>, scope: string): { parent?: string } | undefined {
  return Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
}

/** A list, where it is one: what is malformed is found by the evaluator. */
function listed<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}
