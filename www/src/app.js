// Starts the demo: the policy is loaded, the attributes in the page are bound to a session, and only then is anything shown.

import { defaultProducts, lookAddress, readLook, systemIn, writeLook } from "./address.js";
import { announce, difference } from "./changes.js";
import { Desk } from "./desk.js";
import { changed } from "./directory.js";
import { element } from "./element.js";
import { heldKeys } from "./facts.js";
import { asDay, language, nameBy, preferredLanguage, speak, text, translate } from "./language.js";
import { MEMBERS, Members } from "./members.js";
import { namesOf } from "./names.js";
import { drawPersona, drawPlacards, drawUnseen } from "./overview.js";
import { buildPages, lookAt } from "./page.js";
import { Pages } from "./pages.js";
import { Panel } from "./panel.js";
import { directoryOf, factsOf, policyOf } from "./scene.js";
import { systems } from "../systems/index.js";
import { fillUsers, fillViews, judgeSelections } from "./views.js";
import { Why } from "./why.js";

const byId = (id) => document.getElementById(id);

async function start() {
  const system = systemIn(location.href);
  const loaded = await policyOf(system);
  const { bind } = await import("grantlet/dom");
  const demo = new Demo(bind);
  demo.open(system, loaded);
  demo.listen();
  byId("app").hidden = false;
  document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  byId("boot").remove();
}

class Demo {
  #bind;
  #binding;
  #scene = {};
  #why = new Why(this.#scene);
  #pages = new Pages(() => this.#refresh());
  #panel = new Panel(this.#scene, (change) => this.#changed(change));
  #desk = new Desk(this.#scene);
  #members = new Members(this.#scene, (change) => this.#administer(change));
  #waiting = false;
  #wanted;

  constructor(bind) {
    this.#bind = bind;
  }

  /** Puts a system in place of the one that is open, with what the address says is looked at. */
  open(system, { policy, written }) {
    const scene = this.#scene;
    this.#binding?.stop();
    scene.session?.free();
    Object.assign(scene, { system, policy, written, directory: directoryOf(system) });
    nameBy(namesOf(scene));
    scene.look = readLook(location.href, scene);
    const { subject, context } = factsOf(scene);
    scene.session = policy.session(subject, context);
    document.querySelector(".app").dataset.system = system.id;
    buildPages(scene);
    lookAt(scene.look.scope);
    translate(document);
    fillViews(scene);
    this.#desk.draw();
    this.#drawSystems();
    this.#panel.draw();
    this.#why.mark(document);
    this.#binding = this.#bind(scene.session, document);
    // The rest of the page follows the states that the binder writes, now and at every change.
    scene.session.subscribe(() => this.#later());
    this.#pages.forget();
    this.#pages.settle();
    this.#refresh();
  }

  listen() {
    new MutationObserver(() => this.#later()).observe(byId("app"), { subtree: true, attributeFilter: ["data-grant-state"] });
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => this.#speak(button.dataset.language));
    }
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.#pages.focusHeading();
    });
    byId("systems").addEventListener("click", (event) => this.#chose(event));
    addEventListener("popstate", () => this.#switch(systemIn(location.href)));
  }

  #drawSystems() {
    const open = this.#scene.system.id;
    const focused = document.activeElement?.closest?.("#systems a")?.dataset.system;
    byId("systems").replaceChildren(...systems.map(({ id, title }) => element("li", {}, element("a", {
      href: `?system=${id}&lang=${language()}`, "data-system": id, "aria-current": id === open ? "true" : undefined,
    }, title))));
    if (focused) byId("systems").querySelector(`[data-system="${focused}"]`).focus();
  }

