// "Who is looking?": the person, the day, the roles held and the products subscribed to.
// It shows what was chosen and reports what is chosen; what follows from it is not its concern.

import { assignable, isDate } from "./address.js";
import { element } from "./element.js";
import { productName, roleName } from "./explain.js";
import { asDay, asMoment, asShortDay, label, text } from "./language.js";
import { heldRoles, people, PRESET_DATES } from "./people.js";

const byId = (id) => document.getElementById(id);

const noon = (date) => new Date(`${date}T12:00:00Z`);

export const initial = (person) => people[person].name[0];

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
  #written;
  #look;
  #changed;

  constructor({ written, look, changed }) {
    this.#written = written;
    this.#look = look;
    this.#changed = changed;
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
    else if (input.dataset.kind === "role") this.#changed({ role: input.value, on: input.checked });
    else if (input.dataset.kind === "product") this.#changed({ product: input.value, on: input.checked });
  }

  /** Writes everything anew, in the language of the moment and for the person of the moment. */
  draw() {
    const focused = document.activeElement?.id;
    byId("people").replaceChildren(...Object.keys(people).map((id) => this.#person(id)));
    byId("presets").replaceChildren(...PRESET_DATES.map((date) =>
      element("button", { type: "button", "data-date": date }, asShortDay(noon(date)))));
    this.drawRoles();
    byId("products").replaceChildren(...this.#written.entitlements.map((product) =>
      toggle("product", product, productName(product, this.#written))));
    if (focused) byId(focused)?.focus();
    this.update();
  }

  #person(id) {
    return element("label", { class: "person", for: `person-${id}` },
      element("input", { type: "radio", name: "person", value: id, id: `person-${id}` }),
      element("span", { class: "avatar", "data-person": id, "aria-hidden": "true" }, initial(id)),
      element("span", { class: "person-name" }, element("strong", {}, people[id].name), element("small", {}, text(`person.${id}`))));
  }

  /** The roles of another person: those held come first. */
  drawRoles() {
    const held = heldRoles(this.#look.person);
    const switches = (roles) => roles.map((role) => toggle("role", role, roleName(role, this.#written)));
    byId("roles-held").replaceChildren(...switches(held));
    byId("roles-other").replaceChildren(...switches(assignable(this.#written).filter((role) => !held.includes(role))));
    byId("roles-more").open = [...this.#look.roles].some((role) => !held.includes(role));
  }

  /** Brings what is there in line with what is being looked at, without replacing anything that may have the focus. */
  update(validUntil = Infinity) {
    const { person, date, roles, products } = this.#look;
    for (const radio of byId("people").querySelectorAll("input")) radio.checked = radio.value === person;
    byId("date").value = date;
    for (const preset of byId("presets").children) preset.setAttribute("aria-pressed", String(preset.dataset.date === date));
    byId("next-change").textContent = Number.isFinite(validUntil)
      ? text("panel.next", { moment: asMoment(new Date(validUntil)) })
      : text("panel.no-next");
    for (const role of assignable(this.#written)) this.#updateRole(role, roles, products);
    for (const product of this.#written.entitlements) byId(`product-${product}`).checked = products.has(product);
    byId("products-count").textContent = text("panel.of", { some: products.size, all: this.#written.entitlements.length });
  }

  #updateRole(role, roles, products) {
    const { requires } = this.#written.roles[role];
    const offered = requires === undefined || products.has(requires);
    const input = byId(`role-${role}`);
    input.checked = roles.has(role);
    const held = heldRoles(this.#look.person).includes(role);
    input.closest(".switch").hidden = !offered && !held && !roles.has(role);
    const { from, until } = people[this.#look.person].assignments.find((assignment) => assignment.role === role) ?? {};
    if (!offered) note("role", role, text("role.no-product", { product: productName(requires, this.#written) }));
    else if (from !== undefined) note("role", role, text("role.lent", { from: asShortDay(new Date(from)), until: asDay(new Date(until)) }));
    else note("role", role, held ? "" : label({ label: this.#written.roles[role].description }, ""));
  }
}
