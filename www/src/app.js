// Starts the demo: the policy is loaded, the attributes in the page are bound to a session, and only then is anything shown.

import { announce, difference } from "./changes.js";
import { defaultProducts, readLook, writeLook } from "./address.js";
import { asDay, language, preferredLanguage, speak, text } from "./language.js";
import { Desk } from "./desk.js";
import { drawPersona, drawPlacards, drawUnseen } from "./overview.js";
import { Pages } from "./pages.js";
import { Panel } from "./panel.js";
import { contextOf, heldRoles, people, subjectOf } from "./people.js";
import { workspaces } from "./records.js";
import { fillViews, judgeSelections } from "./views.js";
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
  const { subject, context } = factsOf(look);
  const session = policy.session(subject, context);
  const demo = new Demo({ policy, written, session, look });
  fillViews(written);
  demo.desk.draw();
  bind(session, document);
  demo.open();
  byId("app").hidden = false;
  byId("boot").remove();
}

/** The subject and the context that what is being looked at comes to; the words need them as well as the session. */
function factsOf(look) {
  look.subject = subjectOf(look);
  look.context = contextOf(look, workspaces);
  return { subject: look.subject, context: look.context };
}

class Demo {
  #written;
  #session;
  #look;
  #why;
  #pages;
  #panel;
  #waiting = false;
  desk;

  constructor({ policy, written, session, look }) {
    this.#written = written;
    this.#session = session;
    this.#look = look;
    this.#why = new Why({ policy, written, session, look });
    this.#pages = new Pages(() => this.#refresh());
    this.#panel = new Panel({ written, look, changed: (change) => this.#changed(change) });
    this.desk = new Desk({ session, look });
  }

  /** Once the page is bound: the rest of it follows the states that the binder writes, now and at every change. */
  open() {
    this.#panel.draw();
    this.#why.mark(document);
    this.#pages.settle();
    this.#refresh();
    this.#session.subscribe(() => this.#later());
    new MutationObserver(() => this.#later()).observe(byId("app"), { subtree: true, attributeFilter: ["data-grant-state"] });
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => this.#speak(button.dataset.language));
    }
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.#pages.focusHeading();
    });
  }

  /** The binder reaches the page in one pass of its own; what is told about the page is told after it. */
  #later() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.#pages.settle();
      this.#refresh();
    });
  }

  #refresh() {
    const who = people[this.#look.person].name;
    judgeSelections(this.#session);
    this.#why.refresh();
    this.#panel.update(this.#session.validUntil);
    drawPersona(this.#look, this.#written);
    drawPlacards(this.#why, who);
    drawUnseen(this.#why, who);
    const title = this.#pages.current === "nothing" ? "nothing.title" : `section.${this.#pages.current}`;
    document.title = `${text(title)} · Kring`;
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language()));
    }
  }

  #speak(tag) {
    speak(tag);
    fillViews(this.#written);
    this.desk.draw();
    this.#panel.draw();
    this.#why.mark(document);
    this.#refresh();
    writeLook(this.#look, tag, this.#written);
  }

  #changed(change) {
    const before = { sections: sectionStates(), parts: partStates() };
    const look = this.#look;
    if (change.person !== undefined) {
      look.person = change.person;
      look.roles = new Set(heldRoles(change.person));
      this.#panel.drawRoles();
    }
    if (change.date !== undefined) look.date = change.date;
    if (change.role !== undefined) look.roles[change.on ? "add" : "delete"](change.role);
    if (change.product !== undefined) look.products[change.on ? "add" : "delete"](change.product);
    if (change.reset) {
      look.roles = new Set(heldRoles(look.person));
      look.products = defaultProducts(this.#written.entitlements);
    }
    this.#pages.remember();
    this.#session.update(factsOf(look));
    writeLook(look, language(), this.#written);
    this.#later();
    requestAnimationFrame(() => this.#tell(before));
  }

  #tell(before) {
    const turned = [...partStates()].filter(([part, state]) => before.parts.get(part) !== state).length;
    const when = asDay(new Date(this.#look.context.now));
    announce(`${people[this.#look.person].name}, ${when}: ${difference(before.sections, sectionStates(), turned)}`);
  }
}

function sectionStates() {
  return Object.fromEntries([...document.querySelectorAll(".nav [data-grant-section]")]
    .map((link) => [link.getAttribute("href").slice(1), link.dataset.grantState]));
}

const partStates = () => new Map([...document.querySelectorAll("main [data-grant-state]")].map((part) => [part, part.dataset.grantState]));

speak(preferredLanguage(location.href));
byId("boot").textContent = text("boot.loading");
start().catch((error) => {
  byId("boot").textContent = text("boot.failed");
  byId("boot").setAttribute("role", "alert");
  throw error;
});
