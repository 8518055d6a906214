// What the scenario asks of every level: sections 2.3 to 2.6 and 5, at each endpoint that the level has.

import assert from "node:assert/strict";
import { act, answer, json, post, record, refusedBody, user } from "./expect.mjs";

const WHOLE = { subject: user("alice"), action: act("read"), resource: record("record-1") };
const { subject, resource } = WHOLE;

/** Of each endpoint a sound question. */
const QUESTIONS = {
  evaluation: WHOLE,
  evaluations: { ...WHOLE, evaluations: [{}, { action: act("write") }] },
  subjects: { ...WHOLE, subject: user() },
  resources: { ...WHOLE, resource: record() },
  actions: { subject, resource },
};

const ID = "0b5c6d1e-certification-7";

/** One case for each endpoint, unless there is but one. */
const at = (endpoints, id, claim, run) =>
  endpoints.map((endpoint) => ({
    id,
    claim: endpoints.length === 1 ? claim : `${claim} (${endpoint})`,
    run: (point) => run(point, endpoint, QUESTIONS[endpoint]),
  }));

/** The cases of all levels, at these endpoints. */
export const common = (endpoints) => [
  ...at(endpoints, "2.4.3", "a content type that is not JSON: 400", async (point, endpoint, question) => {
    const body = JSON.stringify(question);
    for (const type of ["text/plain", "application/xml", "application/x-www-form-urlencoded"]) {
      await refusedBody(point, endpoint, body, { "content-type": type });
    }
  }),
  ...at(endpoints, "2.4.4", "a body that is not JSON: 400", async (point, endpoint, question) => {
    const body = JSON.stringify(question);
    for (const broken of [body.slice(0, -1), `${body}}`, "{", "not json", "{'subject': 1}"]) await refusedBody(point, endpoint, broken);
  }),
  ...at(endpoints, "2.4.5", "an empty body: 400", (point, endpoint) => refusedBody(point, endpoint, "")),
  ...at(endpoints, "2.5.1", "the request id is sent back", async (point, endpoint, question) => {
    const headers = { "content-type": "application/json", "x-request-id": ID };
    const response = await post(point, endpoint, JSON.stringify(question), headers);
    await json(response);
    assert.equal(response.headers.get("x-request-id"), ID);
  }),
  ...at(endpoints, "2.5.2", "no request id, and none is missed", (point, endpoint, question) => answer(point, endpoint, question)),
  ...at(endpoints, "2.6", "the same question gets the same answer each time", async (point, endpoint, question) => {
    const first = await answer(point, endpoint, question);
    for (let time = 0; time < 4; time += 1) assert.deepEqual(await answer(point, endpoint, question), first);
  }),
  ...at(endpoints, "5.1", "JSON is accepted over HTTPS, with or without parameters of the type", async (point, endpoint, question) => {
    assert.equal(new URL(point.base).protocol, "https:");
    const body = JSON.stringify(question);
    for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON"]) {
      await json(await post(point, endpoint, body, { "content-type": type }));
    }
  }),
  ...at(endpoints, "5.2", "an answer has the status 200 and is JSON", (point, endpoint, question) => answer(point, endpoint, question)),
  ...at(endpoints, "5.3", "a question without anything that it needs: 400", (point, endpoint) => refusedBody(point, endpoint, "{}")),
  ...at(endpoints, "5.4", "the request id is sent back with an error", async (point, endpoint) => {
    const headers = { "content-type": "application/json", "x-request-id": ID };
    const response = await post(point, endpoint, "{}", headers);
    assert.deepEqual([response.status, response.headers.get("x-request-id")], [400, ID]);
  }),
  ...at(endpoints, "5.5", "unknown members are passed over", async (point, endpoint, question) => {
    const more = { foo: "bar", futureField: { nested: true } };
    const entities = Object.fromEntries(["subject", "action", "resource"].filter((name) => name in question).map((name) => [name, { ...question[name], ...more }]));
    assert.deepEqual(await answer(point, endpoint, { ...question, ...entities, ...more }), await answer(point, endpoint, question));
  }),
];

/** Where the metadata of a decision point are. */
export function wellKnown({ base }) {
  return `/.well-known/authzen-configuration${new URL(base).pathname.replace(/\/$/, "")}`;
}

/** The metadata; undefined: there are none. */
export async function metadataOf(point) {
  const response = await point.send(wellKnown(point), { method: "GET" });
  return response.status === 404 ? undefined : json(response);
}
