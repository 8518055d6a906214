// What the editor proposes inside a string, and what the compiler says of a typing error: names, and not the policy.

import assert from "node:assert/strict";
import test from "node:test";
import { proposed, said } from "./editor.mjs";

const PROGRAM = `
import { definePolicy, loadPolicy, type PermissionName } from "grantlet";
import { openSnapshot } from "grantlet/client";
import { openTools } from "grantlet/tools";
const written = definePolicy({
  grantlet: 1,
  resources: { crm: { actions: ["view"] }, "crm.relation": { actions: ["view", "edit"] } },
  roles: { sales: { allow: ["crm.relation:edit"] }, guest: { abstract: true } },
  sections: { relations: { show: ["crm.relation:view"] }, finance: { show: ["crm:view"] } },
});
const policy = await loadPolicy(written);
const session = policy.session({ id: "anna" });
const tools = await openTools(written);
const page = openSnapshot(session.snapshot());
`;
const PERMISSIONS = ["crm.relation:edit", "crm.relation:view", "crm:view"];
const REASONS = "conditional entitlement forbidden granted inactive not-granted suspended unknown-permission unknown-scope";

const PLACES = {
  'session.can("|")': PERMISSIONS,
  'session.can("crm.re|")': PERMISSIONS,
  'session.decide("|")': PERMISSIONS,
  'policy.permission("|")': PERMISSIONS,
  'page.can("|")': PERMISSIONS,
  'tools.recommend(["|"])': PERMISSIONS,
  'tools.who("|", [])': PERMISSIONS,
  'session.section("|")': ["finance", "relations"],
  "session.sections().|": ["finance", "relations"],
  'page.section("|")': ["finance", "relations"],
  'policy.session({ id: "anna" }, {}, { roles: ["|"] })': ["guest", "sales"],
  'session.update({ roles: ["|"] })': ["guest", "sales"],
  'if (session.decide("crm:view").reason === "|") {}': REASONS.split(" "),
  'if (page.decide("crm:view").reason === "|") {}': [...REASONS.split(" "), "expired"].sort(),
  'if (session.decide("crm:view").effect === "|") {}': ["allow", "conditional", "deny"],
  'if (session.section("finance") === "|") {}': ["disabled", "enabled", "hidden", "locked"],
  'switch (session.section("finance")) { case "|": }': ["disabled", "enabled", "hidden", "locked"],
};

for (const [line, expected] of Object.entries(PLACES)) {
  test(`names complete in \`${line}\``, () => assert.deepEqual(proposed(PROGRAM + line), expected));
}

test("the keys of a policy complete where it is written", () => {
  const before = `import { definePolicy } from "grantlet";\ndefinePolicy({ grantlet: 1, resources: {}, roles: { sales: { `;
  for (const key of ["allow", "deny", "inherits", "requires", "scopes"]) assert.ok(proposed(`${before}| } } })`).includes(key), key);
});

/** A message with each list of names in it sorted: a compiler lists them in the order in which it met them. */
const sorted = (message) => message.replace(/'([^']*)'/g, (_, list) => `'${list.split(" | ").sort().join(" | ")}'`);

const LIST = `"crm:view" | "crm.relation:view" | "crm.relation:edit"`;
const MISTAKES = {
  'session.can("crm.relation:edti")': `Argument of type '"crm.relation:edti"' is not assignable to parameter of type 'Permission | ${LIST}'.`,
  'policy.permission("crm.relation:edti")': `Argument of type '"crm.relation:edti"' is not assignable to parameter of type '${LIST}'.`,
  'page.can("crm.relation:edti")': `Argument of type '"crm.relation:edti"' is not assignable to parameter of type '${LIST}'.`,
  'const name: PermissionName<typeof written> = "crm.relation:edti"': `Type '"crm.relation:edti"' is not assignable to type '${LIST}'. Did you mean '"crm.relation:edit"'?`,
  'tools.recommend(["crm.relation:edti"])': `Type '"crm.relation:edti"' is not assignable to type '${LIST}'. Did you mean '"crm.relation:edit"'?`,
  'session.section("relation")': `Argument of type '"relation"' is not assignable to parameter of type '"relations" | "finance"'.`,
  "session.sections().relation": `Property 'relation' does not exist on type 'Record<"relations" | "finance", SectionState>'. Did you mean 'relations'?`,
  'session.update({ roles: ["slaes"] })': `Type '"slaes"' is not assignable to type '"sales" | "guest"'. Did you mean '"sales"'?`,
};

for (const [line, message] of Object.entries(MISTAKES)) {
  test(`the message names the names: \`${line}\``, () => {
    const found = said(PROGRAM + line).map(([, each]) => sorted(each));
    assert.deepEqual(found, [sorted(message)]);
  });
}

test("of two thousand permissions a message lists a few, and stays a line", () => {
  const resources = Array.from({ length: 500 }, (_, i) => `r${i}: { actions: ["view", "create", "edit", "delete"] }`);
  const written = `definePolicy({ grantlet: 1, resources: { ${resources.join(", ")} }, roles: {} })`;
  const program = `import { definePolicy, loadPolicy } from "grantlet";
    const session = (await loadPolicy(${written})).session({ id: "anna" });
    session.can("r400:edti");`;
  const [[place, message]] = said(program);
  assert.equal(place, '"r400:edti"');
  assert.match(message, /\| \.\.\. 19\d\d more \.\.\. \|/);
  assert.ok(message.length < 400, `${message.length}`);
  assert.equal(proposed(program.replace("r400:edti", "|")).length, 2_000);
});
