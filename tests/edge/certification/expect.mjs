// How the checks ask a decision point, and what all of its answers have in common.

import assert from "node:assert/strict";

export const PATHS = {
  evaluation: "/access/v1/evaluation",
  evaluations: "/access/v1/evaluations",
  subjects: "/access/v1/search/subject",
  resources: "/access/v1/search/resource",
  actions: "/access/v1/search/action",
};

/** A subject, an action and a resource of the fixture. */
export const user = (id, properties) => ({ type: "user", ...(id && { id }), ...(properties && { properties }) });
export const act = (name, properties) => ({ name, ...(properties && { properties }) });
export const record = (id, properties) => ({ type: "record", ...(id && { id }), ...(properties && { properties }) });

export const CONTEXT = { time: "2025-06-27T18:03-07:00", ip: "192.168.1.1" };
export const ARCHIVED = { status: "archived" };
export const ADMIN = { role: "admin" };

/** The path of an endpoint, below that of the decision point. */
export function pathOf({ base }, endpoint) {
  return `${new URL(base).pathname.replace(/\/$/, "")}${PATHS[endpoint]}`;
}

/** Sends a body as it is. */
export function post(point, endpoint, body, headers = { "content-type": "application/json" }) {
  return point.send(pathOf(point, endpoint), { method: "POST", headers, body });
}

/** The JSON of a response with status 200 and the type that goes with it. */
export async function json(response) {
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.match(response.headers.get("content-type") ?? "", /^application\/json\s*(;|$)/);
  return JSON.parse(text);
}

/** What is answered to a question that is sound. */
export async function answer(point, endpoint, question) {
  return json(await post(point, endpoint, JSON.stringify(question)));
}

/** One decision: a boolean, and an object beside it at most. */
export function isDecision(one) {
  assert.equal(typeof one.decision, "boolean", JSON.stringify(one));
  if ("context" in one) isObject(one.context);
}

/** An object of JSON. */
export function isObject(value) {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), JSON.stringify(value));
}

/** Asks for one decision. */
export async function decision(point, question, endpoint = "evaluation") {
  const answered = await answer(point, endpoint, question);
  isDecision(answered);
  return answered.decision;
}

/** Asks for several: as many answers as there are questions. */
export async function decisions(point, question) {
  const { evaluations } = await answer(point, "evaluations", question);
  assert.ok(Array.isArray(evaluations));
  assert.equal(evaluations.length, question.evaluations.length);
  evaluations.forEach(isDecision);
  return evaluations.map((one) => one.decision);
}

/** Asks whom, on what or what: each result is of the kind that was searched for, and none stands there twice. */
export async function results(point, endpoint, question) {
  const answered = await answer(point, endpoint, question);
  const { results } = answered;
  assert.ok(Array.isArray(results), JSON.stringify(answered));
  if ("page" in answered) isPage(answered.page);
  if ("context" in answered) isObject(answered.context);
  const searched = { subjects: question.subject, resources: question.resource }[endpoint];
  const names = results.map((one) => {
    isObject(one);
    if (searched === undefined) return assert.equal(typeof one.name, "string"), one.name;
    assert.equal(typeof one.id, "string");
    assert.equal(one.type, searched.type);
    return one.id;
  });
  assert.equal(new Set(names).size, names.length);
  return names;
}

/** What leads from page to page. */
export function isPage(page) {
  isObject(page);
  assert.equal(typeof page.next_token, "string");
  for (const name of ["count", "total"]) if (name in page) assert.ok(Number.isInteger(page[name]) && page[name] >= 0);
}

/** That these are among the results. */
export function has(found, ...wanted) {
  for (const one of wanted) assert.ok(found.includes(one), `${one} is not among ${JSON.stringify(found)}`);
}

/** That a question is refused as one that is not sound. */
export async function refused(point, endpoint, question) {
  return refusedBody(point, endpoint, JSON.stringify(question));
}

/** The same of a body as it is. */
export async function refusedBody(point, endpoint, body, headers) {
  const response = await post(point, endpoint, body, headers);
  assert.equal(response.status, 400, await response.text());
}
