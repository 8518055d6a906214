// A mailing platform: companies own accounts, databases and templates lie in accounts, and an agency works along.

const company = { role: "employee", scope: "company:acme" };
const user = { role: "account-user", scope: "account:north" };

export default {
  id: "copernica",
  title: "Copernica",
  tagline: { nl: "accounts, databases en templates", de: "Accounts, Datenbanken und Templates", en: "accounts, databases and templates" },
  person: "iris",
  date: "2026-11-22",
  presets: ["2026-11-22", "2026-11-30", "2026-12-01"],
  scope: "database:clients",
  members: {
    company: "company.users:view", account: "account.users:view",
    database: "database.access-rights:edit", template: "template.access-rights:edit",
  },
  icons: {
    configuration: "settings", "company-users": "building", "account-users": "crm", "access-rights": "key", statistics: "email",
    design: "layout", mailings: "mailings", profiles: "card", template: "page",
  },
  also: { configuration: ["company", "account"], profiles: ["database", "database.access-rights"], template: ["template.access-rights"] },
  places: {
    "company:acme": { label: "Acme" },
    "account:north": { parent: "company:acme", label: { nl: "Noord", de: "Nord", en: "North" } },
    "database:clients": { parent: "account:north", label: { nl: "Klanten", de: "Kunden", en: "Clients" } },
    "database:leads": { parent: "account:north", label: "Leads" },
    "template:news": { parent: "account:north", label: { nl: "Nieuwsbrief", de: "Newsletter", en: "Newsletter" } },
    "template:offer": { parent: "account:north", label: { nl: "Aanbieding", de: "Angebot", en: "Offer" } },
    "account:south": { parent: "company:acme", label: { nl: "Zuid", de: "Süd", en: "South" } },
    "database:southern": { parent: "account:south", label: { nl: "Abonnees", de: "Abonnenten", en: "Subscribers" } },
    "template:southern": { parent: "account:south", label: { nl: "Welkom", de: "Willkommen", en: "Welcome" } },
    "company:agency": { label: { nl: "Bureau", de: "Agentur", en: "Agency" } },
  },
  people: {
    iris: {
      name: "Iris",
      note: { nl: "Beheert bedrijf en account", de: "Verwaltet Unternehmen und Account", en: "Runs company and account" },
      assignments: [company, { role: "company-admin", scope: "company:acme" }, user, { role: "account-admin", scope: "account:north" }],
    },
    lars: {
      name: "Lars",
      note: { nl: "Beheert het account, niet het bedrijf", de: "Verwaltet den Account, nicht das Unternehmen", en: "Runs the account, not the company" },
      assignments: [company, user, { role: "account-admin", scope: "account:north" }],
    },
    tess: {
      name: "Tess",
      note: { nl: "Bewaakt de huisstijl in Noord en Zuid", de: "Hütet den Stil in Nord und Süd", en: "Guards the house style in North and South" },
      assignments: [
        company, user, { role: "style-guardian", scope: "account:north" },
        { role: "account-user", scope: "account:south" }, { role: "style-guardian", scope: "account:south" },
      ],
    },
    daan: {
      name: "Daan",
      note: { nl: "Alleen waar het per database of template mag", de: "Nur was je Datenbank oder Template erlaubt ist", en: "Only what is granted per database or template" },
      assignments: [company, user, { role: "standard-user", scope: "account:north" }],
      grants: [
        { permissions: ["database.profile:create,edit,delete,import"], scope: "database:clients" },
        { permissions: ["template.mailing:send-individual"], scope: "template:news" },
      ],
    },
    noor: {
      name: "Noor",
      note: { nl: "Uitgenodigd in Noord, tot 1 december", de: "In Nord eingeladen, bis 1. Dezember", en: "Invited to North, until 1 December" },
      assignments: [
        company, { ...user, status: "invited", until: "2026-12-01T00:00:00+01:00" }, { role: "standard-user", scope: "account:north" },
      ],
    },
    bram: {
      name: "Bram",
      note: { nl: "Van het bureau, werkt in Noord mee", de: "Von der Agentur, arbeitet in Nord mit", en: "From the agency, works along in North" },
      assignments: [{ role: "employee", scope: "company:agency" }, user, { role: "style-guardian", scope: "account:north" }],
    },
    kim: {
      name: "Kim",
      note: { nl: "Nog niet begonnen: uitgenodigd als medewerker", de: "Noch nicht da: als Mitarbeiterin eingeladen", en: "Not yet in: invited as an employee" },
      assignments: [{ ...company, status: "invited" }],
    },
  },
  rows: {
    "company.users": [["Iris"], ["Lars"], ["Tess"], ["Daan"]],
    "account.users": [["Iris"], ["Lars"], ["Bram"]],
    "account.statistics": [["12.480", "↗ 3%"]],
    "design.document": [["voorjaar.html"], ["bevestiging.html"]],
    "design.website": [["aanmelden"]],
    "database.profile": [["anna@voorbeeld.example", "NL"], ["bo@voorbeeld.example", "DE"], ["cas@voorbeeld.example", "BE"]],
    template: [["kop.html"], ["inhoud.html"], ["voet.html"]],
  },
};
