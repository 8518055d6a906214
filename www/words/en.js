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
    "subject.id": "this person",
    "resource.sharedWith": "those it is shared with",
    "role.id": "the role held",
    "scope.type": "the kind of place",
    "scope.viewRoles": "the roles that may view here",
    "scope.useRoles": "the roles that may use things here",
    "scope.createRoles": "the roles that may add here",
    "scope.editRoles": "the roles that may edit here",
  },
  would: (roles) => `It comes with ${roles}.`,
  turns: (moment) => `This answer holds until ${moment} at least.`,
};
