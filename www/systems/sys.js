// A website with its customers: one owner, who pays per seat.

export default {
  id: "sys",
  title: "SYS",
  tagline: { nl: "website en klanten", de: "Website und Kunden", en: "website and customers" },
  person: "eva",
  date: "2026-11-22",
  presets: ["2026-11-22", "2026-12-31", "2027-01-01"],
  plan: "groei-platform",
  members: { root: "users:view" },
  icons: {
    "back-office": "grid", membership: "card", dashboard: "email", figures: "flow", "sys-invoices": "finance", users: "crm",
    customers: "heart", orders: "cart", reports: "email", settings: "settings", content: "page", agenda: "calendar", "support-button": "talk",
  },
  also: {
    membership: ["billing", "domain", "transfer-token"], dashboard: ["nps", "partners"], content: ["trainings"], customers: ["customers.profile"],
  },
  places: {},
  people: {
    eva: {
      name: "Eva",
      note: { nl: "Eigenaar: beslist en betaalt", de: "Inhaberin: entscheidet und zahlt", en: "Owner: decides and pays" },
      assignments: [{ role: "owner" }],
    },
    jonas: {
      name: "Jonas",
      note: { nl: "Beheert de website", de: "Verwaltet die Website", en: "Runs the website" },
      assignments: [{ role: "admin" }],
    },
    mila: {
      name: "Mila",
      note: { nl: "Schrijft tot het eind van het jaar", de: "Schreibt bis Jahresende", en: "Writes until the end of the year" },
      assignments: [{ role: "freelancer", until: "2027-01-01T00:00:00+01:00" }],
    },
    tim: {
      name: "Tim",
      note: { nl: "Klant van de website", de: "Kunde der Website", en: "Customer of the website" },
      assignments: [{ role: "customer" }],
    },
    sam: {
      name: "Sam",
      note: { nl: "Heeft nog niets", de: "Hat noch nichts", en: "Has nothing yet" },
      assignments: [],
    },
  },
  rows: {
    users: [["Eva"], ["Jonas"], ["Mila"]],
    "dashboard.kpi": [["€ 4.320", "↗ 8%"], ["312", "↗ 2%"]],
    "dashboard.milestone": [["100 ✓"], ["500"]],
    "billing.sys-invoice": [["2026-1104", "€ 89"], ["2026-1004", "€ 89"]],
    customers: [["Tim", "2026-03-02"]],
    "customers.invoice": [["K-0031", "€ 45"]],
    orders: [["B-1182", "€ 129"], ["B-1181", "€ 45"]],
    reports: [["2026-10"], ["2026-09"]],
    "content.page": [["/"], ["/over"], ["/contact"]],
    "content.article": [["/blog/start"], ["/blog/herfst"]],
    agenda: [["09:00", "30 min"], ["10:30", "60 min"]],
  },
};
