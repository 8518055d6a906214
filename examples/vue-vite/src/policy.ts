import { definePolicy } from "grantlet";

export const document = definePolicy({
  grantlet: 1,
  implies: { edit: ["view"] },
  entitlements: ["finance"],
  resources: {
    relation: { actions: ["view", "create", "edit"] },
    invoice: { actions: ["view", "create"], requires: "finance" },
  },
  roles: {
    reader: { allow: ["relation:view", "invoice:view"] },
    sales: {
      inherits: ["reader"],
      allow: [
        "relation:create",
        {
          permissions: ["relation:edit"],
          when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] },
        },
      ],
    },
    bookkeeper: { inherits: ["reader"], allow: ["invoice:create"] },
  },
  sections: {
    relations: { show: ["relation:view"] },
    invoices: { show: ["invoice:view"], enable: ["invoice:create"] },
  },
});

declare module "grantlet" {
  interface Register {
    policy: typeof document;
  }
}
