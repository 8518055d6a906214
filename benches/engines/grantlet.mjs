// grantlet through its public surface. The policy is loaded once for everybody, from the JSON text that a server sends;
// a person's own part is the session. A program writes a permission as a literal, so the questions carry it ready; the
// request around a record is made for each question, as a program does.

import { loadPolicy } from "grantlet";
import { ACTIONS } from "../scenario.mjs";

export const name = "grantlet";

/** The policy as a document of grantlet. */
export function document({ roles, resources, grants }) {
  const written = { grantlet: 1, name: "back-office", resources: {}, roles: {} };
  for (const resource of resources) {
    written.resources[resource.split(".")[0]] ??= { actions: [] };
    written.resources[resource] = { actions: ACTIONS };
  }
  for (const role of roles) written.roles[role] = { allow: [] };
  const when = { eq: [{ var: "resource.ownerId" }, { var: "subject.id" }] };
  for (const { role, resource, action, own } of grants) {
    const permission = `${resource}:${action}`;
    written.roles[role].allow.push(own ? { permissions: [permission], when } : permission);
  }
  return written;
}

export const write = (policy) => JSON.stringify(document(policy));

export const question = ([action, resource, record]) => [`${resource}:${action}`, record, undefined];

export const load = (written) => loadPolicy(written);

/** The policy as bytes that load faster. */
export async function compile(written) {
  const policy = await loadPolicy(written);
  const bytes = policy.toBytes();
  policy.free();
  return bytes;
}

export const subject = (user) => ({ id: user.id, assignments: user.roles.map((role) => ({ role })) });

export function session(policy, user) {
  const opened = policy.session(subject(user));
  return {
    can: (permission, record) =>
      record === undefined ? opened.can(permission) : opened.can(permission, { resource: record }),
    free: () => opened.free(),
  };
}
