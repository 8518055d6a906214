// What holds of the questions over a policy.

import { ANNA, BO, DOCUMENT, equal, thrownBy } from "./facts.mjs";

export const TOOLS = {
  "the matrix has what every role gives": async ({ openTools }) => {
    const { roles, cells } = (await openTools(DOCUMENT)).matrix();
    equal(roles, ["sales", "bookkeeper", "editor"]);
    equal([cells.sales["crm:view"], cells.sales["crm.relation:edit"]], ["allow", "conditional"]);
    equal([cells.bookkeeper["invoice:view"], cells.editor["crm:view"] ?? "nothing"], ["allow", "nothing"]);
  },

  "the roles with the fewest further permissions are recommended": async ({ openTools }) => {
    const tools = await openTools(DOCUMENT);
    equal(tools.recommend(["crm:view"]).roles, ["sales"]);
    equal(tools.recommend(["crm:view", "invoice:edit"]).roles, ["bookkeeper"]);
    equal(tools.recommend(["crm.relation:delete"]).missing, ["crm.relation:delete"]);
  },

  "who may is listed": async ({ openTools }) => {
    const tools = await openTools(DOCUMENT);
    equal(tools.who("crm:view", [ANNA, BO, { id: "guest" }]), { allow: ["anna", "bo"], conditional: [] });
    equal(tools.who("invoice:view", [ANNA, BO], { entitlements: ["finance"] }).allow, ["bo"]);
  },

  "what a newer policy changes is told": async ({ openTools }) => {
    const tools = await openTools(JSON.stringify(DOCUMENT));
    const { roles } = tools.diff({ ...DOCUMENT, roles: { ...DOCUMENT.roles, editor: { scopes: ["workspace"], allow: ["page:view"] } } });
    equal(roles, { editor: { gained: [], lost: ["page:edit"], changed: [] } });
  },

  "what is legal but suspicious is told": async ({ openTools }) => {
    const codes = (await openTools(DOCUMENT)).lint().map(({ severity }) => severity);
    equal(codes.length > 0 && codes.every((severity) => severity === "warning"), true);
  },

  "a question with a typo is an error": async ({ openTools, PolicyError }) => {
    const tools = await openTools(DOCUMENT);
    equal(await thrownBy(() => tools.recommend(["crm:veiw"])) instanceof PolicyError, true);
  },
};
