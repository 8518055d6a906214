// What the tests of this suite are about: 200 documents that may be viewed and edited, notes with conditions, sections.

import { definePolicy, loadPolicy } from "grantlet";

/** Of as many guarded elements. */
export const DOCUMENTS = Array.from({ length: 200 }, (_, number) => `document-${number}`);

export const written = definePolicy({
  grantlet: 1,
  implies: { edit: ["view"] },
  entitlements: ["finance"],
  scopes: { workspace: {} },
  resources: {
    ...Object.fromEntries(DOCUMENTS.map((name) => [name, { actions: ["view", "edit"] }])),
    note: { actions: ["view", "edit", "delete"] },
    invoice: { actions: ["view", "edit"], requires: "finance" },
  },
  roles: {
    reader: { allow: DOCUMENTS.map((name) => `${name}:view`) },
    seventh: { allow: DOCUMENTS.filter((_, number) => number % 7 === 0).map((name) => `${name}:edit`) },
    few: { allow: ["document-3:edit", "document-50:edit", "document-150:edit"] },
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
  },
});

export const policy = await loadPolicy(written);

export const ROLES = ["reader", "seventh", "few", "writer", "bookkeeper", "clerk"];

/** Somebody with these roles at the root. */
export const somebody = (...roles) => ({ id: "anna", assignments: roles.map((role) => ({ role })) });

/** A session of theirs. */
export const sessionOf = (...roles) => policy.session(somebody(...roles));

/** A session that says how many listen to it, and counts what it is asked. */
export function counted(session) {
  const own = {
    listeners: 0,
    asked: 0,
    can(...question) {
      own.asked += 1;
      return session.can(...question);
    },
    decide: (...question) => session.decide(...question),
    section: (...question) => session.section(...question),
    sections: (...question) => session.sections(...question),
    subscribe(listener) {
      own.listeners += 1;
      const leave = session.subscribe(listener);
      return () => {
        own.listeners -= 1;
        leave();
      };
    },
  };
  return own;
}
