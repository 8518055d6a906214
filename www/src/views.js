// Fills the sections that are drawn by hand with records. Whether any of it may be seen or touched is said by the attributes in the page;
// only what depends on one record, a selection that was shared, is asked of the session here.

import { element } from "./element.js";
import { asMoney, asNumber, asPercent, asTableDay, label, text } from "./language.js";
import { debits, invoices, mailings, organisation, relations, selections, shelves } from "./records.js";

const byId = (id) => document.getElementById(id);

const cell = (content, className) => element("td", { class: className }, content);

const badge = (status) => element("span", { class: `badge ${status}` }, text(`status.${status}`));

const day = (date) => asTableDay(new Date(`${date}T12:00:00Z`));

function figures(target, entries) {
  target.replaceChildren(...entries.map(([key, value]) =>
    element("div", {}, element("dt", {}, text(key)), element("dd", {}, value))));
}

export function fillRelations(chosen, search) {
  const wanted = search.trim().toLowerCase();
  const found = relations.filter(({ name, town }) => `${name} ${town}`.toLowerCase().includes(wanted));
  byId("relations").replaceChildren(...found.map((relation) => {
    const open = element("button", { type: "button", class: "link", "data-relation": relation.id }, relation.name);
    if (relation.id === chosen) open.setAttribute("aria-current", "true");
    return element("tr", { class: relation.id === chosen ? "chosen" : "" },
      element("th", { scope: "row" }, open),
      cell(relation.town, "wide"), cell(text(`kind.${relation.kind}`)), cell(day(relation.since), "wider"));
  }));
  byId("relations-empty").hidden = found.length > 0;
}

export const RELATION_FIELDS = ["name", "email", "address", "town", "iban"];

export function fillRelation(id) {
  const relation = relations.find((candidate) => candidate.id === id);
  const form = byId("relation");
  byId("relation-title").textContent = relation?.name || text("crm.new");
  for (const field of RELATION_FIELDS) form.elements[field].value = relation?.[field] ?? "";
}

function fillMailings() {
  byId("mailing-list").replaceChildren(...mailings.map((mailing) => element("tr", {},
    element("th", { scope: "row" }, text(`mailing.${mailing.subject}`)),
    cell(asNumber(mailing.recipients), "wide number"), cell(badge(mailing.status)))));
  byId("mailing").elements.subject.value = text("mailing.summer");
  byId("layouts").replaceChildren(...["letter", "columns", "card"].map((layout) => element("li", { class: `layout ${layout}` },
    element("span", { class: "sheet", "aria-hidden": "true" }), text(`layout.${layout}`))));
}

function fillSelections({ system }) {
  byId("selections").replaceChildren(...selections.map((selection) => element("li", {},
    element("span", {}, element("strong", {}, text(`selection.${selection.key}`)),
      element("small", {}, text(selection.sharedWith.length > 0 ? "selections.shared" : "selections.private", {
        size: asNumber(selection.size), who: selection.sharedWith.map((id) => system.people[id].name).join(", "),
      }))),
    element("span", { class: "guarded" },
      element("button", { type: "button", class: "button small", "data-selection": selection.id }, text("selections.use"))))));
}

/** One record's answer: the attributes ask for all selections, this asks for the one in the row. */
export function judgeSelections({ session }) {
  for (const button of document.querySelectorAll("[data-selection]")) {
    button.disabled = !session.can("crm.selection:use", { resource: selectionOf(button) });
  }
}

export const selectionOf = (button) => selections.find(({ id }) => id === button.dataset.selection);

function fillFinance() {
  const sum = (status) => asMoney(invoices.filter((invoice) => invoice.status === status).reduce((total, { amount }) => total + amount, 0));
  figures(byId("finance-figures"), [["finance.open", sum("open")], ["finance.late", sum("late")], ["finance.paid", sum("paid")]]);
  byId("invoices").replaceChildren(...invoices.map((invoice) => element("tr", {},
    element("th", { scope: "row" }, invoice.number), cell(invoice.relation, "wide"),
    cell(asMoney(invoice.amount), "number"), cell(badge(invoice.status)))));
  byId("debits").replaceChildren(...debits.map((debit) => element("li", {},
    element("span", {}, element("strong", {}, day(debit.date)),
      element("small", {}, text("finance.batch", { count: asNumber(debit.count) }))),
    element("span", { class: "number" }, asMoney(debit.amount)))));
}

function guardedAction(name, { scope }) {
  return element("span", { class: "guarded" }, element("button", {
    type: "button", class: "button small", "data-act": "demo", "data-grant": `library.document:${name}`,
    "data-grant-scope": scope, "data-grant-else": "disable", "data-label-place": `place.${scope}`,
  }, text(`library.${name}`)));
}

function shelf(workspace) {
  const { scope, documents } = workspace;
  return element("div", { class: "guarded block" },
    element("article", { class: "card", "data-grant": "library.document:view", "data-grant-scope": scope, "data-label": `place.${scope}` },
      element("div", { class: "card-head" }, element("h2", {}, text(`place.${scope}`))),
      element("p", { class: "lead" }, text(`shelf.${scope}`)),
      element("ul", { class: "rows" }, ...documents.map((name) => element("li", {}, element("span", {}, name)))),
      element("div", { class: "card-foot" }, ...["use", "create", "edit"].map((name) => guardedAction(name, workspace)))));
}

function fillLibrary() {
  byId("shelves").replaceChildren(...shelves.map(shelf));
  const welcome = shelves.find(({ scope }) => scope === "workspace:welcome");
  byId("documents").replaceChildren(...welcome.documents.map((name) => element("li", {},
    element("span", {}, name), element("button", { type: "button", class: "button small", "data-act": "demo" }, text("library.use")))));
}

function fillEmail() {
  figures(byId("email-figures"), [
    ["email.recipients", asNumber(2785)], ["email.opened", asPercent(0.564)], ["email.bounced", asNumber(35)],
  ]);
  byId("emails").replaceChildren(...mailings.filter(({ status }) => status === "sent").map((mailing) => element("tr", {},
    element("th", { scope: "row" }, text(`mailing.${mailing.subject}`)), cell(asNumber(mailing.recipients), "number"),
    cell(asPercent(mailing.opened), "number"), cell(asNumber(mailing.bounced), "number wide"))));
}

/** Anew whenever somebody's roles have changed. */
export function fillUsers({ directory, system, written }) {
  byId("users")?.replaceChildren(...directory.subjects.map(({ id, assignments }) => element("li", {},
    element("span", {}, element("strong", {}, system.people[id].name),
      element("small", {}, assignments.map(({ role }) => label(written.roles[role], role)).join(", "))))));
}

function fillOrganisation() {
  const form = byId("organisation");
  for (const [field, value] of Object.entries(organisation)) form.elements[field].value = value;
}

export function fillViews(scene) {
  if (scene.system.drawn === undefined) return;
  fillMailings();
  fillSelections(scene);
  fillFinance();
  fillLibrary();
  fillEmail();
  fillUsers(scene);
  fillOrganisation();
}
