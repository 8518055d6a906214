// The work done in the sections: choosing, changing, adding and deleting a relation; all else only says that it was allowed.

import { announce } from "./changes.js";
import { text } from "./language.js";
import { relations } from "./records.js";
import { fillRelation, fillRelations, RELATION_FIELDS } from "./views.js";

const byId = (id) => document.getElementById(id);

export class Desk {
  #scene;
  #chosen = relations[0].id;
  #added = 0;

  constructor(scene) {
    this.#scene = scene;
    byId("main").addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
    byId("main").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submitted(event);
    });
    byId("main").addEventListener("input", ({ target }) => target.id === "relation-search" && this.#drawList());
  }

  draw() {
    if (byId("relation") === null) return;
    this.#drawList();
    fillRelation(this.#chosen);
  }

  #drawList() {
    fillRelations(this.#chosen, byId("relation-search").value);
  }

  /** A control that is in reach may have been brought back by hand: what it does is asked again when it is used. */
  #allows(control) {
    const { grant, grantScope } = control.dataset;
    const request = grantScope === undefined ? {} : { scope: grantScope };
    return grant === undefined || grant.trim().split(/\s+/).every((permission) => this.#scene.session.decide(permission, request).effect !== "deny");
  }

  #clicked(control) {
    if (control === null) return;
    const { act, relation, selection } = control.dataset;
    if (relation !== undefined) this.#choose(relation);
    if (selection !== undefined) announce(text("demo.done"));
    if (act === undefined || !this.#allows(control)) return;
    if (act === "create-relation") this.#create();
    else if (act === "delete-relation") this.#delete();
    else announce(text("demo.done"));
  }

  #submitted({ target: form, submitter }) {
    if (submitter !== null && !this.#allows(submitter)) return;
    if (form.id === "relation") this.#save(form);
    else announce(text("demo.done"));
  }

  #choose(id) {
    this.#chosen = id;
    this.draw();
    byId("relation-title").focus();
  }

  #create() {
    this.#added += 1;
    this.#chosen = `new-${this.#added}`;
    relations.unshift({ id: this.#chosen, name: text("crm.new"), kind: "person", town: "", since: this.#scene.look.date, email: "", address: "", iban: "" });
    this.draw();
    byId("relation").elements.name.focus();
  }

  #delete() {
    const index = relations.findIndex(({ id }) => id === this.#chosen);
    if (index < 0) return;
    const [{ name }] = relations.splice(index, 1);
    this.#choose(relations[Math.min(index, relations.length - 1)]?.id);
    announce(text("crm.deleted", { name }));
  }

  #save(form) {
    const relation = relations.find(({ id }) => id === this.#chosen);
    if (relation === undefined) return;
    for (const field of RELATION_FIELDS) relation[field] = form.elements[field].value;
    this.#drawList();
    byId("relation-title").textContent = relation.name;
    announce(text("crm.saved", { name: relation.name }));
  }
}
