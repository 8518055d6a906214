// What holds of the binder, where there is a page.

import { ANNA, BO, DOCUMENT, equal, until } from "./facts.mjs";

const HTML = `
  <button data-grant="crm:view">View</button>
  <button data-grant="invoice:edit" data-grant-else="disable">Edit</button>
  <section data-grant-section="finance">Finance</section>`;

/** A part of the page with elements that ask, for as long as `work` takes. */
async function part(work) {
  const root = document.createElement("main");
  root.innerHTML = HTML;
  document.body.append(root);
  try {
    await work(root, () => [...root.children].map((element) => element.dataset.grantState));
  } finally {
    root.remove();
  }
}

export const PAGE = {
  "elements are judged when they are bound": ({ bind, loadPolicy }) =>
    part(async (root, states) => {
      const session = (await loadPolicy(DOCUMENT)).session(BO);
      const binding = bind(session, root);
      equal(states(), ["enabled", "locked", "locked"]);
      equal([root.children[0].hidden, root.children[1].disabled, root.children[2].inert], [false, true, true]);
      binding.stop();
      equal(states(), [null, null, null].map(() => undefined));
    }),

  "elements follow the session, and are hidden when it is freed": ({ bind, loadPolicy }) =>
    part(async (root, states) => {
      const session = (await loadPolicy(DOCUMENT)).session(BO, { entitlements: ["finance"] });
      bind(session, root);
      equal(states(), ["enabled", "enabled", "enabled"]);
      session.update({ subject: ANNA });
      await until(() => states()[1] === "disabled");
      equal(states()[1], "disabled");
      session.free();
      equal(states()[0], "hidden");
    }),
};
