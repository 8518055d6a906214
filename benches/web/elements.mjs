// One update of a page of many bound elements, inside a page: by `grantlet/dom`, and by hand, which is a loop over the
// same elements that sets what the binder sets. Both are held to the same states, and timed by turns, with and without
// the layout that follows.

import { bind, loadPolicy } from "grantlet/dom";

const ELEMENTS = 10_000;
const RESOURCES = 20;
const ACTIONS = ["view", "edit"];

const permissions = Array.from({ length: RESOURCES }, (_, number) =>
  ACTIONS.map((action) => `part${number}:${action}`)).flat();

const POLICY = {
  grantlet: 1,
  resources: Object.fromEntries(Array.from({ length: RESOURCES }, (_, number) => [`part${number}`, { actions: ACTIONS }])),
  roles: {
    reader: { allow: ["*:view"] },
    editor: { allow: ["*:view", "*:edit"] },
    clerk: { allow: ["*:view", "part0:edit"] },
  },
};

const holder = (role) => ({ id: "anna", assignments: [{ role }] });

/** A list of buttons, of which each needs one of the permissions; every second is disabled and not hidden. */
function fill(attribute) {
  const root = document.createElement("main");
  for (let number = 0; number < ELEMENTS; number += 1) {
    const button = document.createElement("button");
    button.textContent = `${number}`;
    button.setAttribute(attribute, permissions[number % permissions.length]);
    if (number % 4 > 1) button.setAttribute(`${attribute}-else`, "disable");
    root.append(button);
  }
  document.body.append(root);
  return root;
}

/** What a page does that has a set of names and writes its loop itself. */
function byHand(root, attribute, allowed) {
  for (const element of root.querySelectorAll(`[${attribute}]`)) {
    const isAllowed = allowed.has(element.getAttribute(attribute));
    const isDisabled = element.getAttribute(`${attribute}-else`) === "disable";
    const state = isAllowed ? "enabled" : isDisabled ? "disabled" : "hidden";
    if (element.getAttribute("data-state") === state) continue;
    element.setAttribute("data-state", state);
    element.hidden = state === "hidden";
    element.disabled = state !== "enabled";
  }
}

function agree(bound, own) {
  const elements = [...own.children];
  [...bound.children].forEach((element, number) => {
    const other = elements[number];
    const same = ["hidden", "disabled"].every((name) => element[name] === other[name]);
    if (!same || element.dataset.grantState !== other.dataset.state) throw new Error(`element ${number} differs`);
  });
}

/** Milliseconds of updates to a person and back, by the number of elements that turn, `rounds` of each. */
export async function measured({ rounds }) {
  const policy = await loadPolicy(POLICY);
  const session = policy.session(holder("editor"));
  const bound = fill("data-grant");
  const binding = bind(session, bound);
  const own = fill("data-need");
  const layout = (root) => root.getBoundingClientRect().height;

  const ways = {
    grantlet: (role) => session.update({ subject: holder(role) }),
    "by hand": (role) => byHand(own, "data-need", new Set(policy.session(holder(role)).allowed())),
  };
  const roots = { grantlet: bound, "by hand": own };
  const samples = [];
  for (const [turning, to] of [["half of them turn", "reader"], ["every fortieth turns", "clerk"], ["none turns", "editor"]]) {
    const from = to === "clerk" ? "reader" : "editor";
    const found = Object.fromEntries(Object.keys(ways).map((name) => [name, { update: [], layout: [] }]));
    for (let round = -3; round < rounds; round += 1) {
      const names = Object.keys(ways);
      if (round % 2 !== 0) names.reverse();
      for (const name of names) {
        ways[name](from);
        layout(roots[name]);
        const start = performance.now();
        ways[name](to);
        const updated = performance.now();
        layout(roots[name]);
        const end = performance.now();
        // The first rounds compile.
        if (round < 0) continue;
        found[name].update.push((updated - start) * 1e6);
        found[name].layout.push((end - start) * 1e6);
      }
      agree(bound, own);
    }
    for (const [engine, { update, layout }] of Object.entries(found)) {
      samples.push({ group: turning, engine, samples: update }, { group: `${turning}, with layout`, engine, samples: layout });
    }
  }
  binding.stop();
  return { elements: ELEMENTS, samples };
}
