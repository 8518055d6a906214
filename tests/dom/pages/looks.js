// Elements that look alike are judged together. A page that has been bound for long, through whatever its session and its
// author did, is as its elements are when each is bound by itself; and unbound again it is as its author left it.

import fc from "fast-check";
import { bind, loadPolicy } from "grantlet/dom";
import { equal, note, ready, test } from "../../support/page.js";

customElements.define("knows-disabled", class extends HTMLElement {
  disabled = false;
});

const policy = await loadPolicy({
  grantlet: 1,
  entitlements: ["finance"],
  scopes: { workspace: {} },
  resources: { crm: { actions: ["view", "edit"] }, invoice: { actions: ["view"], requires: "finance" } },
  roles: {
    reader: { allow: ["crm:view"] },
    bookkeeper: { allow: ["invoice:view"] },
    editor: { scopes: ["workspace"], allow: ["crm:edit"] },
  },
  sections: {
    crm: { show: ["crm:view"], enable: ["crm:edit"] },
    finance: { show: ["invoice:view"] },
    teaser: { show: ["crm:edit"], otherwise: "disable" },
  },
});

const ASKS = {
  "data-grant": ["crm:view", "crm:edit", "crm:edit", "invoice:view", "crm:view crm:edit", "crm:fly", ""],
  "data-grant-section": ["crm", "finance", "teaser", "none"],
  "data-grant-scope": ["workspace:north", "workspace:south"],
  "data-grant-else": ["disable", "hide"],
};
const SETS = { hidden: ["", "until-found"], disabled: [""], inert: [""], "aria-disabled": ["true", "false"] };
const KINDS = ["button", "a", "input", "p", "fieldset", "knows-disabled", "unknown-kind", "svg"];

const attribute = ([name, values]) => fc.record({ name: fc.constant(name), value: fc.constantFrom(null, ...values) });
const attributes = (of) => fc.array(fc.oneof(...Object.entries(of).map(attribute)), { maxLength: 3 });

const element = fc.record({
  kind: fc.constantFrom(...KINDS),
  asks: attributes(ASKS),
  sets: attributes(SETS),
  isControl: fc.boolean(),
  holds: fc.boolean(),
});
/** Elements that are much like each other: of a few, each with one attribute another at most. */
const alike = fc.record({
  few: fc.array(element, { minLength: 1, maxLength: 3 }),
  each: fc.array(
    fc.record({ of: fc.nat(2), other: fc.oneof(...Object.entries({ ...ASKS, ...SETS }).map(attribute)) }),
    { minLength: 2, maxLength: 16, size: "max" },
  ),
}).map(({ few, each }) =>
  each.map(({ of, other }) => {
    const like = few[of % few.length];
    return { ...like, sets: [...like.sets, other] };
  }));
const facts = fc.record({
  roles: fc.subarray(["reader", "bookkeeper"]),
  isEditor: fc.boolean(),
  entitlements: fc.subarray(["finance"]),
});
/** What the author does, and in the same breath perhaps the session: the binder then looks at the whole page. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ change: fc.oneof(...Object.entries(SETS).filter(([name]) => name !== "aria-disabled").map(attribute)) }) },
  fc.record({ change: fc.oneof(...Object.entries(ASKS).map(attribute)) }),
  fc.record({ added: element }),
  fc.constant({ isCopied: true }),
);
const step = fc.record({ at: fc.nat(), deed: fc.option(deed), update: fc.option(fc.oneof(fc.constant("same"), facts)) });

function write(node, { name, value }) {
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

function made({ kind, asks, sets, isControl, holds }) {
  const node = document.createElement(kind);
  for (const each of [...asks, ...sets]) write(node, each);
  if (isControl) node.setAttribute("tabindex", "0");
  if (holds) node.innerHTML = "<button>in it</button>";
  return node;
}

const subject = ({ roles, isEditor }) => ({
  id: "anna",
  assignments: [...roles.map((role) => ({ role })), ...(isEditor ? [{ role: "editor", scope: "workspace:north" }] : [])],
});
const given = (facts) => ({ subject: subject(facts), context: { entitlements: facts.entitlements } });

/** Binds these to the session, has them looked at, and gives them back. */
function bound(elements, session, use) {
  const place = document.createElement("div");
  place.append(...elements);
  document.body.append(place);
  const binding = bind(session, place);
  const text = place.innerHTML;
  binding.stop();
  use?.(place);
  place.remove();
  return text;
}

/** Each element of a page as it is when it is bound for the first time, and by itself. */
const anew = (page, session, use) =>
  [...page.children].map((child) => bound([child.cloneNode(true)], session, (place) => use?.(place, child))).join("");

const noted = () => new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

/** The same page with the attributes of each element in the order of their names: what is set again stands last. */
function sorted(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  for (const node of template.content.querySelectorAll("*")) {
    const attributes = [...node.attributes].map(({ name, value }) => [name, value]).sort();
    for (const [name] of attributes) node.removeAttribute(name);
    for (const [name, value] of attributes) node.setAttribute(name, value);
  }
  return template.innerHTML;
}

test("a page that was bound for long is as its elements, each bound anew and by itself", async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(alike, facts, fc.array(step, { minLength: 1, maxLength: 8 }), async (elements, first, changes) => {
      const { subject, context } = given(first);
      const session = policy.session(subject, context);
      const authors = document.createElement("main");
      authors.append(...elements.map(made));
      const page = authors.cloneNode(true);
      document.body.append(page);
      const binding = bind(session, page);
      try {
        for (const { at, deed, update } of changes) {
          steps += 1;
          const place = at % authors.childElementCount;
          const { change, added, isCopied } = deed ?? {};
          for (const root of [authors, page]) {
            if (change !== undefined) write(root.children[place], change);
            if (added !== undefined) root.append(made(added));
            if (isCopied) root.append(root.children[place].cloneNode(true));
          }
          if (update !== null) session.update(update === "same" ? {} : given(update));
          await noted();
          const takenBack = (place, child) => equal(place.innerHTML, child.outerHTML, "what the binder takes back");
          equal(sorted(page.innerHTML), sorted(anew(authors, session, takenBack)), "the page");
        }
        // A copy of a bound page, changed where no binder sees it.
        const copy = page.cloneNode(true);
        for (const { at, deed } of changes) {
          if (deed?.change !== undefined) write(copy.children[at % copy.childElementCount], deed.change);
        }
        const alone = anew(copy, session);
        equal(sorted(bound([...copy.children], session)), sorted(alone), "the copy");
      } finally {
        binding.stop();
      }
      equal(sorted(page.innerHTML), sorted(authors.innerHTML), "the page, given back");
      page.remove();
      session.free();
    }),
    { numRuns: 300, seed: 1 },
  );
  note(`${steps} steps`);
});

ready(() => document.body.replaceChildren());
