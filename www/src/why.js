// "Why?": a mark beside everything that is guarded, and the dialog that says what the decision rests on.

import { element, icon } from "./element.js";
import { explain, permissionName, TONE_ICONS, toneOf } from "./explain.js";
import { text, words } from "./language.js";
import { assignableHere } from "./facts.js";
import { selectionOf } from "./views.js";

const CLOSED = '[data-grant-state]:not([data-grant-state="enabled"])';
const GUARDED = "[data-grant], [data-grant-section], [data-selection]";

/** What a guarded element asks; `closed` is how the element shows that a section is not there for this person. */
export function questionOf(target) {
  const { grant, grantElse, grantSection, grantScope, label, labelPlace, selection } = target.dataset;
  const request = grantScope === undefined ? {} : { scope: grantScope };
  const named = label === undefined ? target.textContent.trim() : text(label);
  const what = labelPlace === undefined ? named : `${named} (${text(labelPlace)})`;
  if (selection !== undefined) {
    const resource = selectionOf(target);
    return { what: text(`selection.${resource.key}`), permissions: ["crm.selection:use"], request: { resource } };
  }
  if (grantSection !== undefined) return { what, section: grantSection, closed: grantElse === "disable" ? "disabled" : "hidden", request };
  return { what, permissions: grant.trim().split(/\s+/), request };
}

export class Why {
  #scene;
  #marks = new Map();
  #dialog = document.getElementById("why");

  /** The scene's `policy` answers, `written` is the same policy as a document: its labels and conditions are read for the words. */
  constructor(scene) {
    this.#scene = scene;
    document.getElementById("why-close").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  get #who() {
    return this.#scene.system.people[this.#scene.look.person].name;
  }

  /** Puts a mark after every guarded element that has none yet and is not explained elsewhere. */
  mark(root) {
    for (const target of root.querySelectorAll(GUARDED)) {
      if (this.#marks.has(target) || target.dataset.explained === "elsewhere") continue;
      const mark = element("button", { type: "button", class: "why", "aria-haspopup": "dialog" });
      mark.addEventListener("click", () => this.open(questionOf(target)));
      target.after(mark);
      this.#marks.set(target, mark);
    }
    for (const target of this.#marks.keys()) if (!target.isConnected) this.#marks.delete(target);
  }

  refresh() {
    for (const [target, mark] of this.#marks) {
      const question = questionOf(target);
      const tone = this.tone(question);
      if (mark.dataset.tone !== tone) {
        mark.dataset.tone = tone;
        mark.replaceChildren(icon(TONE_ICONS[tone]));
      }
      mark.setAttribute("aria-label", text("why.mark", { what: question.what, state: text(`state.${tone}`) }));
      mark.title = text("why.title");
    }
  }

  /** What is hidden now, each with its question; what lies inside something closed goes without saying. */
  unseen() {
    const seen = new Set();
    return [...this.#marks.keys()]
      .filter((target) => target.dataset.grantState === "hidden" && !target.parentElement.closest(CLOSED))
      .map((target) => ({ ...questionOf(target), tone: this.tone(questionOf(target)) }))
      .filter(({ what }) => !seen.has(what) && seen.add(what));
  }

  #decisions({ permissions, request }) {
    return permissions.map((permission) => ({ permission, decision: this.#scene.session.decide(permission, request) }));
  }

  tone(question) {
    if (question.section !== undefined) return this.#toneOfSection(question);
    const decisions = this.#decisions(question).map(({ decision }) => decision);
    const closed = decisions.find(({ effect }) => effect === "deny");
    return toneOf(closed ?? decisions.find(({ effect }) => effect === "conditional") ?? decisions[0]);
  }

  /** A section that is open only because of what holds for some records says so. */
  #toneOfSection({ section, closed, request }) {
    const state = this.#scene.session.section(section, request);
    if (state === "hidden") return closed;
    if (state !== "enabled") return state;
    const open = this.#decisions({ permissions: this.#scene.written.sections[section].show, request })
      .filter(({ decision }) => decision.effect !== "deny");
    return open.every(({ decision }) => decision.effect === "conditional") ? "conditional" : state;
  }

  open(question) {
    document.getElementById("why-title").textContent = question.what;
    document.getElementById("why-body").replaceChildren(...this.#body(question));
    this.#dialog.showModal();
    document.getElementById("why-title").focus();
  }

  #body(question) {
    const tone = this.tone(question);
    const section = question.section && this.#scene.written.sections[question.section];
    const permissions = section ? [...new Set([...section.show, ...(section.enable ?? [])])] : question.permissions;
    const asked = this.#decisions({ ...question, permissions });
    const headline = section
      ? words().section[tone](this.#who)
      : this.#explain(asked.find(({ decision }) => toneOf(decision) === tone) ?? asked[0], question.request).headline;
    return [
      element("p", { class: "verdict", "data-tone": tone }, icon(TONE_ICONS[tone]), headline),
      ...asked.map((each) => this.#block(each, question.request, asked.length > 1 || section !== undefined)),
      this.#technical(asked, question.request),
    ];
  }

  #block({ permission, decision }, request, titled) {
    const { tone, headline, sentences } = this.#explain({ permission, decision }, request);
    const list = element("ul", { class: "sentences" }, ...sentences.map((sentence) => element("li", {}, sentence)));
    return element("div", { class: "because" },
      element("h3", {}, permissionName(permission, this.#scene.written)),
      titled ? element("p", { class: "small-verdict", "data-tone": tone }, icon(TONE_ICONS[tone]), headline) : undefined,
      sentences.length > 0 ? list : undefined);
  }

  #technical(asked, request) {
    const lines = asked.flatMap(({ permission, decision }) => [
      element("dt", {}, element("code", {}, permission)),
      element("dd", {}, element("code", {}, `${decision.effect}, ${decision.reason}`)),
      ...decision.because.map((because) => element("dd", {}, element("code", {}, because.pointer))),
    ]);
    const scope = request.scope === undefined ? [] : [element("dt", {}, text("why.place")), element("dd", {}, element("code", {}, request.scope))];
    return element("details", { class: "technical" },
      element("summary", {}, text("why.technical")), element("dl", {}, ...lines, ...scope));
  }

  #explain({ permission, decision }, request) {
    return explain(decision, {
      policy: this.#scene.written,
      subject: this.#scene.look.subject,
      who: this.#who,
      places: new Map(Object.keys(this.#scene.system.places).map((scope) => [scope, text(`place.${scope}`)])),
      would: decision.reason === "not-granted" ? this.#rolesThatGive(permission, request) : [],
    });
  }

  /** Asks the policy itself, once for each role held alone, rather than reading the grants a second way. */
  #rolesThatGive(permission, request) {
    const { policy, written, look } = this.#scene;
    const context = { ...look.context, entitlements: written.entitlements ?? [] };
    const giving = assignableHere(this.#scene).filter((assignment) => {
      const alone = policy.session({ id: look.person, assignments: [assignment] }, context);
      const gives = alone.can(permission, request);
      alone.free();
      return gives;
    });
    return [...new Set(giving.map(({ role }) => role))];
  }
}
