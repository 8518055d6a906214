// From facts to what is written of them. What would not come back as it is, is refused with its place.

import type { Assignment, Context, DirectGrant, DirectoryResource, ScopeInstance, Subject } from "../../documents.js";
import { millisecondsOf } from "./instant.js";

/** Levels of attributes and conditions at most: the deepest condition fits, and the evaluator reads it in every question. */
const DEEPEST = 80;

/** What a fact may have. `meta` means nothing, and is not written. */
const ASSIGNMENT = ["role", "scope", "status", "from", "until", "meta"];
const GRANT = ["permissions", "scope", "except", "when", "status", "from", "until", "meta"];

/** A subject as a list: its columns, and lists of the columns of its assignments and of its grants. */
export function writtenSubject({ id, status, attributes, assignments = [], grants = [] }: Subject, at: string): unknown[] {
  return [
    key(id, `${at}/id`),
    textOrNothing(status, `${at}/status`),
    objectOrNothing(attributes, `${at}/attributes`),
    listed(assignments, `${at}/assignments`).map((one, index) => writtenAssignment(one, `${at}/assignments/${index}`)),
    listed(grants, `${at}/grants`).map((one, index) => writtenGrant(one, `${at}/grants/${index}`)),
  ];
}

/** A resource as a list of its columns. */
export function writtenResource({ type, id, scope, attributes }: DirectoryResource, at: string): unknown[] {
  return [
    text(type, `${at}/type`),
    key(id, `${at}/id`),
    textOrNothing(scope, `${at}/scope`),
    objectOrNothing(attributes, `${at}/attributes`),
  ];
}

/** A scope as a list of its columns. */
export function writtenScope(reference: string, { parent, attributes }: ScopeInstance, at: string): unknown[] {
  return [key(reference, at), textOrNothing(parent, `${at}/parent`), objectOrNothing(attributes, `${at}/attributes`)];
}

/** The columns of the context. A database stands at no instant. */
export function writtenContext({ now, plan, entitlements, attributes }: Context, at: string): (string | null)[] {
  if (now !== undefined) throw refused(`${at}/now`, "must not be given: the time is the clock's");
  return [
    textOrNothing(plan, `${at}/plan`),
    entitlements === undefined ? null : texts(entitlements, `${at}/entitlements`),
    objectOrNothing(attributes, `${at}/attributes`),
  ];
}

function writtenAssignment(assignment: Assignment, at: string): unknown[] {
  only(assignment, ASSIGNMENT, at);
  return [text(assignment.role, `${at}/role`), ...bounds(assignment, at)];
}

function writtenGrant(grant: DirectGrant, at: string): unknown[] {
  only(grant, GRANT, at);
  const { permissions, except, when } = grant;
  return [
    texts(permissions, `${at}/permissions`),
    except === undefined ? null : texts(except, `${at}/except`),
    objectOrNothing(when, `${at}/when`),
    ...bounds(grant, at),
  ];
}

function bounds({ scope, status, from, until }: Assignment | DirectGrant, at: string): unknown[] {
  return [
    textOrNothing(scope, `${at}/scope`),
    textOrNothing(status, `${at}/status`),
    instantOrNothing(from, `${at}/from`),
    instantOrNothing(until, `${at}/until`),
  ];
}

/** Another key makes the whole fact inert by the model, and there is no column for it. */
function only(fact: object, keys: readonly string[], at: string): void {
  if (typeof fact !== "object" || fact === null || Array.isArray(fact)) throw refused(at, "must be an object");
  const other = Object.keys(fact).find((name) => !keys.includes(name));
  if (other !== undefined) throw refused(`${at}/${other}`, "is no key of it, and cannot be stored");
}

function instantOrNothing(instant: unknown, at: string): number | null {
  if (instant === undefined) return null;
  const milliseconds = millisecondsOf(instant);
  if (milliseconds === undefined) throw refused(at, "must be a time with an offset, or whole milliseconds");
  return milliseconds;
}

function key(value: unknown, at: string): string {
  if (value === "") throw refused(at, "must not be empty");
  return text(value, at);
}

function textOrNothing(value: unknown, at: string): string | null {
  return value === undefined ? null : text(value, at);
}

function text(value: unknown, at: string): string {
  if (typeof value !== "string") throw refused(at, "must be a string");
  if (/\p{Surrogate}/u.test(value)) throw refused(at, "has half a character");
  return value;
}

function texts(value: readonly string[], at: string): string {
  return JSON.stringify(listed(value, at).map((one, index) => text(one, `${at}/${index}`)));
}

function listed<T>(value: readonly T[], at: string): readonly T[] {
  if (!Array.isArray(value)) throw refused(at, "must be a list");
  return value;
}

function objectOrNothing(value: unknown, at: string): string | null {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused(at, "must be an object");
  if (isDeeper(value, DEEPEST)) throw refused(at, `must not be nested deeper than ${DEEPEST} levels`);
  return JSON.stringify(value, function (this: Record<string, unknown>, name, member: unknown) {
    return json(member, name, Array.isArray(this), at);
  });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}

/** A member that JSON holds as it is. One that is not there is left out, but of a list. */
function json(member: unknown, name: string, isElement: boolean, at: string): unknown {
  text(name, `${at}, one of its keys,`);
  if (typeof member === "string") return text(member, `${at}, at \`${name}\`,`);
  const isHeld =
    member === null || typeof member === "boolean" || typeof member === "object" || Number.isFinite(member);
  if (!isHeld && (isElement || member !== undefined)) throw refused(at, `must be JSON, which \`${name}\` in it is not`);
  return member;
}

function refused(at: string, what: string): TypeError {
  return new TypeError(`\`${at}\` ${what}`);
}