  /** Where a link is opened beside the page it is the browser's to follow. */
  #chose(event) {
    const id = event.target.closest("a")?.dataset.system;
    if (id === undefined || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (id === this.#scene.system.id) return;
    history.pushState(null, "", `?system=${id}&lang=${language()}`);
    this.#switch(systemIn(location.href));
  }

  async #switch(system) {
    if (system === this.#scene.system && this.#wanted === undefined) return;
    this.#wanted = system;
    try {
      const loaded = await policyOf(system);
      if (this.#wanted !== system) return;
      this.#wanted = undefined;
      this.open(system, loaded);
      announce(text("systems.opened", { system: system.title, who: this.#who }));
    } catch (error) {
      if (this.#wanted === system) this.#wanted = undefined;
      history.replaceState(null, "", lookAddress(this.#scene, language(), this.#pages.current));
      announce(text("systems.failed", { system: system.title }));
      throw error;
    }
  }

  get #who() {
    return this.#scene.system.people[this.#scene.look.person].name;
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
    const scene = this.#scene;
    byId("brand").textContent = scene.system.brand ?? scene.system.title;
    byId("tagline").textContent = text("system.tagline");
    judgeSelections(scene);
    this.#why.refresh();
    this.#panel.update(scene.session.validUntil);
    drawPersona(scene);
    drawPlacards(this.#why, this.#who);
    drawUnseen(this.#why, this.#who);
    if (this.#pages.current === MEMBERS) this.#members.update();
    const titles = { nothing: "nothing.title", [MEMBERS]: "members.title" };
    const title = titles[this.#pages.current] ?? `section.${this.#pages.current}`;
    document.title = `${text(title)} · ${scene.system.brand ?? scene.system.title}`;
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language()));
    }
  }

  #speak(tag) {
    speak(tag);
    fillViews(this.#scene);
    this.#desk.draw();
    this.#drawSystems();
    this.#panel.draw();
    this.#why.mark(document);
    this.#refresh();
    writeLook(this.#scene, tag);
  }

  #changed(change) {
    const before = { sections: sectionStates(), parts: partStates() };
    const { look } = this.#scene;
    if (change.person !== undefined) {
      look.person = change.person;
      look.roles = new Set(heldKeys(this.#scene, change.person));
    }
    if (change.date !== undefined) look.date = change.date;
    if (change.plan !== undefined) look.plan = change.plan;
    if (change.scope !== undefined) look.scope = change.scope ?? undefined;
    if (change.role !== undefined) look.roles[change.on ? "add" : "delete"](change.role);
    if (change.product !== undefined) look.products[change.on ? "add" : "delete"](change.product);
    if (change.reset) {
      look.roles = new Set(heldKeys(this.#scene, look.person));
      look.products = defaultProducts(this.#scene);
      look.plan = this.#scene.system.plan;
    }
    if (change.person !== undefined || change.scope !== undefined || change.reset) this.#panel.drawRoles();
    this.#pages.remember();
    this.#scene.session.update(factsOf(this.#scene));
    if (change.scope !== undefined) lookAt(look.scope);
    writeLook(this.#scene, language());
    this.#later();
    requestAnimationFrame(() => this.#tell(before));
  }

  /** A change of somebody's roles that the policy allowed, or the way back. Whoever looks follows at once. */
  #administer({ target, parts, undo, reset, said }) {
    const scene = this.#scene;
    const { directory, look } = scene;
    if (parts === undefined && !undo && !reset) {
      announce(said);
      return;
    }
    const before = { sections: sectionStates(), parts: partStates() };
    const own = JSON.stringify(look.subject);
    if (parts !== undefined) directory.put(changed(target === look.person ? look.subject : directory.get(target), parts));
    else if (undo) directory.undo();
    else directory.reset();
    if (target === undefined || target === look.person) look.roles = new Set(heldKeys(scene, look.person));
    const facts = factsOf(scene);
    const isOwn = JSON.stringify(look.subject) !== own;
    if (isOwn) scene.session.update(facts);
    fillUsers(scene);
    this.#panel.drawRoles();
    writeLook(scene, language());
    this.#refresh();
    requestAnimationFrame(() => (isOwn ? this.#tell(before, said) : announce(said)));
  }

  #tell(before, said) {
    const turned = [...partStates()].filter(([part, state]) => before.parts.get(part) !== state).length;
    const when = asDay(new Date(this.#scene.look.context.now));
    const what = `${this.#who}, ${when}: ${difference(before.sections, sectionStates(), turned)}`;
    announce(said === undefined ? what : `${said} ${what}`);
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
