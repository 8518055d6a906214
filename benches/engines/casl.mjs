// CASL as its documentation has it: one ability for each person, made of the rules of that person's roles.

import { createMongoAbility } from "@casl/ability";

export const name = "CASL";

// `manage` and `all` mean everything to CASL; `manage` is a plain action here, so its wildcards are given other names.
const OPTIONS = { anyAction: "*", anySubjectType: "*", detectSubjectType: (record) => record.type };

export function write({ roles, grants }) {
  const byRole = Object.fromEntries(roles.map((role) => [role, []]));
  for (const { role, resource, action, own } of grants) {
    const rule = { action, subject: resource };
    byRole[role].push(own ? { ...rule, conditions: { ownerId: "the user's" } } : rule);
  }
  return byRole;
}

export function open(byRole, user) {
  const rules = [];
  for (const role of user.roles) {
    for (const rule of byRole[role]) rules.push(rule.conditions ? { ...rule, conditions: { ownerId: user.id } } : rule);
  }
  const ability = createMongoAbility(rules, OPTIONS);
  return { can: (action, resource, record) => ability.can(action, record === undefined ? resource : record) };
}
