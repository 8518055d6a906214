// The forms that give a role or a direct right. Their choices hold only what the policy allows for what is chosen in the
// other fields, so a field that is changed draws the rest of its form anew.

import { element } from "./element.js";
import { permissionName, roleName } from "./explain.js";
import { assignmentOf, chainOf, keyOf, placeTitle } from "./facts.js";
import { text } from "./language.js";
import { isShown, permissionsToGive, placesOfGrants, placesOfRoles, rolesToGive, STATUSES } from "./offers.js";
import { isDate, startOf } from "./time.js";

function select(id, said, options, chosen) {
  const made = element("select", { id, name: id, "data-key": id }, ...options.map(([value, name]) => element("option", { value }, name)));
  if (options.some(([value]) => value === chosen)) made.value = chosen;
  return { field: element("label", { class: "field", for: id }, element("span", {}, said), made), value: made.value };
}

const date = (id, said, value) => element("label", { class: "field", for: id }, element("span", {}, said),
  element("input", { type: "date", id, name: id, min: "2000-01-01", max: "2099-12-31", value: value ?? "", "data-key": id }));

/** Takes a form's new content over around the field that is being typed in: that stays as it is. */
function merge(form, fresh, id) {
  const [title, fields] = form.children;
  const [, freshFields] = fresh.children;
  const kept = fields.querySelector(`[for="${id}"]`);
  const made = [...freshFields.children];
  const at = made.findIndex((field) => field.htmlFor === id);
  if (at === -1) fields.replaceChildren(...made);
  else {
    for (const field of [...fields.children]) if (field !== kept) field.remove();
    kept.before(...made.slice(0, at));
    kept.after(...made.slice(at + 1));
  }
  const rest = [...fresh.children].slice(2);
  for (const part of [...form.children]) if (part !== title && part !== fields) part.remove();
  form.append(...rest);
}

export class Forms {
  #scene;
  #change;
  #refused;
  #subject;
  #chosen = {};

  /** `change` is told what is to be given, `refused` draws what is not offered. */
  constructor(scene, { change, refused }) {
    this.#scene = scene;
    this.#change = change;
    this.#refused = refused;
  }

  /** For another person, and after a change: nothing is filled in. */
  forget() {
    this.#chosen = {};
  }

  draw(subject) {
    this.#subject = subject;
    return [this.#roles(), this.#grants()].filter((form) => form !== undefined);
  }

  #name(person) {
    return this.#scene.system.people[person].name;
  }

