// Turns a decision into sentences: what the answer is, what granted it or stands in its way, and until when.
// It reads what the decision says and never decides anew; the sentences themselves are in words/.

import { asChoice, asList, asMoment, label, words } from "./language.js";
import { actionName } from "./names.js";

/** One picture and colour for each kind of answer, never the colour alone: the headline says it too. */
export function toneOf({ effect, reason }) {
  if (effect === "allow") return "enabled";
  if (effect === "conditional") return "conditional";
  if (reason === "entitlement") return "locked";
  return "disabled";
}

export const TONE_ICONS = {
  enabled: "check",
  conditional: "conditional",
  disabled: "slash",
  locked: "lock",
  hidden: "slash",
};

const lastSegment = (path) => path.slice(path.lastIndexOf(".") + 1);

export function permissionName(permission, policy) {
  const [resource, action] = permission.split(":");
  return `${label(policy.resources[resource], lastSegment(resource))}: ${actionName(action)}`;
}

/** A pattern of a direct grant; of one with several actions they are listed. */
export function patternName(pattern, policy) {
  const [path, actions] = pattern.split(":");
  const resource = path.replace(/\.\*\*$/, "");
  const named = actions === "*" ? [words().everything] : actions.split(",").map(actionName);
  return `${label(policy.resources[resource], lastSegment(resource))}: ${asList(named)}`;
}

export const roleName = (role, policy) => label(policy.roles[role], role);

export const productName = (entitlement, policy) => label(policy.resources[entitlement], entitlement);

function placeName(scope, places) {
  return places.get(scope) ?? scope;
}

/** The grant that a pointer leads to: `/roles/x/allow/3/permissions/0` is inside `/roles/x/allow/3`. */
function grantAt(pointer, root) {
  let grant;
  let value = root;
  for (const key of pointer.split("/").slice(1)) {
    value = value?.[key.replaceAll("~1", "/").replaceAll("~0", "~")];
    if (value !== null && typeof value === "object" && !Array.isArray(value) && "permissions" in value) grant = value;
  }
  return grant;
}

function operand(value) {
  if (value !== null && typeof value === "object" && "var" in value) return words().variables[value.var] ?? value.var;
  if (value !== null && typeof value === "object" && "time" in value) return asMoment(Date.parse(value.time));
  return Array.isArray(value) ? asChoice(value.map(String)) : String(value);
}

/** A written condition in words. */
export function condition(written) {
  const [[operator, given]] = Object.entries(written);
  const say = words().condition;
  if (operator === "all") return asList(given.map(condition));
  if (operator === "any") return asChoice(given.map(condition));
  if (operator === "not") return say.not(condition(given));
  if (operator === "exists") return say.exists(operand(given));
  return say[operator](operand(given[0]), operand(given[1]));
}

function conditionOf(because, facts) {
  const root = because.via === "grant" ? facts.subject : facts.policy;
  const derived = because.via === "derived" ? facts.policy.derivedRoles[because.index].when : undefined;
  const parts = [derived, grantAt(because.pointer, root)?.when].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : asList(parts.map(condition));
}

const moment = (bound) => (bound === undefined || bound === null ? undefined : asMoment(new Date(bound)));

function bounds(because) {
  return { from: moment(because.from), until: moment(because.until) };
}

function sentence(because, decision, facts) {
  const say = words().because;
  if (because.entitlement !== undefined) return say.product(productName(because.entitlement, facts.policy));
  const chain = because.chain ?? [];
  const carrier = chain.length > 1 ? chain.at(-1) : undefined;
  const given = {
    who: facts.who,
    role: because.role && roleName(because.role, facts.policy),
    through: carrier && roleName(carrier, facts.policy),
    place: because.scope && placeName(because.scope, facts.places),
    condition: conditionOf(because, facts),
    ...bounds(because),
  };
  if (because.effect === "deny") return say.forbids(given);
  if (decision.reason === "inactive") {
    const waiting = because.status !== undefined && because.status !== "active" ? because.status : undefined;
    return say.inactive({ ...given, waiting });
  }
  if (because.via === "derived") return say.derived(given);
  if (because.via === "grant") return say.direct(given);
  return say.role(given);
}

/** `facts`: `policy` (the document), `subject`, `who` (a name), `places` (scope → name), `would` (roles that give it). */
export function explain(decision, facts) {
  const say = words();
  const sentences = decision.because.map((because) => sentence(because, decision, facts));
  if (decision.reason === "not-granted" && facts.would.length > 0) {
    sentences.push(say.would(asChoice(facts.would.map((role) => roleName(role, facts.policy)))));
  }
  if (Number.isFinite(decision.until)) sentences.push(say.turns(asMoment(new Date(decision.until))));
  return {
    tone: toneOf(decision),
    headline: say.verdict[decision.reason](facts.who),
    sentences: [...new Set(sentences)],
  };
}
