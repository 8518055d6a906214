// casbin at its best: only the lines of the person's own roles are loaded, so that no role is looked up, and it is asked
// without waiting for a promise.

import { newEnforcer, newModelFromString } from "casbin";

export const name = "casbin";
export const slow = true;

const MODEL = `[request_definition]
r = sub, obj, act, owner
[policy_definition]
p = obj, act, own
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.act == p.act && (p.own == "any" || r.owner == r.sub)`;

export function write({ roles, grants }) {
  const byRole = Object.fromEntries(roles.map((role) => [role, []]));
  for (const { role, resource, action, own } of grants) byRole[role].push([resource, action, own ? "own" : "any"]);
  return byRole;
}

export async function open(byRole, user) {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  // The same line may come from two roles, and casbin refuses all of them over one that is there twice.
  const lines = new Map(user.roles.flatMap((role) => byRole[role].map((line) => [line.join(), line])));
  await enforcer.addPolicies([...lines.values()]);
  return {
    can: (action, resource, record) =>
      enforcer.enforceSync(user.id, resource, action, record === undefined ? "" : record.ownerId),
  };
}
