// What turns a choice in the panel into the facts that a session is opened with. Nothing here decides anything: who may
// do what stands in the policy.

import { label } from "./language.js";

const ROOT = "root";

/** How an assignment is written in an address and as the value of a switch: `owner`, `owner@workspace:sales`. */
export const keyOf = ({ role, scope }) => (scope === undefined ? role : `${role}@${scope}`);

export function assignmentOf(key) {
  const at = key.indexOf("@");
  return at === -1 ? { role: key } : { role: key.slice(0, at), scope: key.slice(at + 1) };
}

export const typeOf = (scope) => (scope === undefined ? ROOT : scope.slice(0, scope.indexOf(":")));

const scopesOf = (role) => role.scopes ?? [ROOT];

export const isAssignable = ({ role, scope }, { written, system }) =>
  Object.hasOwn(written.roles, role) && !written.roles[role].abstract && scopesOf(written.roles[role]).includes(typeOf(scope))
  && (scope === undefined || Object.hasOwn(system.places, scope));

/** Whether anything is held at the root: if not, that is no place to look at the page from. */
export const hasRoot = ({ written }) => Object.values(written.roles).some((role) => !role.abstract && scopesOf(role).includes(ROOT));

/** The place itself, what it lies in, and the root. */
export function chainOf(scope, system) {
  const chain = [];
  for (let at = scope; at !== undefined; at = system.places[at]?.parent) chain.push(at);
  return [...chain, undefined];
}

/** Every assignment that could be made at the place being looked at or above it, in the policy's order. */
export function assignableHere(scene) {
  const chain = chainOf(scene.look.scope, scene.system);
  return Object.keys(scene.written.roles).flatMap((role) =>
    chain.map((scope) => ({ role, ...(scope === undefined ? {} : { scope }) })).filter((candidate) => isAssignable(candidate, scene)));
}

export const heldKeys = (scene, person) => scene.directory.get(person).assignments.map(keyOf);

/** The person as the directory has them, with the roles that the panel takes away and adds. */
export function subjectOf(scene) {
  const { person, roles } = scene.look;
  const subject = scene.directory.get(person);
  const kept = subject.assignments.filter((assignment) => roles.has(keyOf(assignment)));
  const own = new Set(subject.assignments.map(keyOf));
  return { ...subject, assignments: [...kept, ...[...roles].filter((key) => !own.has(key)).map(assignmentOf)] };
}

export function contextOf({ system, look }) {
  const scopes = Object.fromEntries(Object.entries(system.places).map(([scope, { parent, attributes }]) =>
    [scope, { ...(parent && { parent }), ...(attributes && { attributes }) }]));
  return {
    now: `${look.date}T12:00:00Z`, entitlements: [...look.products], scopes,
    ...(look.plan === undefined ? {} : { plan: look.plan }),
  };
}

/** A place with what kind of place it is: two kinds may share a name. */
export function placeTitle(scope, { written, system }) {
  if (scope === undefined) return undefined;
  const type = typeOf(scope);
  return `${label(written.scopes?.[type], type)}: ${label(system.places[scope], scope)}`;
}
