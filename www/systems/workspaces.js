// Two companies with their workspaces, public and private: who may come in depends on the workspace itself.

export default {
  id: "workspaces",
  title: "Workspaces",
  tagline: { nl: "werkruimten, open en besloten", de: "Arbeitsräume, offen und geschlossen", en: "workspaces, public and private" },
  person: "olga",
  date: "2026-11-22",
  presets: ["2026-11-22", "2026-12-31", "2027-01-01"],
  scope: "workspace:sales",
  members: { workspace: "workspace.members:view" },
  icons: {
    company: "building", "new-workspace": "grid", administration: "settings", details: "card", content: "page", events: "calendar",
    visitors: "heart", members: "key",
  },
  also: { administration: ["workspace"] },
  places: {
    "company:open": { label: { nl: "Open bedrijf", de: "Offene Firma", en: "Open company" }, attributes: { visibility: "public" } },
    "workspace:sales": {
      parent: "company:open", label: { nl: "Verkoop (besloten)", de: "Verkauf (privat)", en: "Sales (private)" },
      attributes: { visibility: "private" },
    },
    "workspace:square": {
      parent: "company:open", label: { nl: "Plein (openbaar)", de: "Platz (öffentlich)", en: "Square (public)" },
      attributes: { visibility: "public" },
    },
    "workspace:landing": {
      parent: "company:open", label: { nl: "Ontvangst (toegang meteen)", de: "Empfang (Zugang sofort)", en: "Landing (access at once)" },
      attributes: { visibility: "private", accessOnInvitation: true },
    },
    "workspace:fresh": {
      parent: "company:open", label: { nl: "Nieuw (zonder eigenaar)", de: "Neu (ohne Eigentümer)", en: "Fresh (no owner yet)" },
      attributes: { visibility: "private" },
    },
    "company:closed": { label: { nl: "Besloten bedrijf", de: "Geschlossene Firma", en: "Closed company" }, attributes: { visibility: "private" } },
    "workspace:lobby": {
      parent: "company:closed", label: { nl: "Lobby (openbaar)", de: "Lobby (öffentlich)", en: "Lobby (public)" },
      attributes: { visibility: "public" },
    },
  },
  people: {
    olga: {
      name: "Olga",
      note: { nl: "Eigenaar van Verkoop", de: "Eigentümerin von Verkauf", en: "Owner of Sales" },
      assignments: [{ role: "owner", scope: "workspace:sales" }],
    },
    emil: {
      name: "Emil",
      note: { nl: "Redacteur van Verkoop, dit jaar", de: "Redakteur von Verkauf, dieses Jahr", en: "Editor of Sales, this year" },
      assignments: [{ role: "editor", scope: "workspace:sales", until: "2027-01-01T00:00:00+01:00" }],
    },
    rosa: {
      name: "Rosa",
      note: { nl: "Leest in Verkoop", de: "Liest in Verkauf", en: "Reads in Sales" },
      assignments: [{ role: "reader", scope: "workspace:sales" }],
    },
    gijs: {
      name: "Gijs",
      note: { nl: "Gast in Ontvangst", de: "Gast im Empfang", en: "Guest in Landing" },
      assignments: [{ role: "guest", scope: "workspace:landing" }],
    },
    ines: {
      name: "Ines",
      note: { nl: "Vroeg toegang tot Verkoop", de: "Bat um Zugang zu Verkauf", en: "Asked for access to Sales" },
      assignments: [{ role: "reader", scope: "workspace:sales", status: "invited" }],
    },
    noa: {
      name: "Noa",
      note: { nl: "Nergens lid", de: "Nirgends Mitglied", en: "Member of nothing" },
      assignments: [],
    },
  },
  rows: {
    "workspace.content": [["Productblad.pdf"], ["Prijslijst-2026.pdf"]],
    "workspace.event": [["Open dag", "2026-12-04"]],
    "workspace.visitors": [["212", "↗ 4%"]],
    "workspace.members": [["Olga"], ["Emil"], ["Rosa"]],
  },
};
