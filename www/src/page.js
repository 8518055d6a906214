// Builds the page of a system from its policy: an entry and a page for every section, with a card for each resource and a
// control for each action on it. What a section is about is read from the permissions that open it; sections drawn by
// hand in `index.html` are taken from there. Nothing is decided here: every part only says what it asks.

import { element, icon } from "./element.js";
import { MEMBERS } from "./members.js";

const resourceOf = (permission) => permission.slice(0, permission.indexOf(":"));

const entriesOf = ({ system, written }) => system.entries ?? Object.keys(written.sections);

/** What takes something away, or is rare, is not there for whom it is not meant; the rest is shown and disabled. */
const HIDDEN_ACTIONS = ["delete", "remove", "cancel", "revoke", "merge", "bulk-edit", "use", "promote-owner"];

/** From this many on, the resources of a section are rows of one card. */
const ROWS_FROM = 6;

function shows({ sections }, name) {
  return [...new Set([...sections[name].show, ...(sections[name].enable ?? [])].map(resourceOf))];
}

/** The resources on a section's page: what opens it, what lies below that and is no other section's, and what the system adds. */
function resourcesOf(name, { written, system }) {
  const own = shows(written, name);
  const others = new Set(Object.keys(written.sections).filter((other) => other !== name).flatMap((other) => shows(written, other)));
  const below = Object.keys(written.resources)
    .filter((path) => own.some((root) => path.startsWith(`${root}.`)) && !others.has(path));
  const found = new Set([...own, ...below, ...(system.also?.[name] ?? [])]);
  return Object.keys(written.resources).filter((path) => found.has(path));
}

function control(path, action) {
  return element("span", { class: "guarded" }, element("button", {
    type: "button", class: "button small", "data-act": "demo", "data-grant": `${path}:${action}`,
    "data-grant-else": HIDDEN_ACTIONS.includes(action) ? undefined : "disable",
    "data-i18n": `action.${action}`, "data-label": `action.${action}`, "data-label-place": `resource.${path}`,
  }));
}

const controls = (path, { written }) =>
  written.resources[path].actions.filter((action) => action !== "view").map((action) => control(path, action));

const guardOf = (path, { written }) =>
  (written.resources[path].actions.includes("view") ? { "data-grant": `${path}:view`, "data-label": `resource.${path}` } : {});

function card(path, scene) {
  const rows = scene.system.rows[path] ?? [];
  const actions = controls(path, scene);
  return element("div", { class: "guarded block" }, element("article", { class: "card", ...guardOf(path, scene) },
    element("div", { class: "card-head" }, element("h2", { "data-i18n": `resource.${path}` })),
    rows.length > 0 ? element("ul", { class: "rows" }, ...rows.map(([title, detail]) => element("li", {},
      element("span", {}, title), detail && element("small", { class: "number" }, detail)))) : undefined,
    actions.length > 0 ? element("div", { class: "card-foot" }, ...actions) : undefined));
}

function row(path, scene) {
  return element("li", {}, element("div", { class: "guarded block" }, element("div", { class: "resource", ...guardOf(path, scene) },
    element("span", { "data-i18n": `resource.${path}` }), ...controls(path, scene))));
}

const list = (paths, scene) => (paths.length < ROWS_FROM
  ? element("div", { class: "shelves" }, ...paths.map((path) => card(path, scene)))
  : element("div", { class: "card" }, element("ul", { class: "rows resources" }, ...paths.map((path) => row(path, scene)))));

function view(name, scene) {
  const id = `${name}-title`;
  return element("div", { class: "view", id: name, "data-view": name, hidden: true },
    element("section", { "data-grant-section": name, "data-explained": "elsewhere", "data-label": `section.${name}`, "aria-labelledby": id },
      element("div", { class: "view-head" }, element("h1", { id, tabIndex: -1, "data-i18n": `section.${name}` })),
      list(resourcesOf(name, scene), scene)),
    element("div", { class: "placard", "data-placard": "" }));
}

function entry(name, { system }) {
  return element("li", {}, element("a", {
    href: `#${name}`, "data-grant-section": name, "data-grant-else": system.greyed?.includes(name) ? "disable" : undefined,
  }, icon(system.icons[name] ?? "page"), element("span", { "data-i18n": `section.${name}` })));
}

/** No section of the policy: what may be done there is asked of its rules of administration, one change at a time. */
const members = () => element("li", { class: "nav-members" },
  element("a", { href: `#${MEMBERS}` }, icon("person"), element("span", { "data-i18n": "members.title" })));

/** Puts the pages of the system in place of those of another. All of it is unjudged, and so hidden, until it is bound. */
export function buildPages(scene) {
  const drawn = document.getElementById(scene.system.drawn)?.content.cloneNode(true);
  const names = entriesOf(scene);
  const built = names.filter((name) => drawn?.querySelector(`[data-view="${name}"]`) === null || drawn === undefined);
  document.getElementById("sections").replaceChildren(...names.map((name) => entry(name, scene)), members());
  document.getElementById("views").replaceChildren(...(drawn === undefined ? [] : [drawn]), ...built.map((name) => view(name, scene)));
  for (const part of document.querySelectorAll(":is(#sections, #views) :is([data-grant], [data-grant-section]):not([data-grant-scope])")) {
    part.dataset.grantHere = "";
  }
}

/** Has every part that is asked about the place being looked at ask about this one. */
export function lookAt(scope) {
  for (const part of document.querySelectorAll("[data-grant-here]")) {
    if (scope === undefined) part.removeAttribute("data-grant-scope");
    else part.setAttribute("data-grant-scope", scope);
  }
}
