// What holds of the decision point, whatever speaks fetch there.

import { ANNA, BO, DOCUMENT, equal } from "./facts.mjs";

const DIRECTORY = {
  context: { entitlements: ["finance"], scopes: { "workspace:north": {} } },
  subjects: [ANNA, BO],
  resources: [
    { type: "crm.relation", id: "r1", attributes: { owner: "anna", locked: false } },
    { type: "crm.relation", id: "r2", attributes: { owner: "anna", locked: true } },
    { type: "page", id: "p1", scope: "workspace:north" },
  ],
};
const PDP = "https://pdp.example.com";
const anna = { type: "user", id: "anna" };
const relation = (id, properties) => ({ type: "crm.relation", id, ...(properties && { properties }) });

/** Asks a decision point of the list's own people, made as `options` say. */
async function asking({ authzenHandler, memoryDirectory }, { grantlet }, options = {}) {
  const policy = await grantlet.loadPolicy(DOCUMENT);
  const handler = authzenHandler({ policy: { policy, version: "7" }, directory: memoryDirectory(DIRECTORY), ...options });
  return async (path, question) => {
    const headers = { "content-type": "application/json", "x-request-id": "q1" };
    const body = typeof question === "string" ? question : JSON.stringify(question);
    return handler(new Request(`${PDP}/access/v1/${path}`, { method: "POST", headers, body }));
  };
}

const decisions = async (response) => (await response.json()).evaluations.map(({ decision }) => decision);

export const AUTHZEN = {
  "a decision point answers with its reason, and names the policy": async (authzen, entries) => {
    const ask = await asking(authzen, entries);
    const response = await ask("evaluation", { subject: anna, action: { name: "edit" }, resource: relation("r1") });
    equal([response.status, response.headers.get("content-type"), response.headers.get("x-request-id")], [200, "application/json", "q1"]);
    equal(await response.json(), { decision: true, context: { reason: "granted", policyVersion: "7" } });
    const denied = await ask("evaluation", { subject: anna, action: { name: "edit" }, resource: relation("r2") });
    equal(await denied.json(), { decision: false, context: { reason: "forbidden", policyVersion: "7" } });
  },

  "what a request says of a record counts": async (authzen, entries) => {
    const ask = await asking(authzen, entries);
    const question = { subject: anna, action: { name: "edit" } };
    const evaluations = [relation("r1"), relation("r1", { owner: "bo" }), relation("new", { owner: "anna", locked: false })];
    const response = await ask("evaluations", { ...question, evaluations: evaluations.map((resource) => ({ resource })) });
    equal(await decisions(response), [true, false, true]);
  },

  "several decisions end as the caller wants": async (authzen, entries) => {
    const ask = await asking(authzen, entries);
    const evaluations = ["delete", "edit", "view"].map((name) => ({ action: { name } }));
    const several = async (evaluations_semantic) =>
      decisions(await ask("evaluations", { subject: anna, resource: relation("r1"), evaluations, options: { evaluations_semantic } }));
    equal(await several("execute_all"), [false, true, true]);
    equal(await several("deny_on_first_deny"), [false]);
    equal(await several("permit_on_first_permit"), [false, true]);
  },

  "searches give what decisions allow": async (authzen, entries) => {
    const ask = await asking(authzen, entries);
    const found = async (path, question) => (await (await ask(`search/${path}`, question)).json()).results;
    const edit = { name: "edit" };
    equal(await found("subject", { subject: { type: "user" }, action: edit, resource: { type: "invoice", id: "i1" } }), [{ type: "user", id: "bo" }]);
    equal(await found("resource", { subject: anna, action: edit, resource: { type: "crm.relation" } }), [{ type: "crm.relation", id: "r1" }]);
    equal(await found("resource", { subject: anna, action: edit, resource: { type: "page" } }), [{ type: "page", id: "p1" }]);
    equal(await found("action", { subject: anna, resource: relation("r1") }), [{ name: "view" }, { name: "edit" }]);
  },

  "a search is paged": async (authzen, entries) => {
    const ask = await asking(authzen, entries);
    const question = { subject: { type: "user" }, action: { name: "view" }, resource: { type: "crm", id: "c" } };
    const first = await (await ask("search/subject", { ...question, page: { limit: 1 } })).json();
    const second = await (await ask("search/subject", { ...question, page: { token: first.page.next_token } })).json();
    equal([first.results, second.results, second.page.next_token], [[{ type: "user", id: "anna" }], [{ type: "user", id: "bo" }], ""]);
  },

  "the metadata name the endpoints": async ({ authzenHandler }, { grantlet }) => {
    const handler = authzenHandler({ policy: await grantlet.loadPolicy(DOCUMENT) });
    const response = await handler(new Request(`${PDP}/.well-known/authzen-configuration`));
    const { policy_decision_point, search_action_endpoint } = await response.json();
    equal([policy_decision_point, search_action_endpoint], [PDP, `${PDP}/access/v1/search/action`]);
  },

  "a request that is none is refused": async (authzen, entries) => {
    const ask = await asking(authzen, entries, { limits: { body: 1000 } });
    const statusOf = async (question) => (await ask("evaluation", question)).status;
    equal([await statusOf("{"), await statusOf({ subject: anna }), await statusOf(`"${"x".repeat(1000)}"`)], [400, 400, 413]);
  },

  "a fault denies": async (authzen, entries) => {
    const faults = [];
    const fails = () => {
      throw new Error("the database is gone");
    };
    const ask = await asking(authzen, entries, { directory: { subject: fails, resource: fails }, fault: ({ message }) => faults.push(message) });
    const response = await ask("evaluation", { subject: anna, action: { name: "edit" }, resource: relation("r1") });
    equal([response.status, (await response.json()).decision, faults[0]], [500, false, "the database is gone"]);
  },
};