  /** The place that was chosen, else the nearest to the one looked at, else the first. */
  #place(id, places) {
    const options = places.map((scope) => [scope ?? "", placeTitle(scope, this.#scene) ?? text("place.root")]);
    const near = chainOf(this.#scene.look.scope, this.#scene.system).find((scope) => places.includes(scope));
    const wanted = this.#chosen[id] ?? near ?? "";
    const { field, value } = select(id, text("members.place"), options, wanted);
    return { field: places.length > 1 ? field : undefined, scope: value === "" ? undefined : value };
  }

  #until(id) {
    const day = this.#chosen[id];
    return isDate(day) ? startOf(day) : undefined;
  }

  #form(id, title, fields, submit, refused, again) {
    const form = element("form", { class: "card give", id, "aria-labelledby": `${id}-title`, novalidate: true },
      element("h3", { id: `${id}-title` }, title), element("div", { class: "fields" }, ...fields.filter((field) => field !== undefined)), ...submit, this.#refused(refused));
    form.addEventListener("change", ({ target }) => {
      this.#chosen[target.id] = target.value;
      merge(form, again(), target.id);
    });
    return form;
  }

  #nothing() {
    const names = { who: this.#name(this.#scene.look.person), target: this.#name(this.#subject.id) };
    return [element("p", { class: "lead" }, text("members.nothing", names))];
  }

  #give(id, permissionOrRole, parts) {
    const button = element("button", { type: "submit", class: "button primary", "data-key": id }, text("members.assign"));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.#change(parts.assign === undefined ? "grant" : "assign", parts, permissionOrRole);
    });
    return button;
  }

  #roles() {
    const subject = this.#subject;
    const { written } = this.#scene;
    const places = placesOfRoles(this.#scene);
    const { field, scope } = this.#place("member-place", places);
    const held = isShown(this.#scene, subject.id, scope) ? subject.assignments.filter((assignment) => assignment.scope === scope) : [];
    const instead = select("member-instead", text("members.instead"),
      [["", text("members.beside")], ...held.map((assignment) => [keyOf(assignment), roleName(assignment.role, written)])], this.#chosen["member-instead"]);
    const candidates = rolesToGive(this.#scene, subject.id, {
      scope, until: this.#until("member-until"), instead: instead.value === "" ? undefined : assignmentOf(instead.value),
    });
    const offered = candidates.filter(({ decision }) => decision.allowed);
    const roles = [...new Set(offered.map(({ role }) => role))];
    const role = select("member-role", text("members.role"), roles.map((name) => [name, roleName(name, written)]), this.#chosen["member-role"]);
    const statuses = STATUSES.filter((status) => offered.some((given) => given.role === role.value && given.status === status));
    const status = select("member-status", text("members.status"), statuses.map((name) => [name, text(`status.${name}`)]), this.#chosen["member-status"]);
    const given = offered.find((each) => each.role === role.value && each.status === status.value);
    const before = [field, held.length > 0 ? instead.field : undefined];
    const fields = given === undefined ? before : [...before, role.field, status.field];
    if (given !== undefined || this.#chosen["member-until"]) fields.push(date("member-until", text("members.until"), this.#chosen["member-until"]));
    return this.#form("give-role", text("members.give"), fields,
      given === undefined ? this.#nothing() : [this.#give("member-assign", roleName(role.value, written), given.change)],
      this.#refusedRoles(candidates), () => this.#roles());
  }

  /** A role that is refused for the same reason whatever its status is told once. */
  #refusedRoles(candidates) {
    const { written } = this.#scene;
    const same = ({ decision }, other) => JSON.stringify(decision) === JSON.stringify(other.decision);
    return candidates.filter(({ decision }) => !decision.allowed).flatMap((each) => {
      const others = candidates.filter(({ role }) => role === each.role);
      const isTheSame = others.every((other) => same(each, other));
      if (isTheSame && each !== others[0]) return [];
      const name = roleName(each.role, written);
      const what = isTheSame ? name : text("members.with-status", { role: name, status: text(`status.${each.status}`).toLocaleLowerCase() });
      return [{ what, decision: each.decision }];
    });
  }

  #grants() {
    const subject = this.#subject;
    const { written } = this.#scene;
    const places = placesOfGrants(this.#scene);
    if (places.length === 0) return undefined;
    const { field, scope } = this.#place("grant-place", places);
    const candidates = permissionsToGive(this.#scene, subject.id, { scope, until: this.#until("grant-until") });
    const offered = candidates.filter(({ decision }) => decision.allowed);
    const permission = select("grant-permission", text("members.permission"),
      offered.map((each) => [each.permission, permissionName(each.permission, written)]), this.#chosen["grant-permission"]);
    const given = offered.find((each) => each.permission === permission.value);
    const fields = given === undefined ? [field] : [field, permission.field];
    if (given !== undefined || this.#chosen["grant-until"]) fields.push(date("grant-until", text("members.until"), this.#chosen["grant-until"]));
    return this.#form("give-right", text("members.grant"), fields,
      given === undefined ? this.#nothing() : [this.#give("member-grant", permissionName(given.permission, written), given.change)],
      candidates.filter(({ decision }) => !decision.allowed).map((each) => ({ what: permissionName(each.permission, written), decision: each.decision })),
      () => this.#grants());
  }
}
