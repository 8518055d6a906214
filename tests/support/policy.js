// What the tests of bindings in pages are about: 200 pages of a wiki that may be viewed, edited and deleted, and a section.

import { definePolicy, loadPolicy } from "grantlet";

/** Of as many guarded elements. */
export const PAGES = Array.from({ length: 200 }, (_, number) => `page-${number}`);

export const written = definePolicy({
  grantlet: 1,
  implies: { edit: ["view"] },
  entitlements: ["finance"],
  scopes: { workspace: {} },
  resources: {
    wiki: { actions: ["view"] },
    ...Object.fromEntries(PAGES.map((page) => [page, { actions: ["view", "edit", "delete"] }])),
    note: { actions: ["view", "edit", "delete"] },
    invoice: { actions: ["view", "edit"], requires: "finance" },
  },
  roles: {
    reader: { allow: PAGES.map((page) => `${page}:view`) },
    seventh: { allow: PAGES.filter((_, number) => number % 7 === 0).map((page) => `${page}:edit`) },
    few: { allow: ["page-3:edit", "page-50:edit", "page-150:edit"] },
    writer: {
      allow: [
        "note:view",
        { permissions: ["note:edit"], when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] } },
        { permissions: ["note:delete"], when: { eq: [{ var: "action.soft" }, true] } },
      ],
    },
    editor: { scopes: ["workspace"], allow: ["note:edit"] },
    bookkeeper: { allow: ["invoice:edit"] },
    clerk: { allow: ["invoice:view"] },
  },
  sections: {
    finance: { show: ["invoice:view"], enable: ["invoice:edit"] },
    notes: { show: ["note:edit"], otherwise: "disable" },
    wiki: { show: ["wiki:view"] },
  },
});

export const policy = await loadPolicy(written);

export const ROLES = ["reader", "seventh", "few", "writer", "bookkeeper", "clerk"];

/** Somebody with these roles at the root. */
export const somebody = (...roles) => ({ id: "anna", assignments: roles.map((role) => ({ role })) });

/** A session of theirs. */
export const sessionOf = (...roles) => policy.session(somebody(...roles));

/** A session that says how many listen to it, and how often it is asked whether somebody may. */
export function counted(session) {
  const own = {
    listeners: 0,
    subscriptions: 0,
    asked: 0,
    can(...question) {
      own.asked += 1;
      return session.can(...question);
    },
    decide: (...question) => session.decide(...question),
    section: (...question) => session.section(...question),
    sections: (...question) => session.sections(...question),
    subscribe(...listeners) {
      own.listeners += 1;
      own.subscriptions += 1;
      const leave = session.subscribe(...listeners);
      return () => {
        own.listeners -= 1;
        leave();
      };
    },
  };
  return own;
}
