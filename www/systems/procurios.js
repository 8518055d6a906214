// The back office of an association: who works in it, its workspaces and views, and what its sections show.
// All of it is invented: no such club. Six sections are drawn by hand, in `index.html` and `src/views.js`.

export default {
  id: "procurios",
  title: "Procurios",
  brand: "Kring",
  tagline: { nl: "voor verenigingen", de: "für Vereine", en: "for associations" },
  drawn: "views-procurios",
  person: "anna",
  date: "2026-07-10",
  // Piet is away from 1 to 15 July: the day before, the day he leaves, one between, and the day he is back.
  presets: ["2026-06-30", "2026-07-01", "2026-07-10", "2026-07-15"],
  unsubscribed: ["marketing-automation", "webshop"],
  members: { root: "platform.users:view", workspace: "platform.users:view", view: "platform.users:view" },
  // The sections that are no entry of their own are parts of another's page.
  entries: [
    "crm", "mailings", "finance", "library", "email-dashboard", "community", "engagement", "mailmerge", "webshop",
    "marketing-automation", "meetings", "memberships", "cms", "templates", "platform", "settings",
  ],
  greyed: ["settings"],
  icons: {
    crm: "crm", mailings: "mailings", finance: "finance", library: "library", "email-dashboard": "email", settings: "settings",
    community: "talk", engagement: "heart", mailmerge: "page", webshop: "cart", "marketing-automation": "flow",
    meetings: "calendar", memberships: "card", cms: "page", templates: "layout", platform: "grid",
  },
  places: {
    "workspace:photos": {
      label: { nl: "Foto’s en logo’s", de: "Fotos und Logos", en: "Photos and logos" },
      attributes: { editRoles: ["community-manager", "website-content-manager"] },
    },
    "workspace:board": {
      label: { nl: "Bestuursstukken", de: "Vorstandsunterlagen", en: "Board papers" },
      attributes: { viewRoles: ["finance-manager"], useRoles: ["finance-manager"], createRoles: ["finance-manager"], editRoles: ["finance-manager"] },
    },
    "workspace:welcome": {
      label: { nl: "Welkomstpakket", de: "Willkommenspaket", en: "Welcome kit" },
      attributes: { viewRoles: ["relation-viewer", "finance-manager"], useRoles: ["finance-manager"], editRoles: ["digital-mailing-manager"] },
    },
    "view:north": { label: { nl: "Noord", de: "Nord", en: "North" } },
  },
  people: {
    anna: {
      name: "Anna",
      note: {
        nl: "Financiën, en van 1 tot 15 juli de mailings van een collega",
        de: "Finanzen, und vom 1. bis 15. Juli die Mailings eines Kollegen",
        en: "Finance, and a colleague’s mailings from 1 to 15 July",
      },
      assignments: [
        { role: "finance-manager" },
        { role: "digital-mailing-manager", from: "2026-07-01T00:00:00+02:00", until: "2026-07-15T00:00:00+02:00" },
      ],
    },
    ruben: {
      name: "Ruben",
      note: { nl: "Zoekt relaties op", de: "Schlägt Kontakte nach", en: "Looks relations up" },
      assignments: [{ role: "relation-viewer" }],
    },
    chantal: {
      name: "Chantal",
      note: { nl: "Beheert de community", de: "Betreut die Community", en: "Runs the community" },
      assignments: [{ role: "community-manager" }],
    },
    mo: {
      name: "Mo",
      note: {
        nl: "Bijeenkomsten en abonnementen: twee rollen",
        de: "Veranstaltungen und Abonnements: zwei Rollen",
        en: "Meetings and memberships: two roles",
      },
      assignments: [{ role: "meetings-manager" }, { role: "memberships-manager" }],
    },
    sofie: {
      name: "Sofie",
      note: { nl: "SuperUser: alles uit het abonnement", de: "SuperUser: alles aus dem Abonnement", en: "SuperUser: everything subscribed to" },
      assignments: [{ role: "super-user" }],
    },
  },
  rows: {
    "community.message": [["Zomerkamp: wie rijdt er mee?", "14"], ["Nieuwe website", "6"]],
    "engagement.donation": [["Fiene Vlinderman", "€ 25"], ["Koekenbakker & Dochters", "€ 250"]],
    "engagement.campaign": [["Zomerkamp 2026", "38%"]],
    "mailmerge.document": [["Bedankbrief.docx"], ["Contributie-2026.docx"]],
    "webshop.shop": [["Clubwinkel", "12"]],
    "meetings.meeting": [["Jaarvergadering", "2026-09-19"], ["Vrijwilligersdag", "2026-10-03"]],
    "memberships.subscription": [["Fiene Vlinderman", "2026-12-31"], ["Club van Laatste Treinen", "2027-03-31"]],
    "cms.page": [["/"], ["/lid-worden"], ["/agenda"]],
    "cms.blog": [["/blog"]],
    "templates.email": [["zomer.html"], ["standaard.html"]],
  },
};
