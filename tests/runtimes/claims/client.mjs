// What holds of a snapshot's session, which has no evaluator behind it.

import { ANNA, DOCUMENT, equal, thrownBy, until } from "./facts.mjs";

/** A snapshot as it arrives in a page: two permissions and a section, at the root and at one scope. */
const SNAPSHOT = {
  grantlet: 1,
  validUntil: null,
  permissions: ["crm:view", "crm:edit"],
  sections: ["crm"],
  root: { reasons: "48", states: "1" },
  scopes: { "workspace:north": { reasons: "45", states: "2" } },
};

export const CLIENT = {
  "a snapshot answers": ({ openSnapshot }) => {
    const page = openSnapshot(SNAPSHOT);
    equal([page.can("crm:view"), page.can("crm:edit"), page.can("crm:veiw")], [true, false, false]);
    equal(page.decide("crm:edit"), { effect: "deny", reason: "not-granted", because: [] });
    equal(page.decide("crm:edit", { scope: "workspace:north" }).effect, "conditional");
    equal(page.decide("crm:view", { scope: "workspace:south" }).reason, "unknown-scope");
  },

  "a snapshot tells what becomes of sections": ({ openSnapshot }) => {
    const page = openSnapshot(SNAPSHOT);
    equal([page.section("crm"), page.section("cmr")], ["enabled", "hidden"]);
    equal(page.sections({ scope: "workspace:north" }), { crm: "disabled" });
  },

  "a snapshot denies when its time is over, and says so to its subscribers": async ({ openSnapshot }) => {
    let told = 0;
    const page = openSnapshot({ ...SNAPSHOT, validUntil: Date.now() + 100 });
    page.subscribe(() => (told += 1));
    equal(page.can("crm:view"), true);
    await until(() => told > 0);
    equal([page.can("crm:view"), page.decide("crm:view").reason, page.section("crm")], [false, "expired", "hidden"]);
    equal(told, 1);
  },

  "what is no snapshot is refused": async ({ openSnapshot }) => {
    equal(await thrownBy(() => openSnapshot({ grantlet: 2 })) instanceof TypeError, true);
  },

  "a snapshot answers as the session that it was taken of": async ({ openSnapshot }, { grantlet }) => {
    const policy = await grantlet.loadPolicy(DOCUMENT);
    const session = policy.session(ANNA);
    const page = openSnapshot(JSON.parse(JSON.stringify(session.snapshot({ scopes: ["workspace:north"] }))));
    for (const request of [undefined, { scope: "workspace:north" }]) {
      for (const name of policy.permissions) {
        const [{ effect, reason }, wanted] = [page.decide(name, request), session.decide(name, request)];
        equal([name, effect, reason], [name, wanted.effect, wanted.reason]);
      }
      equal(page.sections(request), session.sections(request));
    }
  },
};
