// The form of requests: what they must have, and that it is of the right kind. Unknown members are passed over.

import type { Json } from "../documents.js";
import { isTooDeep } from "./limits.js";
import type { AuthzenAction, AuthzenResource, AuthzenSubject, Evaluation } from "./options.js";
import { Refusal } from "./refusal.js";

/** A JSON object whose members nobody vouches for. */
export type Members = Readonly<Record<string, unknown>>;

/** A subject or a resource whose id is asked for. */
export interface Sought {
  readonly type: string;
  readonly properties?: Readonly<Record<string, Json>>;
}

/** The object that a body is to be. */
export function body(text: string): Members {
  if (text === "") throw new Refusal("the body is empty: a JSON object is needed");
  if (isTooDeep(text)) throw new Refusal("the body is nested too deeply");
  let value: unknown;
  try {
    value = JSON.parse(text, MAY_BE_UNSOUND.test(text) ? sound : undefined);
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : new Refusal("the body is not JSON");
  }
  return object(value, "");
}

/** Numbers that no double holds have an exponent of three digits, or 200 digits; half a character is escaped. */
const MAY_BE_UNSOUND = /\d[eE]\+?\d{3}|\d{200}|\\u[dD][89a-fA-F]/;

/** Refuses what the evaluator refuses in facts, so that whatever it refuses is no fault of a request's. */
function sound(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Refusal(`the number of \`${key}\` is too large`);
  if (/\p{Surrogate}/u.test(key) || (typeof value === "string" && /\p{Surrogate}/u.test(value))) {
    throw new Refusal("half of a character stands in the body");
  }
  return value;
}

/** What an evaluation has, taken from its own members or else whole from those that stand for all. */
export function evaluation(given: Members, defaults: Members = given, at = ""): Evaluation {
  const context = attributes(member(given, defaults, "context"), placeOf(given, at, "context"));
  const who = subject(member(given, defaults, "subject"), placeOf(given, at, "subject"));
  const how = action(member(given, defaults, "action"), placeOf(given, at, "action"));
  const what = resource(member(given, defaults, "resource"), placeOf(given, at, "resource"));
  const evaluation = { subject: who, action: how, resource: what };
  return context === undefined ? evaluation : { ...evaluation, context };
}

function member(given: Members, defaults: Members, key: string): unknown {
  return Object.hasOwn(given, key) ? given[key] : defaults[key];
}

function placeOf(given: Members, at: string, key: string): string {
  return at !== "" && Object.hasOwn(given, key) ? `${at}/${key}` : `/${key}`;
}

/** An identified subject. */
export function subject(value: unknown, at = "/subject"): AuthzenSubject {
  return identified(value, at);
}

/** An identified resource. */
export function resource(value: unknown, at = "/resource"): AuthzenResource {
  return identified(value, at);
}

/** An action. */
export function action(value: unknown, at = "/action"): AuthzenAction {
  const members = required(value, at);
  const [name, properties] = [text(members, "name", at), propertiesOf(members, at)];
  return properties === undefined ? { name } : { name, properties };
}

/** A subject or a resource that is searched for: an id is passed over. */
export function sought(value: unknown, at: string): Sought {
  const members = required(value, at);
  const [type, properties] = [text(members, "type", at), propertiesOf(members, at)];
  return properties === undefined ? { type } : { type, properties };
}

/** An object of attributes, where there is one with any in it. */
export function attributes(value: unknown, at: string): Readonly<Record<string, Json>> | undefined {
  if (value === undefined) return undefined;
  const given = object(value, at) as Readonly<Record<string, Json>>;
  return Object.keys(given).length === 0 ? undefined : given;
}

/** An object. */
export function object(value: unknown, at: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new Refusal(`${place(at)} must be an object`);
}

/** How a place is named. */
export function place(at: string): string {
  return at === "" ? "the body" : `\`${at}\``;
}

function identified(value: unknown, at: string): AuthzenSubject {
  const members = required(value, at);
  const [type, id, properties] = [text(members, "type", at), text(members, "id", at), propertiesOf(members, at)];
  return properties === undefined ? { type, id } : { type, id, properties };
}

function required(value: unknown, at: string): Members {
  if (value === undefined) throw new Refusal(`${place(at)} is missing: an object is needed`);
  return object(value, at);
}

function text(members: Members, key: string, at: string): string {
  const value = members[key];
  if (typeof value === "string" && value !== "") return value;
  const what = place(`${at}/${key}`);
  if (value === undefined) throw new Refusal(`${what} is missing: a string is needed`);
  throw new Refusal(`${what} must ${value === "" ? "not be empty" : "be a string"}`);
}

function propertiesOf(members: Members, at: string): Readonly<Record<string, Json>> | undefined {
  const properties = members["properties"];
  return properties === undefined ? undefined : attributes(properties, `${at}/properties`);
}
