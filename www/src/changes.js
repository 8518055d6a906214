// Says what a change did to the page: aloud to a screen reader, and for a while in a corner.

import { asList, text } from "./language.js";

const SHOWN_FOR = 6000;

let timer;

export function announce(words) {
  const place = document.getElementById("changes");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => place.classList.remove("shown"), SHOWN_FOR);
}

/** `before` and `after`: section → state; `turned`: how many guarded parts of the page have another state than before. */
export function difference(before, after, turned) {
  const groups = { enabled: [], disabled: [], locked: [], hidden: [] };
  for (const [section, state] of Object.entries(after)) {
    if (before[section] !== state) groups[state].push(text(`section.${section}`));
  }
  const said = Object.entries(groups)
    .filter(([, sections]) => sections.length > 0)
    .map(([state, sections]) => text(`changes.${state}`, { sections: asList(sections) }));
  if (said.length > 0) return said.join(" ");
  return turned > 0 ? text("changes.inside", { count: turned }) : text("changes.none");
}
