// Beslissingen in het Nederlands.

const within = (place) => (place ? ` in ${place}` : "");
const onlyIf = (condition) => (condition ? `, mits ${condition}` : "");

function during({ from, until }) {
  if (from && until) return `, van ${from} tot ${until}`;
  if (from) return `, sinds ${from}`;
  return until ? `, tot ${until}` : "";
}

const WAITING = { suspended: "is opgeschort", invited: "is nog niet bevestigd" };

export default {
  actions: {
    view: "bekijken", create: "toevoegen", edit: "wijzigen", "bulk-edit": "in bulk wijzigen", delete: "verwijderen",
    use: "gebruiken", share: "delen", merge: "samenvoegen", approve: "goedkeuren", manage: "beheren", send: "versturen",
    assign: "toekennen", revoke: "intrekken", link: "koppelen", publish: "publiceren", add: "toevoegen", remove: "verwijderen",
    import: "importeren", export: "exporteren", download: "downloaden", "send-individual": "aan één versturen",
    "send-bulk": "aan velen versturen", upgrade: "upgraden", cancel: "opzeggen", buy: "kopen", request: "aanvragen",
    submit: "invullen", change: "wijzigen", "promote-owner": "eigenaar maken", "be-booked": "geboekt worden",
  },
  verdict: {
    granted: (who) => `${who} mag dit.`,
    conditional: (who) => `${who} mag dit bij sommige gegevens.`,
    forbidden: (who) => `${who} mag dit niet: een rol verbiedt het.`,
    entitlement: () => "Dit zit niet in je abonnement.",
    inactive: (who) => `${who} mag dit op dit moment niet.`,
    "not-granted": (who) => `${who} mag dit niet: geen van de rollen geeft het.`,
    suspended: (who) => `${who} mag niets: het account is opgeschort.`,
    "unknown-permission": () => "Nee: het beleid kent dit recht niet.",
    "unknown-scope": () => "Nee: deze plek is niet bekend.",
  },
  section: {
    enabled: (who) => `${who} kan dit onderdeel gebruiken.`,
    conditional: (who) => `${who} kan dit onderdeel voor sommige gegevens gebruiken.`,
    disabled: (who) => `${who} ziet dat dit onderdeel er is, maar kan het niet gebruiken.`,
    locked: () => "Dit onderdeel zit niet in je abonnement.",
    hidden: (who) => `${who} ziet dit onderdeel niet.`,
  },
  because: {
    role: ({ role, through, place, condition, ...time }) =>
      `De rol “${role}”${through ? `, die voortbouwt op “${through}”,` : ""} geeft dit${within(place)}${during(time)}${onlyIf(condition)}.`,
    derived: ({ role, place, condition }) => `De rol “${role}”, die vanzelf geldt, geeft dit${within(place)}${onlyIf(condition)}.`,
    direct: ({ who, place, condition, ...time }) => `Dit is persoonlijk aan ${who} gegeven${within(place)}${during(time)}${onlyIf(condition)}.`,
    forbids: ({ role, place, condition }) => `De rol “${role}” verbiedt het${within(place)}${onlyIf(condition)}.`,
    inactive: ({ role, waiting, from, until }) => {
      const source = role ? `De rol “${role}”` : "Een persoonlijk recht";
      if (waiting) return `${source} zou dit geven, maar ${WAITING[waiting] ?? "is niet actief"}.`;
      if (from && until) return `${source} geeft dit alleen van ${from} tot ${until}.`;
      return from ? `${source} geeft dit pas vanaf ${from}.` : `${source} gaf dit tot ${until}.`;
    },
    product: (product) => `Het hoort bij het product “${product}”, en dat is niet afgenomen.`,
  },
  condition: {
    not: (inner) => `niet geldt dat ${inner}`,
    exists: (value) => `${value} bekend is`,
    in: (value, list) => `${value} hoort bij ${list}`,
    eq: (left, right) => `${left} gelijk is aan ${right}`,
    ne: (left, right) => `${left} niet gelijk is aan ${right}`,
    lt: (left, right) => `${left} voor ${right} ligt`,
    le: (left, right) => `${left} hoogstens ${right} is`,
    gt: (left, right) => `${left} na ${right} ligt`,
    ge: (left, right) => `${left} minstens ${right} is`,
  },
  variables: {
    "scope.visibility": "de zichtbaarheid van deze plek",
    "scope.parent.visibility": "de zichtbaarheid van waar zij in ligt",
    "scope.accessOnInvitation": "toegang meteen",
    "subject.id": "deze persoon",
    "resource.sharedWith": "degenen met wie het is gedeeld",
    "role.id": "de rol",
    "scope.type": "de soort plek",
    "scope.viewRoles": "de rollen die hier mogen bekijken",
    "scope.useRoles": "de rollen die hier mogen gebruiken",
    "scope.createRoles": "de rollen die hier mogen toevoegen",
    "scope.editRoles": "de rollen die hier mogen wijzigen",
  },
  everything: "alles",
  change: {
    anyRole: "een rol",
    noRule: "Geen regel van het beleid gaat hierover.",
    closest: ({ number }) => `Regel ${number} van het beleid komt het dichtst in de buurt.`,
    reason: {
      suspended: ({ actor }) => `${actor} mag niets wijzigen: het account is opgeschort.`,
      "unknown-scope": () => "Deze plek is niet bekend.",
      "role-unavailable": () => "Deze rol kan hier niet worden toegekend.",
      "unknown-permission": () => "Het beleid kent dit recht niet.",
      "not-held": ({ target }) => `${target} heeft dit niet.`,
    },
    lacks: {
      by: ({ actor, roles }) => `Ze is voor wie daar ${roles} is, en dat is ${actor} niet.`,
      bySelf: () => "Ze is voor wat mensen met zichzelf doen.",
      byCan: ({ actor, permissions }) => `Ze is voor wie ${permissions} mag, en dat mag ${actor} niet.`,
      self: ({ actor }) => `Niemand verruimt de eigen rechten, dus ${actor} ook niet.`,
      statuses: ({ statuses }) => `Ze geeft dit alleen als ${statuses}.`,
      targetStatus: ({ target, statuses }) => `${target} zou daar al ${statuses} moeten zijn, voor minstens zo lang.`,
      revoke: ({ actor, target }) => `${target} heeft dit al, en ${actor} mag het niet afnemen.`,
      targetLacks: ({ target, roles }) => `${target} mag daar niet al ${roles} hebben.`,
      vacant: () => "Iemand heeft het daar al.",
      targetHolds: ({ target, roles }) => `${target} zou eerst ${roles} moeten zijn.`,
      when: ({ condition }) => `Ze geldt alleen, mits ${condition}.`,
      noEscalation: ({ actor }) => `Niemand geeft meer dan hij heeft, en ${actor} heeft minder.`,
    },
    constraint: {
      exclusive: ({ id, roles, most }) => `Beperking “${id}”: niemand heeft meer dan ${most} van de rollen ${roles}.`,
      perSubject: ({ id, roles, most }) => `Beperking “${id}”: niemand is op meer dan ${most} plek ${roles}.`,
      minimum: ({ id, roles, least }) => `Beperking “${id}”: minstens ${least} persoon blijft ${roles}, zonder einddatum.`,
      maximum: ({ id, roles, most }) => `Beperking “${id}”: niet meer dan ${most} mensen mogen in dit pakket ${roles} zijn.`,
    },
  },
  would: (roles) => `Het hoort bij ${roles}.`,
  turns: (moment) => `Dit antwoord geldt in elk geval tot ${moment}.`,
};
