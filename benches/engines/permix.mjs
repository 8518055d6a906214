// permix: one object of rules for each person, with every resource in it, or it logs an error. The last version for
// Node 20.

import { createPermix } from "permix";

export const name = "permix";

export function write({ roles, resources, grants }) {
  const byRole = Object.fromEntries(roles.map((role) => [role, []]));
  for (const { role, resource, action, own } of grants) byRole[role].push([resource, action, own]);
  return { resources, byRole };
}

export function open({ resources, byRole }, user) {
  const isOwn = (record) => record !== undefined && record.ownerId === user.id;
  const rules = {};
  for (const resource of resources) rules[resource] = {};
  for (const role of user.roles) {
    for (const [resource, action, own] of byRole[role]) {
      if (!own) rules[resource][action] = true;
      else if (rules[resource][action] !== true) rules[resource][action] = isOwn;
    }
  }
  const permix = createPermix();
  permix.setup(rules);
  return { can: (action, resource, record) => permix.check(resource, action, record) };
}
