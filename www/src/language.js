// The page's texts, labels and dates in the language that was chosen.

import de from "../texts/de.js";
import en from "../texts/en.js";
import nl from "../texts/nl.js";
import deWords from "../words/de.js";
import enWords from "../words/en.js";
import nlWords from "../words/nl.js";
import { TIME_ZONE } from "./time.js";

const LANGUAGES = {
  nl: { texts: nl, words: nlWords },
  de: { texts: de, words: deWords },
  en: { texts: en, words: enWords },
};

let current = "en";
let named = () => undefined;

/** What the system at hand calls things: `named("section.crm")`, undefined for what is no name of its own. */
export function nameBy(names) {
  named = names;
}

export const language = () => current;
export const words = () => LANGUAGES[current].words;

/** The language asked for in the address, else the first of the browser's that the demo speaks. */
export function preferredLanguage(address) {
  const asked = [new URL(address).searchParams.get("lang"), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.find((tag) => Object.hasOwn(LANGUAGES, tag ?? "")) ?? "en";
}

export function speak(tag) {
  current = tag;
  document.documentElement.lang = tag;
  translate(document);
}

export function text(key, values = {}) {
  const found = LANGUAGES[current].texts[key] ?? named(key);
  if (found === undefined) throw new Error(`no text \`${key}\` in \`${current}\``);
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const INTO = {
  i18n: (target, value) => { target.textContent = value; },
  i18nAria: (target, value) => { target.setAttribute("aria-label", value); },
  i18nPlaceholder: (target, value) => { target.setAttribute("placeholder", value); },
};

export function translate(root) {
  for (const [attribute, write] of Object.entries(INTO)) {
    const name = attribute.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const target of root.querySelectorAll(`[data-${name}]`)) write(target, text(target.dataset[attribute]));
  }
}

/** A string, or an object of language tag to string. */
export function inWords(given, fallback) {
  if (typeof given === "string") return given;
  return given?.[current] ?? given?.en ?? fallback;
}

/** A label of the policy. */
export const label = (thing, fallback) => inWords(thing?.label, fallback);

/** English as it is written where the association is: the day before the month. */
const locale = () => (current === "en" ? "en-GB" : current);

const format = (options) => (instant) => new Intl.DateTimeFormat(locale(), { timeZone: TIME_ZONE, ...options }).format(instant);

export const asMoment = format({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
export const asDay = format({ day: "numeric", month: "long", year: "numeric" });
export const asShortDay = format({ day: "numeric", month: "long" });
export const asTableDay = format({ day: "numeric", month: "short", year: "numeric" });
export const asNumber = (value) => new Intl.NumberFormat(locale()).format(value);
export const asPercent = (value) => new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 }).format(value);
export const asMoney = (value) => new Intl.NumberFormat(locale(), { style: "currency", currency: "EUR" }).format(value);
export const asList = (items) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);
export const asChoice = (items) => new Intl.ListFormat(locale(), { type: "disjunction" }).format(items);
