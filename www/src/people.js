// The people the picker offers, and what turns a choice in the panel into the facts a session is opened with.
// Nothing here decides anything: who may do what stands in the policy.

export const TIME_ZONE = "Europe/Amsterdam";

export const DEFAULTS = { person: "anna", date: "2026-07-10", section: "crm" };

// Piet is away from 1 to 15 July: the first, the day he leaves, and the day he is back.
export const PRESET_DATES = ["2026-06-30", "2026-07-01", "2026-07-10", "2026-07-15"];

export const NOT_SUBSCRIBED = ["marketing-automation", "webshop"];

export const people = {
  anna: {
    name: "Anna",
    assignments: [
      { role: "finance-manager" },
      { role: "digital-mailing-manager", from: "2026-07-01T00:00:00+02:00", until: "2026-07-15T00:00:00+02:00" },
    ],
  },
  ruben: {
    name: "Ruben",
    assignments: [{ role: "relation-viewer" }],
  },
  chantal: {
    name: "Chantal",
    assignments: [{ role: "community-manager" }],
  },
  mo: {
    name: "Mo",
    assignments: [{ role: "meetings-manager" }, { role: "memberships-manager" }],
  },
  sofie: {
    name: "Sofie",
    assignments: [{ role: "super-user" }],
  },
};

export const heldRoles = (person) => people[person].assignments.map((assignment) => assignment.role);

export function subjectOf(look) {
  const person = people[look.person];
  const kept = person.assignments.filter((assignment) => look.roles.has(assignment.role));
  const own = new Set(heldRoles(look.person));
  const added = [...look.roles].filter((role) => !own.has(role)).map((role) => ({ role }));
  return { id: look.person, assignments: [...kept, ...added], grants: person.grants ?? [] };
}

export function contextOf(look, workspaces) {
  const scopes = Object.fromEntries(workspaces.map(({ scope, attributes }) => [scope, { attributes }]));
  return { now: `${look.date}T12:00:00Z`, entitlements: [...look.products], scopes };
}
