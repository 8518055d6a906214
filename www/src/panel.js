// "Who is looking?": the person, the day, the roles held and the products subscribed to.
// It shows what was chosen and reports what is chosen; what follows from it is not its concern.

import { element } from "./element.js";
import { productName, roleName } from "./explain.js";
import { assignableHere, assignmentOf, hasRoot, heldKeys, keyOf, placeTitle } from "./facts.js";
import { asDay, asMoment, asShortDay, inWords, label, text } from "./language.js";
import { isDate, noon } from "./time.js";

const byId = (id) => document.getElementById(id);

/** The colours of avatars go round. */
const COLOURS = 5;

export function avatar(person, { people }) {
  const colour = String(Object.keys(people).indexOf(person) % COLOURS);
  return element("span", { class: "avatar", "data-colour": colour, "aria-hidden": "true" }, people[person].name[0]);
}

function toggle(kind, value, name) {
  const id = `${kind}-${value}`;
  return element("label", { class: "switch", for: id },
    element("span", { class: "switch-name" }, element("span", {}, name), element("small", { id: `${id}-note` })),
    element("input", { type: "checkbox", role: "switch", id, value, "data-kind": kind, "aria-describedby": `${id}-note` }));
}

function note(kind, value, words) {
  byId(`${kind}-${value}-note`).textContent = words;
}

export class Panel {
  #scene;
  #changed;

  constructor(scene, changed) {
    this.#scene = scene;
    this.#changed = changed;
    byId("place").addEventListener("change", ({ target }) => this.#changed({ scope: target.value || null }));
    byId("panel").addEventListener("change", (event) => this.#read(event.target));
    byId("presets").addEventListener("click", (event) => {
      const { date } = event.target.closest("button")?.dataset ?? {};
      if (date !== undefined) this.#changed({ date });
    });
    byId("reset").addEventListener("click", () => this.#changed({ reset: true }));
    byId("panel-toggle").addEventListener("click", () => this.#reveal(!document.body.classList.contains("panel-open")));
    byId("panel-close").addEventListener("click", () => this.#reveal(false));
    byId("panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.body.classList.contains("panel-open")) this.#reveal(false);
    });
  }

  /** Where there is no room for it beside the page, the panel lies over it. */
  #reveal(open) {
    document.body.classList.toggle("panel-open", open);
    byId("panel-toggle").setAttribute("aria-expanded", String(open));
    byId(open ? "panel-title" : "panel-toggle").focus();
  }

  #read(input) {
    if (input.name === "person") this.#changed({ person: input.value });
    else if (input.id === "date" && isDate(input.value)) this.#changed({ date: input.value });
    else if (input.id === "plan") this.#changed({ plan: input.value });
    else if (input.dataset.kind === "role") this.#changed({ role: input.value, on: input.checked });
    else if (input.dataset.kind === "product") this.#changed({ product: input.value, on: input.checked });
  }

  /** Writes everything anew, in the language of the moment and for the person of the moment. */
  draw() {
    const { system, written } = this.#scene;
    const focused = document.activeElement?.id;
    byId("people").replaceChildren(...Object.keys(system.people).map((id) => this.#person(id)));
    byId("presets").replaceChildren(...system.presets.map((date) =>
      element("button", { type: "button", "data-date": date }, asShortDay(noon(date)))));
    this.#drawPlaces();
    this.drawRoles();
    byId("plan-group").hidden = written.plans === undefined;
    byId("plan").replaceChildren(...Object.entries(written.plans ?? {}).map(([plan, named]) => element("option", { value: plan }, label(named, plan))));
    byId("products-group").hidden = written.entitlements === undefined;
    byId("products").replaceChildren(...(written.entitlements ?? []).map((product) =>
      toggle("product", product, productName(product, written))));
    if (focused) byId(focused)?.focus();
    this.update();
  }

  #person(id) {
    const { system } = this.#scene;
    return element("label", { class: "person", for: `person-${id}` },
      element("input", { type: "radio", name: "person", value: id, id: `person-${id}` }),
      avatar(id, system),
      element("span", { class: "person-name" }, element("strong", {}, system.people[id].name), element("small", {}, text(`person.${id}`))));
  }

  #drawPlaces() {
    const scopes = Object.keys(this.#scene.system.places);
    byId("place-label").hidden = scopes.length === 0;
    byId("place").replaceChildren(
      ...(hasRoot(this.#scene) ? [element("option", { value: "" }, text("place.root"))] : []),
      ...scopes.map((scope) => element("option", { value: scope }, placeTitle(scope, this.#scene))));
  }

  /** The roles of another person: those held come first, then those that could be held here. */
  drawRoles() {
    const { look, written } = this.#scene;
    const held = heldKeys(this.#scene, look.person);
    const switches = (keys) => keys.map((key) => toggle("role", key, roleName(assignmentOf(key).role, written)));
    const others = [...new Set([...[...look.roles], ...assignableHere(this.#scene).map(keyOf)])].filter((key) => !held.includes(key));
    byId("roles-held").replaceChildren(...switches(held));
    byId("roles-other").replaceChildren(...switches(others));
    byId("roles-more").open = [...look.roles].some((key) => !held.includes(key));
    for (const key of [...held, ...others]) this.#updateRole(key);
  }

  /** Brings what is there in line with what is being looked at, without replacing anything that may have the focus. */
  update(validUntil = Infinity) {
    const { look: { person, date, products, plan, scope }, written } = this.#scene;
    for (const radio of byId("people").querySelectorAll("input")) radio.checked = radio.value === person;
    byId("date").value = date;
    byId("place").value = scope ?? "";
    byId("plan").value = plan ?? "";
    for (const preset of byId("presets").children) preset.setAttribute("aria-pressed", String(preset.dataset.date === date));
    byId("next-change").textContent = Number.isFinite(validUntil)
      ? text("panel.next", { moment: asMoment(new Date(validUntil)) })
      : text("panel.no-next");
    for (const input of byId("panel").querySelectorAll('[data-kind="role"]')) this.#updateRole(input.value);
    for (const product of written.entitlements ?? []) byId(`product-${product}`).checked = products.has(product);
    byId("products-count").textContent = text("panel.of", { some: products.size, all: written.entitlements?.length ?? 0 });
  }

  #updateRole(key) {
    const { directory, look, written } = this.#scene;
    const { role, scope } = assignmentOf(key);
    const { requires } = written.roles[role];
    const offered = requires === undefined || look.products.has(requires);
    const input = byId(`role-${key}`);
    input.checked = look.roles.has(key);
    const held = directory.get(look.person).assignments.find((assignment) => keyOf(assignment) === key);
    input.closest(".switch").hidden = !offered && held === undefined && !look.roles.has(key);
    note("role", key, offered ? this.#noteOf(held, { role, scope }) : text("role.no-product", { product: productName(requires, written) }));
  }

  #noteOf(held, { role, scope }) {
    const { from, until, status } = held ?? {};
    const about = [
      placeTitle(scope, this.#scene),
      ["invited", "suspended"].includes(status) ? text(`status.${status}`) : undefined,
      from !== undefined && until !== undefined ? text("role.lent", { from: asShortDay(new Date(from)), until: asDay(new Date(until)) }) : undefined,
      from === undefined && until !== undefined ? text("role.until", { until: asDay(new Date(until)) }) : undefined,
    ].filter((part) => part !== undefined);
    if (held !== undefined || about.length > 0) return about.join(", ");
    return inWords(this.#scene.written.roles[role].description, "");
  }
}
