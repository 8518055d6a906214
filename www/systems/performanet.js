// The back office of a school: three roles that build on each other, and a login of its own for administration.

export default {
  id: "performanet",
  title: "PerformaNet",
  tagline: { nl: "scholen en verenigingen", de: "Schulen und Verbände", en: "schools and associations" },
  person: "petra",
  date: "2026-08-10",
  presets: ["2026-07-31", "2026-08-01", "2026-08-10", "2026-09-01"],
  members: { root: "user-management.users:view" },
  icons: {
    settings: "settings", administration: "grid", "user-management": "key", notifications: "talk", connector: "flow", crm: "crm",
    education: "calendar", memberships: "card", resources: "building", billing: "finance", tables: "layout",
  },
  places: {},
  people: {
    petra: {
      name: "Petra",
      note: { nl: "Beheert, onder een eigen login", de: "Verwaltet, mit eigenem Login", en: "Administers, under a login of its own" },
      assignments: [{ role: "customer-admin" }],
    },
    stefan: {
      name: "Stefan",
      note: { nl: "Onderhoudt de stamgegevens", de: "Pflegt die Stammdaten", en: "Maintains the master data" },
      assignments: [{ role: "supervisor" }],
    },
    beat: {
      name: "Beat",
      note: { nl: "Backoffice", de: "Backoffice", en: "Back office" },
      assignments: [{ role: "backoffice" }],
    },
    vera: {
      name: "Vera",
      note: { nl: "Backoffice, en in augustus vervangend supervisor", de: "Backoffice, im August stellvertretend Supervisor", en: "Back office, standing in as supervisor in August" },
      assignments: [
        { role: "backoffice" },
        { role: "supervisor", from: "2026-08-01T00:00:00+02:00", until: "2026-09-01T00:00:00+02:00" },
      ],
    },
    urs: {
      name: "Urs",
      note: { nl: "Uitgenodigd als beheerder", de: "Als Administrator eingeladen", en: "Invited as an administrator" },
      assignments: [{ role: "customer-admin", status: "invited" }],
    },
    nina: {
      name: "Nina",
      note: { nl: "Heeft nog niets", de: "Hat noch nichts", en: "Has nothing yet" },
      assignments: [],
    },
  },
  rows: {},
};
