// Starts the demo: the policy is loaded, the attributes in the page are bound to a session, and only then is anything shown.

import { defaultProducts, readLook, writeLook } from "./address.js";
import { announce, difference } from "./changes.js";
import { element, icon } from "./element.js";
import { roleName, TONE_ICONS } from "./explain.js";
import { asDay, language, preferredLanguage, speak, text, words } from "./language.js";
import { Pages } from "./pages.js";
import { initial, Panel } from "./panel.js";
import { contextOf, heldRoles, people, subjectOf } from "./people.js";
import { relations, workspaces } from "./records.js";
import { fillRelation, fillRelations, fillViews, judgeSelections } from "./views.js";
import { Why } from "./why.js";

const byId = (id) => document.getElementById(id);

async function start() {
  // Imported here and not at the top, so that a package which cannot be loaded is told like any other failure.
  const { bind, loadPolicy } = await import("grantlet/dom");
  const response = await fetch(new URL("/policies/procurios.json", location));
  if (!response.ok) throw new Error(`the policy answered ${response.status}`);
  const written = await response.clone().json();
  const policy = await loadPolicy(response);

  const look = readLook(location.href, written);
  const judge = () => {
    look.subject = subjectOf(look);
    look.context = contextOf(look, workspaces);
    return { subject: look.subject, context: look.context };
  };
  const { subject, context } = judge();
  const session = policy.session(subject, context);
  demo({ bind, policy, written, session, look, judge });
}

