// What the sections that are drawn by hand show. All of it is invented: no such club, no such account.

export const shelves = [
  { scope: "workspace:photos", documents: ["beeldmerk.svg", "zomerkamp-2026.jpg", "jubileum.jpg"] },
  { scope: "workspace:board", documents: ["begroting-2027.xlsx", "notulen-juni.pdf"] },
  { scope: "workspace:welcome", documents: ["welkomstbrief.docx", "ledenpas.pdf"] },
];

export const relations = [
  { id: "r1", name: "Vereniging van Sterrentellers", kind: "association", town: "Avondster", since: "2011-03-14", email: "post@sterrentellers.example", address: "Melkweg 1", iban: "XX00 DEMO 0000 0000 01" },
  { id: "r2", name: "Stichting Papieren Bootjes", kind: "foundation", town: "Vouwdam", since: "2014-09-01", email: "haven@papierenbootjes.example", address: "Kartonkade 22", iban: "XX00 DEMO 0000 0000 02" },
  { id: "r3", name: "Genootschap der Windwachters", kind: "association", town: "Luwte", since: "2009-01-20", email: "bestuur@windwachters.example", address: "Wiekslag 7", iban: "XX00 DEMO 0000 0000 03" },
  { id: "r4", name: "Fiene Vlinderman", kind: "person", town: "Bloemwijk", since: "2022-05-02", email: "fiene@vlinderman.example", address: "Distelpad 14", iban: "XX00 DEMO 0000 0000 04" },
  { id: "r5", name: "Bond van Kaartlezers", kind: "association", town: "Noorderkompas", since: "2018-11-11", email: "noord@kaartlezers.example", address: "Legendalaan 3", iban: "XX00 DEMO 0000 0000 05" },
  { id: "r6", name: "Koekenbakker & Dochters", kind: "company", town: "Oud-Deeg", since: "2020-02-29", email: "hallo@koekendochters.example", address: "Ovenstraat 180", iban: "XX00 DEMO 0000 0000 06" },
  { id: "r7", name: "Club van Laatste Treinen", kind: "association", town: "Eindhalte", since: "2016-07-08", email: "perron@laatstetreinen.example", address: "Spoor 2b", iban: "XX00 DEMO 0000 0000 07" },
];

export const mailings = [
  { subject: "summer", recipients: 2418, status: "draft" },
  { subject: "fees", recipients: 1163, status: "scheduled" },
  { subject: "meeting", recipients: 388, status: "sent", opened: 0.71, bounced: 4 },
  { subject: "newsletter", recipients: 2397, status: "sent", opened: 0.54, bounced: 31 },
];

export const selections = [
  { id: "s1", key: "members", size: 2418, sharedWith: ["mo"] },
  { id: "s2", key: "visitors", size: 388, sharedWith: ["mo"] },
  { id: "s3", key: "arrears", size: 46, sharedWith: [] },
];

export const invoices = [
  { number: "2026-0412", relation: "Vereniging van Sterrentellers", amount: 1250, status: "open" },
  { number: "2026-0411", relation: "Koekenbakker & Dochters", amount: 348.5, status: "paid" },
  { number: "2026-0410", relation: "Bond van Kaartlezers", amount: 96, status: "paid" },
  { number: "2026-0409", relation: "Club van Laatste Treinen", amount: 720, status: "late" },
  { number: "2026-0408", relation: "Fiene Vlinderman", amount: 42.5, status: "paid" },
];

export const debits = [
  { key: "july", date: "2026-07-24", count: 1163, amount: 48846 },
  { key: "june", date: "2026-06-24", count: 1158, amount: 48636 },
];

export const organisation = { name: "Kring van Verenigingen", sender: "post@kring.example" };
