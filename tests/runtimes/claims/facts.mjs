// What the claims are made about: a policy with something of everything, its people, and how to compare.

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
        { permissions: ["crm.relation:edit"], when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] } },
      ],
      deny: [{ permissions: ["crm.relation:edit"], when: { eq: [{ var: "resource.locked" }, true] } }],
    },
    bookkeeper: { inherits: ["sales"], allow: ["invoice:edit"] },
    editor: { scopes: ["workspace"], allow: ["page:edit"] },
  },
  administration: [{ roles: ["sales"], by: ["bookkeeper"] }],
  sections: {
    relations: { show: ["crm.relation:view"], enable: ["crm.relation:delete"] },
    finance: { show: ["invoice:view"] },
    pages: { show: ["page:view"] },
    crm: { show: ["crm:view"] },
  },
};

export const ANNA = {
  id: "anna",
  assignments: [{ role: "sales" }, { role: "editor", scope: "workspace:north" }],
};

export const BO = { id: "bo", assignments: [{ role: "bookkeeper" }] };

export const TEXT = JSON.stringify(DOCUMENT);

export const bytes = () => new TextEncoder().encode(TEXT);

/** A document of more characters than are compiled in the module that answers. */
export function largeText() {
  const resources = Object.fromEntries(
    Array.from({ length: 3000 }, (_, number) => [`resource-${number}`, { actions: ["view", "edit"], label: "x".repeat(60) }]),
  );
  return JSON.stringify({ grantlet: 1, resources, roles: { all: { allow: ["*:*"] } } });
}

/** Throws unless two plain values are the same. */
export function equal(actual, expected) {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`found ${found}, expected ${wanted}`);
}

/** What `work` throws, or a promise of it rejects with. Throws where nothing was thrown. */
export async function thrownBy(work) {
  try {
    await work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}

/** Waits until it holds, or for five seconds: a page that nobody looks at has slow timers. */
export async function until(holds) {
  for (const end = Date.now() + 5000; !holds() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 20));
}
