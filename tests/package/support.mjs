// What the suites of the package share: the package itself with its calls into the module counted, and a small policy.
//
// The counters are put around the module's exports before the first policy is loaded, so this is imported before
// anything is asked.

import * as grantlet from "grantlet";

let calls = 0;
let trap;

const { Instance } = WebAssembly;
WebAssembly.Instance = function counted(module, imports) {
  const instance = new Instance(module, imports);
  const exports = {};
  for (const [name, value] of Object.entries(instance.exports)) {
    exports[name] =
      typeof value === "function" && !name.startsWith("__")
        ? (...args) => {
            calls += 1;
            if (trap !== undefined) throw trap;
            return value(...args);
          }
        : value;
  }
  return Object.setPrototypeOf({ exports }, Instance.prototype);
};
WebAssembly.Instance.prototype = Instance.prototype;

/** How many calls into the module `work` makes. */
export function callsOf(work) {
  const before = calls;
  work();
  return calls - before;
}

/** From now on every call into the module ends with `error`; with nothing, as it should. */
export function trapWith(error) {
  trap = error;
}

/** Something of everything that sessions answer. */
export const DOCUMENT = {
  grantlet: 1,
  implies: { edit: ["view"] },
  entitlements: ["finance"],
  scopes: { workspace: {} },
  resources: {
    crm: { actions: ["view"] },
    "crm.relation": { actions: ["view", "edit", "delete"] },
    invoice: { actions: ["view", "edit"], requires: "finance" },
    page: { actions: ["view", "edit"] },
  },
  roles: {
    sales: {
      allow: [
        "crm:view",
        "crm.relation:view",
        {
          permissions: ["crm.relation:edit"],
          when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] },
        },
        {
          permissions: ["crm.relation:delete"],
          when: { eq: [{ var: "action.soft" }, true] },
        },
      ],
    },
    bookkeeper: { inherits: ["sales"], allow: ["invoice:edit"] },
    editor: { scopes: ["workspace"], allow: ["page:edit"] },
  },
  sections: {
    relations: { show: ["crm.relation:view"], enable: ["crm.relation:edit"] },
    finance: { show: ["invoice:view"] },
  },
};

export const ANNA = {
  id: "anna",
  assignments: [{ role: "sales" }, { role: "editor", scope: "workspace:north" }],
};

export const { loadPolicy } = grantlet;
export const policy = await loadPolicy(DOCUMENT);
