// Decisions in English.

const within = (place) => (place ? ` in ${place}` : "");
const onlyIf = (condition) => (condition ? `, provided that ${condition}` : "");

function during({ from, until }) {
  if (from && until) return `, from ${from} until ${until}`;
  if (from) return `, since ${from}`;
  return until ? `, until ${until}` : "";
}

export default {
  actions: {
    view: "view", create: "add", edit: "edit", "bulk-edit": "edit in bulk", delete: "delete", use: "use", share: "share",
    merge: "merge", approve: "approve", manage: "manage", send: "send", assign: "assign", revoke: "revoke", link: "link",
    publish: "publish", add: "add", remove: "remove", import: "import", export: "export", download: "download",
    "send-individual": "send to one", "send-bulk": "send to many", upgrade: "upgrade", cancel: "cancel", buy: "buy",
    request: "request", submit: "submit", change: "change", "promote-owner": "make owner", "be-booked": "be booked",
  },
  verdict: {
    granted: (who) => `${who} may do this.`,
    conditional: (who) => `${who} may do this for some records.`,
    forbidden: (who) => `${who} may not do this: a role forbids it.`,
    entitlement: () => "This is not in your subscription.",
    inactive: (who) => `${who} may not do this at this moment.`,
    "not-granted": (who) => `${who} may not do this: none of the roles held gives it.`,
    suspended: (who) => `${who} may not do anything: the account is suspended.`,
    "unknown-permission": () => "No: the policy does not know this permission.",
    "unknown-scope": () => "No: this place is not known.",
  },
  section: {
    enabled: (who) => `${who} can use this section.`,
    conditional: (who) => `${who} can use this section for some records.`,
    disabled: (who) => `${who} can see that this section exists, and cannot use it.`,
    locked: () => "This section is not in your subscription.",
    hidden: (who) => `${who} does not see this section.`,
  },
  because: {
    role: ({ role, through, place, condition, ...time }) =>
      `The role “${role}”${through ? `, which builds on “${through}”,` : ""} gives it${within(place)}${during(time)}${onlyIf(condition)}.`,
    derived: ({ role, place, condition }) => `The role “${role}”, held by everybody it applies to, gives it${within(place)}${onlyIf(condition)}.`,
    direct: ({ who, place, condition, ...time }) => `It was granted to ${who} personally${within(place)}${during(time)}${onlyIf(condition)}.`,
    forbids: ({ role, place, condition }) => `The role “${role}” forbids it${within(place)}${onlyIf(condition)}.`,
    inactive: ({ role, waiting, from, until }) => {
      const source = role ? `The role “${role}”` : "A personal grant";
      if (waiting) return `${source} would give it, but is ${waiting}.`;
      if (from && until) return `${source} gives it only from ${from} until ${until}.`;
      return from ? `${source} gives it only from ${from}.` : `${source} gave it until ${until}.`;
    },
    product: (product) => `It belongs to the product “${product}”, which is not subscribed to.`,
  },
  condition: {
    not: (inner) => `it is not so that ${inner}`,
    exists: (value) => `${value} is known`,
    in: (value, list) => `${value} is among ${list}`,
    eq: (left, right) => `${left} is ${right}`,
    ne: (left, right) => `${left} is not ${right}`,
    lt: (left, right) => `${left} is before ${right}`,
    le: (left, right) => `${left} is at most ${right}`,
    gt: (left, right) => `${left} is after ${right}`,
    ge: (left, right) => `${left} is at least ${right}`,
  },
  variables: {
    "scope.visibility": "the visibility of this place",
    "scope.parent.visibility": "the visibility of what it lies in",
    "scope.accessOnInvitation": "access at once",
    "subject.id": "this person",
    "resource.sharedWith": "those it is shared with",
    "role.id": "the role held",
    "scope.type": "the kind of place",
    "scope.viewRoles": "the roles that may view here",
    "scope.useRoles": "the roles that may use things here",
    "scope.createRoles": "the roles that may add here",
    "scope.editRoles": "the roles that may edit here",
  },
  everything: "everything",
  change: {
    anyRole: "any role",
    noRule: "No rule of the policy is about this.",
    closest: ({ number }) => `Rule ${number} of the policy comes closest.`,
    reason: {
      suspended: ({ actor }) => `${actor} may not change anything: the account is suspended.`,
      "unknown-scope": () => "This place is not known.",
      "role-unavailable": () => "This role cannot be held here.",
      "unknown-permission": () => "The policy does not know this permission.",
      "not-held": ({ target }) => `${target} does not have this.`,
    },
    lacks: {
      by: ({ actor, roles }) => `It is for ${roles} there, and ${actor} is not.`,
      bySelf: () => "It is for what people do about themselves.",
      byCan: ({ actor, permissions }) => `It is for whoever is allowed ${permissions}, and ${actor} is not.`,
      self: ({ actor }) => `Nobody widens their own rights, and ${actor} does not either.`,
      statuses: ({ statuses }) => `It gives this only as ${statuses}.`,
      targetStatus: ({ target, statuses }) => `${target} would have to be ${statuses} there already, for as long at least.`,
      revoke: ({ actor, target }) => `${target} has this already, and ${actor} may not take it away.`,
      targetLacks: ({ target, roles }) => `${target} may not have ${roles} there already.`,
      vacant: () => "Somebody has it there already.",
      targetHolds: ({ target, roles }) => `${target} would have to hold ${roles} first.`,
      when: ({ condition }) => `It holds only provided that ${condition}.`,
      noEscalation: ({ actor }) => `Nobody gives more than they have, and ${actor} has less.`,
    },
    constraint: {
      exclusive: ({ id, roles, most }) => `Constraint “${id}”: nobody has more than ${most} of the roles ${roles}.`,
      perSubject: ({ id, roles, most }) => `Constraint “${id}”: nobody is ${roles} at more than ${most} place.`,
      minimum: ({ id, roles, least }) => `Constraint “${id}”: at least ${least} person stays ${roles}, without an end date.`,
      maximum: ({ id, roles, most }) => `Constraint “${id}”: no more than ${most} people may be ${roles} in this plan.`,
    },
  },
  would: (roles) => `It comes with ${roles}.`,
  turns: (moment) => `This answer holds until ${moment} at least.`,
};
