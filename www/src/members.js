// The page of people and roles: who has what where, and what the one who looks may change about it. What the policy
// allows is offered, and beside it stands what is not offered, and why. A change is applied to the directory in the page.

import { Forms } from "./member-forms.js";
import { element } from "./element.js";
import { patternName, roleName } from "./explain.js";
import { placeTitle } from "./facts.js";
import { asTableDay, language, text } from "./language.js";
import { actionsOn, decide, isRestricted, isShown, ungrantOf } from "./offers.js";
import { avatar } from "./panel.js";
import { refusal } from "./refusal.js";
import { dayOf, isDate, startOf } from "./time.js";

const byId = (id) => document.getElementById(id);

export const MEMBERS = "/members";

export class Members {
  #scene;
  #apply;
  #forms;
  #target;
  #drawn;

  /** `apply` is told of every change that was allowed: whose, which, and what is said about it. */
  constructor(scene, apply) {
    this.#scene = scene;
    this.#apply = apply;
    this.#forms = new Forms(scene, {
      change: (action, parts, what) => this.#change(action, parts, what),
      refused: (refused) => this.#refused(refused),
    });
    byId("directory").addEventListener("click", ({ target }) => {
      const person = target.closest("button")?.dataset.person;
      if (person !== undefined) this.#choose(person);
    });
    byId("member").addEventListener("submit", (event) => event.preventDefault());
    byId("members-undo").addEventListener("click", () => this.#apply({ undo: true, said: text("members.done.undo") }));
    byId("members-reset").addEventListener("click", () => this.#apply({ reset: true, said: text("members.done.reset") }));
  }

  /** Draws the page anew if anything that it depends on has changed since. */
  update() {
    const { directory, look, system } = this.#scene;
    const depends = JSON.stringify([system.id, language(), look.subject, look.context, directory.subjects]);
    if (depends === this.#drawn) return;
    this.#drawn = depends;
    if (!Object.hasOwn(system.people, this.#target ?? "")) this.#target = Object.keys(system.people).find((id) => id !== look.person);
    byId("members-lead").textContent = text("members.lead", { who: this.#name(look.person) });
    byId("members-undo").disabled = byId("members-reset").disabled = directory.changes === 0;
    this.#keepFocus(() => {
      this.#drawDirectory();
      this.#drawMember();
    });
  }

  #name(person) {
    return this.#scene.system.people[person].name;
  }

  /** What has the focus is drawn anew; where it is gone, reading goes on at the person's name. */
  #keepFocus(draw) {
    const { activeElement } = document;
    const hadFocus = byId(MEMBERS).contains(activeElement);
    const key = activeElement?.dataset.key ?? activeElement?.id;
    draw();
    if (!hadFocus || activeElement.isConnected && !activeElement.disabled) return;
    const again = [...byId(MEMBERS).querySelectorAll("[data-key], [id]")].find((part) => (part.dataset.key ?? part.id) === key);
    (again === undefined || again.disabled ? byId("member-name") : again).focus();
  }

  #choose(person) {
    this.#target = person;
    this.#forms.forget();
    this.#drawDirectory();
    this.#drawMember();
    byId("member-name").focus();
  }

  #drawDirectory() {
    const { directory, look, system } = this.#scene;
    byId("directory").replaceChildren(...directory.subjects.map((subject) => {
      const shown = subject.assignments.filter(({ scope }) => isShown(this.#scene, subject.id, scope));
      return element("li", {},
        element("button", { type: "button", class: "member", "data-person": subject.id, "data-key": `person ${subject.id}`, "aria-current": subject.id === this.#target ? "true" : undefined },
          avatar(subject.id, system),
          element("span", {},
            element("strong", {}, subject.id === look.person ? `${this.#name(subject.id)} (${text("members.you")})` : this.#name(subject.id)),
            element("small", {}, [...new Set(shown.map(({ role }) => roleName(role, this.#scene.written)))].join(" · ")))));
    }));
  }

  #drawMember() {
    const { directory, look, system } = this.#scene;
    const subject = directory.get(this.#target);
    const shown = (list) => list.filter(({ scope }) => isShown(this.#scene, subject.id, scope));
    const names = { who: this.#name(look.person), target: this.#name(subject.id) };
    const restricted = isRestricted(this.#scene, subject.id);
    const empty = (said) => (restricted ? text("members.none-shown", names) : text(said));
    byId("member").replaceChildren(
      element("section", { class: "card", "aria-labelledby": "member-name" },
        element("div", { class: "card-head" }, element("h2", { id: "member-name", tabIndex: -1 }, avatar(subject.id, system), this.#name(subject.id))),
        element("h3", {}, text("members.held")),
        this.#list(shown(subject.assignments).map((assignment) => this.#assignment(assignment)), empty("members.none")),
        element("h3", {}, text("members.grants")),
        this.#list(shown(subject.grants).map((grant) => this.#grant(grant)), empty("members.no-grants")),
        restricted ? element("p", { class: "hint" }, text("members.unseen", names)) : undefined),
      ...this.#forms.draw(subject));
  }

  #list(rows, empty) {
    return rows.length > 0 ? element("ul", { class: "rows held" }, ...rows) : element("p", { class: "lead" }, empty);
  }

  /** What is held, where, with which status and until when, and what may be done about it. */
  #held({ what, scope, status = "active", from, until }, candidates, rest) {
    const now = Date.parse(this.#scene.look.context.now);
    const inTime = Date.parse(until) <= now ? "ended" : Date.parse(from) > now ? "later" : "active";
    const shown = status === "active" ? inTime : status;
    const offered = candidates.filter(({ decision }) => decision.allowed);
    const refused = candidates.filter(({ decision }) => !decision.allowed)
      .map(({ action, decision }) => ({ what: text(`change.${action}`), decision }));
    const bounds = [["members.from-day", from], ["members.until-day", until]].filter(([, bound]) => bound !== undefined)
      .map(([said, bound]) => text(said, { day: asTableDay(new Date(bound)) }));
    return element("li", {},
      element("div", { class: "held-head" },
        element("span", {}, element("strong", {}, what), element("small", {}, [placeTitle(scope, this.#scene), ...bounds].filter(Boolean).join(", "))),
        element("span", { class: `badge ${shown}` }, text(`status.${shown}`))),
      element("div", { class: "toolbar" }, ...offered.map((candidate) => rest(candidate))),
      this.#refused(refused));
  }

  #button({ action, change }, what, key) {
    const button = element("button", {
      type: "button", class: action === "revoke" || action === "ungrant" ? "button small danger" : "button small",
      "data-change": action, "data-key": `${action} ${key}`,
      "aria-label": text("members.on", { action: text(`change.${action}`), what }),
    }, text(`change.${action}`));
    button.addEventListener("click", () => this.#change(action, change, what));
    return button;
  }

  #assignment(assignment) {
    const { role, scope } = assignment;
    const what = roleName(role, this.#scene.written);
    const key = `${role} ${scope ?? ""}`;
    return this.#held({ ...assignment, what }, actionsOn(this.#scene, this.#target, assignment), (candidate) =>
      (candidate.action === "until" ? this.#end(assignment, what, key) : this.#button(candidate, what, key)));
  }

  #end(assignment, what, key) {
    const said = text("members.on", { action: text("members.end"), what });
    const input = element("input", {
      type: "date", min: "2000-01-01", max: "2099-12-31", "aria-label": said, "data-key": `date ${key}`,
      value: assignment.until === undefined ? "" : dayOf(assignment.until),
    });
    const button = element("button", {
      type: "submit", class: "button small", "data-change": "until", "data-key": `until ${key}`,
      "aria-label": text("members.on", { action: text("change.until"), what }),
    }, text("change.until"));
    const form = element("form", { class: "inline", novalidate: true }, input, button);
    form.addEventListener("submit", () => {
      const { until: _, ...endless } = assignment;
      const assign = isDate(input.value) ? { ...assignment, until: startOf(input.value) } : endless;
      this.#change(assign.until === undefined ? "endless" : "until", { assign }, what);
    });
    return form;
  }

  #grant(grant) {
    const what = grant.permissions.map((pattern) => patternName(pattern, this.#scene.written)).join(", ");
    const key = `${grant.permissions.join(" ")} ${grant.scope ?? ""}`;
    return this.#held({ ...grant, what }, [ungrantOf(this.#scene, this.#target, grant)], (candidate) => this.#button(candidate, what, key));
  }

  /** What is not offered: each with what it lacks, for whoever asks. */
  #refused(refused) {
    if (refused.length === 0) return undefined;
    return element("details", { class: "refused" },
      element("summary", {}, text("members.refused", { count: refused.length })),
      element("ul", {}, ...refused.map(({ what, decision }) => {
        const { sentences, pointers } = this.#why(decision);
        return element("li", {}, element("details", { class: "why-not" },
          element("summary", {}, element("span", {}, what), " ", element("span", { class: "ask" }, text("members.why-not"))),
          element("ul", { class: "sentences" }, ...sentences.map((sentence) => element("li", {}, sentence))),
          element("p", { class: "hint" }, element("code", {}, `${decision.reason} ${pointers.join(" ")}`))));
      })));
  }

  #why(decision) {
    const { look, written } = this.#scene;
    return refusal(decision, { written, plan: look.plan, names: { actor: this.#name(look.person), target: this.#name(this.#target) } });
  }

  /** Asks once more, of the very change that is made: between the offer and the click a date may have been typed. */
  #change(action, parts, what) {
    const decision = decide(this.#scene, this.#target, parts);
    const target = this.#name(this.#target);
    if (!decision.allowed) {
      this.#apply({ said: text("members.failed", { why: this.#why(decision).sentences.join(" ") }) });
      return;
    }
    const { until } = parts.assign ?? {};
    this.#forms.forget();
    this.#apply({
      target: this.#target, parts,
      said: text(`members.done.${action}`, { what, target, until: until === undefined ? "" : asTableDay(new Date(until)) }),
    });
  }
}