function demo({ bind, policy, written, session, look, judge }) {
  let chosen = relations[0].id;
  const why = new Why({ policy, written, session, look });
  const pages = new Pages(refresh);
  const panel = new Panel({ written, look, changed });

  fillViews(written);
  drawRelations();
  bind(session, document);
  panel.draw();
  why.mark(document);
  pages.settle();
  refresh();
  session.subscribe(later);
  new MutationObserver(later).observe(byId("app"), { subtree: true, attributeFilter: ["data-grant-state"] });
  byId("app").hidden = false;
  byId("boot").remove();

  let waiting = false;
  /** The binder reaches the page in one pass of its own; what is told about the page is told after it. */
  function later() {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      pages.settle();
      refresh();
    });
  }

  function refresh() {
    judgeSelections(session);
    why.refresh();
    panel.update(session.validUntil);
    drawPersona();
    drawPlacards();
    drawUnseen();
    document.title = `${heading()} · Kring`;
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language()));
    }
  }

  function heading() {
    return pages.current === undefined || pages.current === "nothing" ? text("nothing.title") : text(`section.${pages.current}`);
  }

  function drawPersona() {
    const roles = [...look.roles].map((role) => roleName(role, written));
    byId("persona").replaceChildren(
      element("span", { class: "avatar", "data-person": look.person, "aria-hidden": "true" }, initial(look.person)),
      element("span", {},
        element("strong", {}, people[look.person].name),
        element("small", {}, roles.length > 0 ? roles.join(" · ") : text("role.none"))),
      element("time", { datetime: look.date }, asDay(new Date(look.context.now))));
  }

  function drawPlacards() {
    for (const placard of document.querySelectorAll("[data-placard]")) {
      const { grantSection: section } = placard.previousElementSibling.dataset;
      const tone = why.toneOfSection(section);
      const ask = element("button", { type: "button", class: "button" }, text("why.title"));
      const what = text(`section.${placard.dataset.placard}`);
      ask.addEventListener("click", () => why.open({ what, section, request: {} }));
      placard.dataset.tone = tone;
      placard.replaceChildren(icon(TONE_ICONS[tone]), element("h1", { tabIndex: -1 }, what),
        element("p", {}, words().section[tone](people[look.person].name)), ask);
    }
  }

  function drawUnseen() {
    const unseen = why.unseen();
    byId("unseen-title").textContent = text("unseen.title", { who: people[look.person].name });
    byId("unseen-count").textContent = String(unseen.length);
    byId("unseen").replaceChildren(...unseen.map((question) => {
      const ask = element("button", { type: "button" }, icon(TONE_ICONS[question.tone]),
        element("span", {}, question.what), element("span", { class: "ask" }, text("why.title")));
      ask.addEventListener("click", () => why.open(question));
      return element("li", {}, ask);
    }));
  }

  function drawRelations() {
    fillRelations(chosen, byId("relation-search").value);
    fillRelation(chosen);
  }

  function states() {
    return Object.fromEntries([...document.querySelectorAll(".nav [data-grant-section]")]
      .map((link) => [link.getAttribute("href").slice(1), link.dataset.grantState]));
  }

  const guarded = () => new Map([...document.querySelectorAll("main [data-grant-state]")].map((part) => [part, part.dataset.grantState]));

  function changed(change) {
    const before = { sections: states(), parts: guarded() };
    if (change.person !== undefined) {
      look.person = change.person;
      look.roles = new Set(heldRoles(change.person));
      look.subject = subjectOf(look);
      panel.drawPerson();
    }
    if (change.date !== undefined) look.date = change.date;
    if (change.role !== undefined) look.roles[change.on ? "add" : "delete"](change.role);
    if (change.product !== undefined) look.products[change.on ? "add" : "delete"](change.product);
    if (change.reset) {
      look.roles = new Set(heldRoles(look.person));
      look.products = defaultProducts(written.entitlements);
    }
    session.update(judge());
    writeLook(look, language(), written);
    later();
    requestAnimationFrame(() => {
      const names = Object.fromEntries(Object.keys(before.sections).map((name) => [name, text(`section.${name}`)]));
      const turned = [...guarded()].filter(([part, state]) => before.parts.get(part) !== state).length;
      announce(`${people[look.person].name}, ${asDay(new Date(look.context.now))}: ${difference(before.sections, states(), names, turned)}`);
    });
  }

  function speakNow(tag) {
    speak(tag);
    fillViews(written);
    drawRelations();
    panel.draw();
    why.mark(document);
    refresh();
    writeLook(look, tag, written);
  }

  /** A control that is in reach may still have been overtaken: what it does is asked again when it is used. */
  function allowed(control) {
    const { grant, grantScope } = control.dataset;
    const request = grantScope === undefined ? {} : { scope: grantScope };
    return grant === undefined || grant.trim().split(/\s+/).every((permission) => session.decide(permission, request).effect !== "deny");
  }

  const acts = {
    demo: () => announce(text("demo.done")),
    "create-relation": () => {
      const id = `r${relations.length + 1}`;
      relations.unshift({ id, name: text("crm.new"), kind: "person", town: "", since: look.date, email: "", address: "", iban: "" });
      chosen = id;
      drawRelations();
      byId("relation").elements.name.focus();
    },
    "delete-relation": () => {
      const index = relations.findIndex(({ id }) => id === chosen);
      const [{ name }] = relations.splice(index, 1);
      chosen = relations[Math.min(index, relations.length - 1)]?.id;
      drawRelations();
      byId("relation-title").focus();
      announce(text("crm.deleted", { name }));
    },
  };

  byId("main").addEventListener("click", (event) => {
    const control = event.target.closest("button");
    if (control === null) return;
    const { act, relation, selection } = control.dataset;
    if (act !== undefined && allowed(control)) acts[act]();
    if (selection !== undefined) acts.demo();
    if (relation !== undefined) {
      chosen = relation;
      drawRelations();
      byId("relation-title").focus();
    }
  });

  byId("main").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter !== null && !allowed(event.submitter)) return;
    if (event.target.id === "relation") {
      if (!session.can("crm.relation:edit")) return;
      const relation = relations.find(({ id }) => id === chosen);
      for (const field of ["name", "email", "address", "town", "iban"]) relation[field] = event.target.elements[field].value;
      drawRelations();
      announce(text("crm.saved", { name: relation.name }));
    } else {
      acts.demo();
    }
  });

  byId("relation-search").addEventListener("input", drawList);
  function drawList() {
    fillRelations(chosen, byId("relation-search").value);
  }

  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speakNow(button.dataset.language));
  }

  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    pages.focusHeading();
  });

  const reveal = (open) => {
    document.body.classList.toggle("panel-open", open);
    byId("panel-toggle").setAttribute("aria-expanded", String(open));
    byId(open ? "panel-title" : "panel-toggle").focus();
  };
  byId("panel-toggle").addEventListener("click", () => reveal(!document.body.classList.contains("panel-open")));
  byId("panel-close").addEventListener("click", () => reveal(false));
  byId("panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("panel-open")) reveal(false);
  });
}

speak(preferredLanguage(location.href));
byId("boot").textContent = text("boot.loading");
start().catch((error) => {
  byId("boot").textContent = text("boot.failed");
  byId("boot").setAttribute("role", "alert");
  throw error;
});
