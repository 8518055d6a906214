// What may be changed about a person, asked of the policy one change at a time. Each candidate carries the decision on
// it: what is allowed is offered, and what is refused can be asked why. Nothing is decided here.

import { isAssignable, keyOf, typeOf } from "./facts.js";

/** A change of one person by the one who looks, as the policy decides it. */
export function decide(scene, target, parts) {
  const { directory, look, policy } = scene;
  const known = directory.subjects.map((subject) => (subject.id === look.person ? look.subject : subject));
  return policy.decideChange({
    actor: look.subject, target: known.find(({ id }) => id === target), ...parts, context: look.context, directory: known,
  });
}

const candidate = (scene, target, given) => ({ ...given, decision: decide(scene, target, given.change) });

const placed = (scope) => (scope === undefined ? {} : { scope });

/** What can be done with an assignment, by name: its status turned, its end moved, or all of it taken away. */
export function actionsOn(scene, target, assignment) {
  const { role, scope, status = "active" } = assignment;
  const turned = { invited: [["accept", "active"]], suspended: [["resume", "active"]], active: [["suspend", "suspended"]] }[status] ?? [];
  return [
    ...turned.map(([action, next]) => ({ action, change: { assign: { ...assignment, status: next } } })),
    { action: "revoke", change: { revoke: { role, ...placed(scope) } } },
    { action: "until", change: { assign: assignment } },
  ].map((given) => candidate(scene, target, given));
}

export const ungrantOf = (scene, target, { permissions, scope }) =>
  candidate(scene, target, { action: "ungrant", change: { ungrant: { permissions, ...placed(scope) } } });

export const STATUSES = ["active", "invited"];

/**
 * Every role that could be held at a place, for each status that it could be given with. What is seen to be held is left
 * out; of what is not seen nothing shall be guessed from its absence.
 */
export function rolesToGive(scene, target, { scope, until, instead }) {
  const held = isShown(scene, target, scope) ? scene.directory.get(target).assignments.map(keyOf) : [];
  return Object.keys(scene.written.roles)
    .filter((role) => isAssignable({ role, scope }, scene) && !held.includes(keyOf({ role, scope })))
    .flatMap((role) => STATUSES.map((status) => candidate(scene, target, {
      role, status,
      change: {
        ...(instead === undefined ? {} : { revoke: instead }),
        assign: { role, ...placed(scope), status, ...(until === undefined ? {} : { until }) },
      },
    })));
}

/** Every permission that some rule is about at a place. */
export function permissionsToGive(scene, target, { scope, until }) {
  return scene.policy.permissions
    .map((permission) => candidate(scene, target, {
      permission,
      change: { grant: { permissions: [permission], ...placed(scope), ...(until === undefined ? {} : { until }) } },
    }))
    .filter(({ decision }) => !decision.because.some(({ pointer }) => pointer === "/administration"));
}

/** The places where a rule of direct grants could apply: the root, or those of the types that rules name. */
export function placesOfGrants({ system, written }) {
  const types = new Set((written.administration ?? []).filter((rule) => rule.permissions !== undefined).map((rule) => rule.scope ?? "root"));
  return [undefined, ...Object.keys(system.places)].filter((scope) => types.has(typeOf(scope)));
}

export const placesOfRoles = ({ system, written }) =>
  [undefined, ...Object.keys(system.places)].filter((scope) =>
    Object.keys(written.roles).some((role) => isAssignable({ role, scope }, { system, written })));

/** Whether there is a place at which what this person holds is not shown to the one who looks. */
export const isRestricted = (scene, person) =>
  [...placesOfRoles(scene), ...placesOfGrants(scene)].some((scope) => !isShown(scene, person, scope));

/** Whether what others hold at a place is this person's to see; one's own always is. */
export function isShown({ look, session, system }, person, scope) {
  const permission = system.members[typeOf(scope)];
  return person === look.person
    || permission !== undefined && session.decide(permission, placed(scope)).effect !== "deny";
}
