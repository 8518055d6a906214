// What is being looked at, kept in the address: every view of the demo can be linked.
// What an address names and the demo does not know falls back to the default.

import { DEFAULTS, heldRoles, NOT_SUBSCRIBED, people } from "./people.js";

const DATE = /^20\d{2}-\d{2}-\d{2}$/;

/** A day of this century that exists: the last days of February are where a pattern alone is not enough. */
export function isDate(text) {
  if (!DATE.test(text ?? "")) return false;
  const instant = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

const listed = (text, known) => text.split(",").filter((name) => known.includes(name));

const sameSet = (left, right) => left.size === right.size && [...left].every((item) => right.has(item));

export const defaultProducts = (entitlements) => new Set(entitlements.filter((name) => !NOT_SUBSCRIBED.includes(name)));

export const assignable = (document) => Object.keys(document.roles).filter((role) => !document.roles[role].abstract);

export function readLook(address, document) {
  const query = new URL(address).searchParams;
  const person = Object.hasOwn(people, query.get("person") ?? "") ? query.get("person") : DEFAULTS.person;
  const roles = query.has("roles") ? listed(query.get("roles"), assignable(document)) : heldRoles(person);
  const products = query.has("products")
    ? new Set(listed(query.get("products"), document.entitlements))
    : defaultProducts(document.entitlements);
  const date = isDate(query.get("date")) ? query.get("date") : DEFAULTS.date;
  return { person, roles: new Set(roles), products, date };
}

export function writeLook(look, language, document) {
  const address = new URL(location.href);
  const query = new URLSearchParams({ person: look.person, lang: language, date: look.date });
  if (!sameSet(look.roles, new Set(heldRoles(look.person)))) query.set("roles", [...look.roles].join(","));
  if (!sameSet(look.products, defaultProducts(document.entitlements))) query.set("products", [...look.products].join(","));
  address.search = query.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", address);
}
