// What is told around the sections: who is looking, why a section is closed, and what is not there at all.

import { element, icon } from "./element.js";
import { roleName, TONE_ICONS } from "./explain.js";
import { assignmentOf } from "./facts.js";
import { asDay, text, words } from "./language.js";
import { avatar } from "./panel.js";
import { questionOf } from "./why.js";

const byId = (id) => document.getElementById(id);

export function drawPersona({ look, system, written }) {
  const roles = [...new Set([...look.roles].map((key) => roleName(assignmentOf(key).role, written)))];
  const { name } = system.people[look.person];
  byId("persona").replaceChildren(
    avatar(look.person, system),
    element("span", {},
      element("strong", {}, name),
      element("small", {}, roles.length > 0 ? roles.join(" · ") : text("role.none"))),
    element("time", { datetime: look.date }, asDay(new Date(look.context.now))));
}

/** In place of a section that is open in the address and closed for this person. */
export function drawPlacards(why, who) {
  for (const placard of document.querySelectorAll("[data-placard]")) {
    const question = questionOf(placard.previousElementSibling);
    const tone = why.tone(question);
    const ask = element("button", { type: "button", class: "button" }, text("why.title"));
    ask.addEventListener("click", () => why.open(question));
    placard.dataset.tone = tone;
    placard.replaceChildren(icon(TONE_ICONS[tone]), element("h1", { tabIndex: -1 }, question.what),
      element("p", {}, words().section[tone](who)), ask);
  }
}

export function drawUnseen(why, who) {
  const unseen = why.unseen();
  byId("unseen-title").textContent = text("unseen.title", { who });
  byId("unseen-count").textContent = String(unseen.length);
  byId("unseen").replaceChildren(...unseen.map((question) => {
    const ask = element("button", { type: "button" }, icon(TONE_ICONS[question.tone]),
      element("span", {}, question.what), element("span", { class: "ask" }, text("why.title")));
    ask.addEventListener("click", () => why.open(question));
    return element("li", {}, ask);
  }));
}
