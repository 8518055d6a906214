// What every engine is asked about: a back office with 15 roles, 40 resources, 6 actions and 150 grants, of which some
// 15 in 100 hold only for records of one's own, and a person with three of the roles. Deterministic, and neutral: no
// engine's own form is used here. `native/src/lib.rs` makes the same policy, and both check that they do.
//
// Grown `times` as large, there are that many times the grants, and as many times more roles and resources as its
// square root, so that the share of what is granted stays what it is.

export const ACTIONS = ["view", "create", "edit", "delete", "send", "manage"];

const ROLES = [
  "super-user", "community-manager", "mailing-manager", "donation-manager", "shop-manager",
  "finance-manager", "automation-manager", "meetings-manager", "memberships-manager", "relation-viewer",
  "relations-manager", "template-manager", "content-manager", "owner", "freelancer",
];

const RESOURCES = [
  "crm.relation", "crm.organisation", "crm.contact", "crm.note", "crm.tag", "crm.segment",
  "finance.invoice", "finance.debit", "finance.payment", "finance.ledger", "finance.vat",
  "library.document", "library.folder", "library.image",
  "mailings.mailing", "mailings.template", "mailings.list", "mailings.statistic",
  "cms.page", "cms.menu", "cms.form", "cms.redirect",
  "shop.product", "shop.order", "shop.coupon", "shop.stock",
  "meetings.meeting", "meetings.attendee", "meetings.location",
  "memberships.membership", "memberships.type", "donations.donation", "donations.campaign",
  "automation.flow", "automation.trigger", "community.forum", "community.post",
  "settings.users", "settings.roles", "settings.account",
];

const GRANTS = 150;
const OWN_IN_A_HUNDRED = 15;

export const USER = { id: "u-1042", roles: ["finance-manager", "meetings-manager", "relations-manager"] };
export const SOMEBODY_ELSE = "u-2000";

/** Whole numbers below a bound, the same ones on every run and in every language: xorshift with 32 bits. */
function dice(seed) {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

function grown(names, times) {
  const wanted = Math.round(names.length * Math.sqrt(times));
  return Array.from({ length: wanted }, (_, place) => {
    const copy = Math.floor(place / names.length);
    return names[place % names.length] + (copy === 0 ? "" : copy);
  });
}

/** The policy so many times as large: its names, and its grants as `{ role, resource, action, own }`. */
export function scenario(times = 1) {
  const roles = grown(ROLES, times);
  const resources = grown(RESOURCES, times);
  const total = GRANTS * times;
  const below = dice(42);
  const grants = [];
  roles.forEach((role, place) => {
    const upTo = Math.floor(((place + 1) * total) / roles.length);
    const seen = new Set();
    while (grants.length < upTo) {
      const resource = resources[below(resources.length)];
      const action = ACTIONS[below(ACTIONS.length)];
      const name = `${resource}:${action}`;
      if (seen.has(name)) continue;
      seen.add(name);
      grants.push({ role, resource, action, own: below(100) < OWN_IN_A_HUNDRED });
    }
  });
  return { roles, resources, grants };
}

/** What the user's roles give, worked out grant by grant: `always`, `own` or `never`, by `resource:action`. */
export function expected({ grants }, user = USER) {
  const kinds = new Map();
  for (const { role, resource, action, own } of grants) {
    if (!user.roles.includes(role)) continue;
    const name = `${resource}:${action}`;
    if (kinds.get(name) !== "always") kinds.set(name, own ? "own" : "always");
  }
  return (resource, action) => kinds.get(`${resource}:${action}`) ?? "never";
}

/** A record of that resource. */
export const record = (resource, ownerId) => ({ type: resource, ownerId });

/**
 * The questions that are timed, as `[action, resource, record]`: eight that are allowed, eight that are not, eight of
 * records that are the user's own by turns, and a page of forty without a record, of which 24 are allowed.
 */
export function questions(policy) {
  const kind = expected(policy);
  const pairs = { always: [], own: [], never: [] };
  for (const resource of policy.resources) {
    for (const action of ACTIONS) pairs[kind(resource, action)].push([action, resource, undefined]);
  }
  const below = dice(7);
  const shuffle = (list) => {
    for (let last = list.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [list[last], list[other]] = [list[other], list[last]];
    }
    return list;
  };
  Object.values(pairs).forEach(shuffle);
  const first = (list, count, from = 0) => Array.from({ length: count }, (_, place) => list[(from + place) % list.length]);
  return {
    allow: first(pairs.always, 8),
    deny: first(pairs.never, 8),
    condition: first(pairs.own, 8).map(([action, resource], place) => [
      action,
      resource,
      record(resource, place % 2 === 0 ? USER.id : SOMEBODY_ELSE),
    ]),
    page: shuffle([...first(pairs.always, 24), ...first(pairs.never, 16, 8)]),
  };
}
