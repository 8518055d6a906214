// Why a change is not offered, in words: the rule of the policy that comes closest and what it lacks, or the constraint
// that would be broken. It reads what the decision says; the sentences themselves are in words/.

import { condition, permissionName, productName, roleName } from "./explain.js";
import { asChoice, asList, text, words } from "./language.js";

function rolesIn(list, written) {
  if (list === "*") return words().change.anyRole;
  return list.all === undefined
    ? asChoice(list.map((role) => roleName(role, written)))
    : asList(list.all.map((role) => roleName(role, written)));
}

function byWhom(by, written) {
  const say = words().change.lacks;
  if (by === "self") return say.bySelf;
  if (by.can !== undefined) return ({ actor }) => say.byCan({ actor, permissions: asList(by.can.map((name) => permissionName(name, written))) });
  return ({ actor }) => say.by({ actor, roles: rolesIn(by, written) });
}

const statuses = (list) => asChoice(list.map((status) => text(`status.${status}`).toLocaleLowerCase()));

function lacking(lack, rule, { names, written }) {
  const say = words().change.lacks;
  switch (lack) {
    case "by": return byWhom(rule.by, written)(names);
    case "statuses": return say.statuses({ ...names, statuses: statuses(rule.statuses) });
    case "targetStatus": return say.targetStatus({ ...names, statuses: statuses(rule.targetStatus) });
    case "targetLacks": return say.targetLacks({ ...names, roles: rolesIn(rule.targetLacks, written) });
    case "targetHolds": return say.targetHolds({ ...names, roles: rolesIn(rule.targetHolds, written) });
    case "when": return say.when({ condition: condition(rule.when) });
    default: return say[lack](names);
  }
}

function broken(constraint, { written, plan }) {
  const say = words().change.constraint;
  const named = { id: constraint.id, roles: asChoice((constraint.exclusive ?? constraint.roles).map((role) => roleName(role, written))) };
  if (constraint.exclusive !== undefined) return say.exclusive({ ...named, most: constraint.limit ?? 1 });
  if (constraint.perSubject !== undefined) return say.perSubject({ ...named, most: constraint.perSubject });
  if (constraint.minimum !== undefined) return say.minimum({ ...named, least: constraint.minimum });
  const { maximum } = constraint;
  return say.maximum({ ...named, most: typeof maximum === "number" ? maximum : written.plans?.[plan]?.limits?.[maximum] ?? 0 });
}

function sentences(because, decision, facts) {
  const { written, names } = facts;
  const say = words().change;
  if (because.via === "constraint") return [broken(written.constraints[because.index], facts)];
  if (because.via === "rule") {
    const rule = written.administration[because.index];
    return [say.closest({ number: because.index + 1 }), ...because.lacks.map((lack) => lacking(lack, rule, facts))];
  }
  if (because.entitlement !== undefined) return [words().because.product(productName(because.entitlement, written))];
  if (decision.reason === "not-administrator") return [say.noRule];
  return [say.reason[decision.reason](names)];
}

/** What a refused change lacks; `facts`: `written`, `plan`, and the `names` of `actor` and `target`. */
export function refusal(decision, facts) {
  return {
    sentences: [...new Set(decision.because.flatMap((because) => sentences(because, decision, facts)))],
    pointers: decision.because.map(({ pointer }) => pointer),
  };
}
