// Entscheidungen auf Deutsch.

const within = (place) => (place ? ` in ${place}` : "");
const onlyIf = (condition) => (condition ? `, sofern ${condition}` : "");

function during({ from, until }) {
  if (from && until) return `, vom ${from} bis zum ${until}`;
  if (from) return `, seit dem ${from}`;
  return until ? `, bis zum ${until}` : "";
}

const WAITING = { suspended: "ist ausgesetzt", invited: "ist noch nicht bestätigt" };

export default {
  actions: {
    view: "ansehen", create: "hinzufügen", edit: "bearbeiten", "bulk-edit": "gesammelt bearbeiten", delete: "löschen",
    use: "verwenden", share: "teilen", merge: "zusammenführen", approve: "genehmigen", manage: "verwalten", send: "senden",
    assign: "zuweisen", revoke: "entziehen", link: "verknüpfen", publish: "veröffentlichen", add: "hinzufügen", remove: "entfernen",
    import: "importieren", export: "exportieren", download: "herunterladen", "send-individual": "an eine Person senden",
    "send-bulk": "an viele senden", upgrade: "erweitern", cancel: "kündigen", buy: "kaufen", request: "anfordern",
    submit: "ausfüllen", change: "ändern", "promote-owner": "zum Inhaber machen", "be-booked": "gebucht werden",
  },
  verdict: {
    granted: (who) => `${who} darf das.`,
    conditional: (who) => `${who} darf das bei manchen Daten.`,
    forbidden: (who) => `${who} darf das nicht: Eine Rolle verbietet es.`,
    entitlement: () => "Das ist nicht im Abonnement enthalten.",
    inactive: (who) => `${who} darf das zurzeit nicht.`,
    "not-granted": (who) => `${who} darf das nicht: Keine der Rollen erlaubt es.`,
    suspended: (who) => `${who} darf nichts: Das Konto ist gesperrt.`,
    "unknown-permission": () => "Nein: Dieses Recht ist nicht bekannt.",
    "unknown-scope": () => "Nein: Dieser Ort ist nicht bekannt.",
  },
  section: {
    enabled: (who) => `${who} kann diesen Bereich nutzen.`,
    conditional: (who) => `${who} kann diesen Bereich für manche Daten nutzen.`,
    disabled: (who) => `${who} sieht, dass es diesen Bereich gibt, kann ihn aber nicht nutzen.`,
    locked: () => "Dieser Bereich ist nicht im Abonnement enthalten.",
    hidden: (who) => `${who} sieht diesen Bereich nicht.`,
  },
  because: {
    role: ({ role, through, place, condition, ...time }) =>
      `Die Rolle „${role}“${through ? `, die auf „${through}“ aufbaut,` : ""} erlaubt es${within(place)}${during(time)}${onlyIf(condition)}.`,
    derived: ({ role, place, condition }) => `Die Rolle „${role}“, die von selbst gilt, erlaubt es${within(place)}${onlyIf(condition)}.`,
    direct: ({ who, place, condition, ...time }) => `Es wurde ${who} persönlich erlaubt${within(place)}${during(time)}${onlyIf(condition)}.`,
    forbids: ({ role, place, condition }) => `Die Rolle „${role}“ verbietet es${within(place)}${onlyIf(condition)}.`,
    inactive: ({ role, waiting, from, until }) => {
      const source = role ? `Die Rolle „${role}“` : "Ein persönliches Recht";
      if (waiting) return `${source} würde es erlauben, ${WAITING[waiting] ?? "ist aber nicht aktiv"}.`;
      if (from && until) return `${source} erlaubt es nur vom ${from} bis zum ${until}.`;
      return from ? `${source} erlaubt es erst ab dem ${from}.` : `${source} erlaubte es bis zum ${until}.`;
    },
    product: (product) => `Es gehört zum Produkt „${product}“, und das ist nicht abonniert.`,
  },
  condition: {
    not: (inner) => `nicht gilt, dass ${inner}`,
    exists: (value) => `${value} bekannt ist`,
    in: (value, list) => `${value} zu ${list} gehört`,
    eq: (left, right) => `${left} gleich ${right} ist`,
    ne: (left, right) => `${left} nicht gleich ${right} ist`,
    lt: (left, right) => `${left} vor ${right} liegt`,
    le: (left, right) => `${left} höchstens ${right} ist`,
    gt: (left, right) => `${left} nach ${right} liegt`,
    ge: (left, right) => `${left} mindestens ${right} ist`,
  },
  variables: {
    "scope.visibility": "die Sichtbarkeit dieses Ortes",
    "scope.parent.visibility": "die Sichtbarkeit dessen, worin er liegt,",
    "scope.accessOnInvitation": "der sofortige Zugang",
    "subject.id": "diese Person",
    "resource.sharedWith": "denen, mit denen es geteilt ist,",
    "role.id": "die Rolle",
    "scope.type": "die Art des Ortes",
    "scope.viewRoles": "den Rollen, die hier ansehen dürfen,",
    "scope.useRoles": "den Rollen, die hier verwenden dürfen,",
    "scope.createRoles": "den Rollen, die hier hinzufügen dürfen,",
    "scope.editRoles": "den Rollen, die hier bearbeiten dürfen,",
  },
  everything: "alles",
  change: {
    anyRole: "irgendeine Rolle",
    noRule: "Keine Regel handelt davon.",
    closest: ({ number }) => `Regel ${number} kommt am nächsten.`,
    reason: {
      suspended: ({ actor }) => `${actor} darf nichts ändern: Das Konto ist gesperrt.`,
      "unknown-scope": () => "Dieser Ort ist nicht bekannt.",
      "role-unavailable": () => "Diese Rolle kann hier nicht vergeben werden.",
      "unknown-permission": () => "Dieses Recht ist nicht bekannt.",
      "not-held": ({ target }) => `${target} hat das nicht.`,
    },
    lacks: {
      by: ({ actor, roles }) => `Sie gilt für ${roles} an diesem Ort, und das ist ${actor} nicht.`,
      bySelf: () => "Sie gilt für das, was jemand an den eigenen Rollen ändert.",
      byCan: ({ actor, permissions }) => `Sie gilt für alle, die ${permissions} dürfen, und ${actor} darf das nicht.`,
      self: ({ actor }) => `Niemand erweitert die eigenen Rechte, also auch ${actor} nicht.`,
      statuses: ({ statuses }) => `Sie vergibt das nur als ${statuses}.`,
      targetStatus: ({ target, statuses }) => `${target} müsste dort schon ${statuses} sein, mindestens so lange.`,
      revoke: ({ actor, target }) => `${target} hat das schon, und ${actor} darf es nicht entziehen.`,
      targetLacks: ({ target, roles }) => `${target} darf dort nicht schon ${roles} haben.`,
      vacant: () => "Jemand hat das dort schon.",
      targetHolds: ({ target, roles }) => `${target} müsste zuerst ${roles} sein.`,
      when: ({ condition }) => `Sie gilt nur, sofern ${condition}.`,
      noEscalation: ({ actor }) => `Niemand gibt mehr, als er hat, und ${actor} hat weniger.`,
    },
    constraint: {
      exclusive: ({ id, roles, most }) => `Bedingung „${id}“: Niemand hat mehr als ${most} der Rollen ${roles}.`,
      perSubject: ({ id, roles, most }) => `Bedingung „${id}“: Niemand ist an mehr als ${most} Ort ${roles}.`,
      minimum: ({ id, roles, least }) => `Bedingung „${id}“: Mindestens ${least} Person bleibt ${roles}, ohne Enddatum.`,
      maximum: ({ id, roles, most }) => `Bedingung „${id}“: Nicht mehr als ${most} Personen dürfen in diesem Paket ${roles} sein.`,
    },
  },
  would: (roles) => `Es gehört zu ${roles}.`,
  turns: (moment) => `Diese Antwort gilt mindestens bis zum ${moment}.`,
};
