// What holds of every entry that loads policies.

import { ANNA, BO, bytes, DOCUMENT, equal, largeText, TEXT, thrownBy, until } from "./facts.mjs";

async function session({ loadPolicy }, subject = ANNA, context) {
  return (await loadPolicy(DOCUMENT)).session(subject, context);
}

/** That a source is a policy that answers. */
async function answers({ loadPolicy }, source) {
  const policy = await loadPolicy(source);
  equal(policy.roles, ["sales", "bookkeeper", "editor"]);
  equal(policy.session(ANNA).can("crm:view"), true);
  equal(policy.session(ANNA).can("invoice:view"), false);
}

export const EVALUATOR = {
  "a policy is loaded from an object": (grantlet) => answers(grantlet, DOCUMENT),

  "a policy is loaded from text": (grantlet) => answers(grantlet, TEXT),

  "a policy is loaded from bytes": async (grantlet) => {
    await answers(grantlet, bytes());
    await answers(grantlet, bytes().buffer);
  },

  "a policy is loaded from a response, and from a promise of one": async (grantlet) => {
    await answers(grantlet, new Response(TEXT));
    await answers(grantlet, Promise.resolve(new Response(TEXT)));
  },

  "a policy is loaded from a URL": (grantlet) =>
    answers(grantlet, new URL(`data:application/json,${encodeURIComponent(TEXT)}`)),

  "a policy of half a million characters is loaded": async ({ loadPolicy }) => {
    const text = largeText();
    equal(text.length > 256 * 1024, true);
    const policy = await loadPolicy(text);
    equal(policy.session({ id: "x", assignments: [{ role: "all" }] }).allowed().length, 6000);
  },

  "what is granted is allowed, and nothing else": async (grantlet) => {
    const anna = await session(grantlet);
    equal(anna.can("crm.relation:view"), true);
    equal(anna.can("crm.relation:delete"), false);
    equal(anna.can("invoice:edit"), false);
  },

  "a typo in a permission is no permission": async (grantlet) => {
    const anna = await session(grantlet);
    equal(anna.can("crm.relation:veiw"), false);
    equal(anna.decide("crm.relation:veiw").reason, "unknown-permission");
    equal(anna.can("constructor"), false);
  },

  "a handle answers as its name does": async ({ loadPolicy }) => {
    const policy = await loadPolicy(DOCUMENT);
    const anna = policy.session(ANNA);
    equal(anna.can(policy.permission("crm:view")), true);
    equal(anna.can(policy.permission("invoice:view")), false);
  },

  "a condition reads the record": async (grantlet) => {
    const anna = await session(grantlet);
    const edit = (resource) => anna.can("crm.relation:edit", { resource });
    equal(anna.can("crm.relation:edit"), false);
    equal(anna.decide("crm.relation:edit").effect, "conditional");
    equal([edit({ owner: "anna", locked: false }), edit({ owner: "bo", locked: false })], [true, false]);
    equal([edit({ owner: "anna", locked: true }), edit({ owner: "anna" }), edit({})], [false, false, false]);
  },

  "an assignment counts at its scope": async (grantlet) => {
    const anna = await session(grantlet);
    equal(anna.can("page:edit"), false);
    equal(anna.can("page:edit", { scope: "workspace:north" }), true);
    equal(anna.can("page:edit", { scope: "workspace:south" }), false);
    equal(anna.decide("page:edit", { scope: "folder:1" }).reason, "unknown-scope");
  },

  "a decision says why": async (grantlet) => {
    const bo = await session(grantlet, BO);
    const { effect, reason, because } = bo.decide("crm:view");
    equal([effect, reason, because[0].role, because[0].pointer], ["allow", "granted", "bookkeeper", "/roles/sales/allow/0"]);
    equal(bo.decide("invoice:view").reason, "entitlement");
  },

  "sections are enabled, disabled, locked or hidden": async (grantlet) => {
    const bo = await session(grantlet, BO);
    equal(bo.section("finance"), "locked");
    equal(bo.sections(), { relations: "disabled", finance: "locked", pages: "hidden", crm: "enabled" });
    equal(bo.section("fniance"), "hidden");
  },

  "everything that is allowed is listed": async (grantlet) => {
    equal((await session(grantlet)).allowed(), ["crm:view", "crm.relation:view"]);
    equal((await session(grantlet)).allowed({ scope: "workspace:north" }).includes("page:edit"), true);
  },

  "an update turns answers and tells the subscribers": async (grantlet) => {
    const bo = await session(grantlet, BO);
    let told = 0;
    const unsubscribe = bo.subscribe(() => (told += 1));
    bo.update({ context: { entitlements: ["finance"] } });
    equal([bo.can("invoice:view"), bo.section("finance"), told], [true, "enabled", 1]);
    unsubscribe();
    bo.update({ subject: ANNA });
    equal([bo.can("invoice:view"), told], [false, 1]);
  },

  "a time bound turns answers by itself": async (grantlet) => {
    const policy = await grantlet.loadPolicy(DOCUMENT);
    const end = Date.now() + 100;
    const guest = policy.session({ id: "guest", assignments: [{ role: "sales", until: end }] });
    equal([guest.can("crm:view"), guest.validUntil], [true, end]);
    await until(() => Date.now() >= end);
    equal([guest.can("crm:view"), guest.decide("crm:view").reason], [false, "inactive"]);
  },

  "facts that the policy does not know are inert and listed": async (grantlet) => {
    const guest = await session(grantlet, { id: "guest", assignments: [{ role: "sals" }] });
    equal([guest.allowed(), guest.warnings.length], [[], 1]);
  },

  "a bad policy is an error with the place of its fault": async ({ loadPolicy, PolicyError }) => {
    const error = await thrownBy(() => loadPolicy({ ...DOCUMENT, roles: { sales: { allow: ["crm:veiw"] } } }));
    equal(error instanceof PolicyError, true);
    equal(error.diagnostics[0].pointer, "/roles/sales/allow/0");
    const broken = await thrownBy(() => loadPolicy("{"));
    equal(broken instanceof PolicyError, true);
  },

  "a policy is checked without an exception": async ({ checkPolicy }) => {
    equal(await checkPolicy(DOCUMENT), []);
    const [first] = await checkPolicy({ ...DOCUMENT, entitlement: [] });
    equal([first.severity, first.pointer], ["error", "/entitlement"]);
  },

  "a compiled policy comes back from its bytes": async (grantlet) => {
    const compiled = (await grantlet.loadPolicy(DOCUMENT)).toBytes();
    equal(compiled instanceof Uint8Array, true);
    await answers(grantlet, compiled);
    const damaged = compiled.slice();
    damaged[damaged.length - 3] ^= 1;
    equal((await thrownBy(() => grantlet.loadPolicy(damaged))).code, "corrupt");
  },

  "a change of roles is decided": async ({ loadPolicy }) => {
    const policy = await loadPolicy(DOCUMENT);
    const change = (actor) => policy.decideChange({ actor, target: { id: "new" }, assign: { role: "sales" } });
    equal([change(BO).allowed, change(BO).reason], [true, "granted"]);
    equal([change(ANNA).allowed, change(ANNA).reason], [false, "not-administrator"]);
  },

  "a snapshot is plain data of one subject's answers": async (grantlet) => {
    const taken = (await session(grantlet)).snapshot({ scopes: ["workspace:north"] });
    equal(JSON.parse(JSON.stringify(taken)), taken);
    equal([taken.grantlet, taken.validUntil, Object.keys(taken.scopes)], [1, null, ["workspace:north"]]);
  },

  "what was freed throws and never answers": async ({ loadPolicy }) => {
    const policy = await loadPolicy(DOCUMENT);
    const anna = policy.session(ANNA);
    anna.free();
    equal((await thrownBy(() => anna.can("crm:view"))).message, "this session was freed");
    policy.free();
    equal((await thrownBy(() => policy.session(ANNA))).message, "this policy was freed");
  },
};
