// Whom and what the decision points of this part are asked about: the back office of `../scenario.mjs`, subjects with
// three of its roles each, and records of its resources, each of which somebody owns. Everything follows from a number,
// so a worker, a database and whoever asks them have the same without sending it to one another. A policy that was grown
// has these roles and resources among its own, so all policies are asked about the same people and records.

import { document } from "../engines/grantlet.mjs";
import { ACTIONS, scenario } from "../scenario.mjs";

/** How many times the 150 grants each policy has. */
export const TIMES = [1, 100];
/** Subjects in memory, and as many records; those that are asked about, where a database holds more. */
export const KNOWN = 10_000;

const ROLES_EACH = 3;
const { roles: ROLES, resources: RESOURCES } = scenario();

/** A whole number below `bound` that belongs to these two: what murmur3 ends with. */
function draw(number, salt, bound) {
  let state = Math.imul(number + 1, 0x9e37_79b1) ^ Math.imul(salt + 1, 0x85eb_ca6b);
  state = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35);
  return ((state ^ (state >>> 16)) >>> 0) % bound;
}

/** A policy as its document. */
export const policy = (times) => document(scenario(times));

function rolesOf(number) {
  const held = new Set();
  for (let salt = 0; held.size < ROLES_EACH; salt += 1) held.add(ROLES[draw(number, salt, ROLES.length)]);
  return [...held];
}

/** A subject by its number. */
export const subject = (number) => ({ id: `u-${number}`, assignments: rolesOf(number).map((role) => ({ role })) });

const ownerOf = (number) => draw(number, 100, KNOWN);

/** A record by its number. */
export const resource = (number) => ({
  type: RESOURCES[number % RESOURCES.length],
  id: `r-${number}`,
  attributes: { ownerId: `u-${ownerOf(number)}` },
});

export const each = (count, make) => Array.from({ length: count }, (_, number) => make(number));

/** What a directory in memory is made of. */
export const directory = () => ({ subjects: each(KNOWN, subject), resources: each(KNOWN, resource) });

/** What the roles give, by role and permission: whether it holds for one's own records alone. */
function kinds(grants) {
  const found = new Map(ROLES.map((role) => [role, new Map()]));
  for (const { role, resource, action, own } of grants) {
    if (!RESOURCES.includes(resource)) continue;
    const of = found.get(role);
    const name = `${resource}:${action}`;
    of?.set(name, own && (of.get(name) ?? true));
  }
  return found;
}

/**
 * Questions in the form of the Authorization API, each with its answer worked out from the grants alone. Every second
 * one is of something that the subject's roles give, if only for their own records; every fourth is of a record of
 * one's own.
 */
export function evaluations(times, count) {
  const given = kinds(scenario(times).grants);
  return each(count, (number) => {
    const one = (list, salt) => list[draw(number, salt, list.length)];
    const own = number % 4 === 1 ? draw(number, 1, KNOWN) : undefined;
    const who = own === undefined ? draw(number, 2, KNOWN) : ownerOf(own);
    const held = rolesOf(who);
    const granted = number % 2 === 0 ? one([...given.get(one(held, 3)).keys()], 4).split(":") : undefined;
    const type = granted?.[0] ?? one(RESOURCES, 5);
    const record = own ?? RESOURCES.indexOf(type) + RESOURCES.length * draw(number, 6, KNOWN / RESOURCES.length);
    const action = granted?.[1] ?? one(ACTIONS, 7);
    const asked = resource(record);
    const decision = held.some((role) => {
      const forOwn = given.get(role).get(`${asked.type}:${action}`);
      return forOwn === false || (forOwn === true && ownerOf(record) === who);
    });
    const subject = { type: "user", id: `u-${who}` };
    return { asked: { subject, action: { name: action }, resource: { type: asked.type, id: asked.id } }, decision };
  });
}
