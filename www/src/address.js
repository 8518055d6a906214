// What is being looked at, kept in the address: every view of the demo can be linked.
// What an address names and the demo does not know falls back to the default.

import { assignmentOf, hasRoot, heldKeys, isAssignable } from "./facts.js";
import { DEFAULT, systemOf } from "../systems/index.js";
import { isDate } from "./time.js";

const sameSet = (left, right) => left.size === right.size && [...left].every((item) => right.has(item));

const known = (items, name, otherwise) => (Object.hasOwn(items ?? {}, name ?? "") ? name : otherwise);

export const defaultProducts = ({ written, system }) =>
  new Set((written.entitlements ?? []).filter((name) => !(system.unsubscribed ?? []).includes(name)));

export const systemIn = (address) => systemOf(new URL(address).searchParams.get("system")) ?? DEFAULT;

/** The look that an address asks for; `scene` has the system, its policy and its directory. */
export function readLook(address, scene) {
  const { system, written } = scene;
  const query = new URL(address).searchParams;
  const person = known(system.people, query.get("person"), system.person);
  const roles = query.has("roles")
    ? query.get("roles").split(",").filter((key) => isAssignable(assignmentOf(key), scene))
    : heldKeys(scene, person);
  const products = query.has("products")
    ? new Set(query.get("products").split(",").filter((name) => written.entitlements?.includes(name)))
    : defaultProducts(scene);
  const scope = query.get("scope") === "" && hasRoot(scene) ? undefined : known(system.places, query.get("scope"), system.scope);
  return {
    person, roles: new Set(roles), products, scope,
    plan: known(written.plans, query.get("plan"), system.plan),
    date: isDate(query.get("date")) ? query.get("date") : system.date,
  };
}

export function lookAddress(scene, language, section) {
  const { look, system } = scene;
  const query = new URLSearchParams({ system: system.id, person: look.person, lang: language, date: look.date });
  if (look.scope !== system.scope) query.set("scope", look.scope ?? "");
  if (look.plan !== system.plan) query.set("plan", look.plan);
  if (!sameSet(look.roles, new Set(heldKeys(scene, look.person)))) query.set("roles", [...look.roles].join(","));
  if (!sameSet(look.products, defaultProducts(scene))) query.set("products", [...look.products].join(","));
  const address = new URL(location.href);
  address.search = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
  if (section !== undefined) address.hash = section;
  return address;
}

export const writeLook = (scene, language) => history.replaceState(null, "", lookAddress(scene, language));
