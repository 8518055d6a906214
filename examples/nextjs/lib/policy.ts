import { definePolicy } from "grantlet";

export const document = definePolicy({
  grantlet: 1,
  implies: { edit: ["view"] },
  resources: {
    relation: { actions: ["view", "create", "edit"] },
    report: { actions: ["view"] },
  },
  roles: {
    reader: { allow: ["relation:view"] },
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
    manager: { inherits: ["sales"], allow: ["relation:edit", "report:view"] },
  },
  sections: {
    relations: { show: ["relation:view"] },
    reports: { show: ["report:view"], otherwise: "disable" },
  },
});

declare module "grantlet" {
  interface Register {
    policy: typeof document;
  }
}
