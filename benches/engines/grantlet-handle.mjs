// grantlet asked by handle, a permission that was looked up once: what a loop that draws a page uses.

import * as byName from "./grantlet.mjs";

export const name = "grantlet by handle";
export const unconditional = true;
export const { write, load } = byName;

export function session(policy, user) {
  const opened = policy.session(byName.subject(user));
  return {
    can: (permission) => opened.can(permission),
    question: ([action, resource]) => [policy.permission(`${resource}:${action}`), undefined, undefined],
  };
}
