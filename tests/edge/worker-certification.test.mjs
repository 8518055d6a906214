// Every check of the certification scenario, and every case of the todo scenario, against the worker of the example
// `examples/edge-worker`, in workerd and over HTTPS.

import assert from "node:assert/strict";
import { Agent, request } from "node:https";
import test, { after, before } from "node:test";
import * as certification from "./certification/checks.mjs";
import { ending, example, running, seed, TOKENS } from "./support/edge-worker.mjs";
import * as todo from "./todo/cases.mjs";

const ends = ending(after);
// The certificate is miniflare's own. No connection is used twice: one is closed when a body is refused unread.
const agent = new Agent({ rejectUnauthorized: false });
ends(() => agent.destroy());

/** A worker that answers from a policy and a directory, as the checks ask a decision point. */
async function pointOf(name, { policy, directory }) {
  const added = { "seed/policy.json": JSON.stringify(policy), "seed/directory.json": JSON.stringify(directory) };
  const edge = await running(example(name, added), ends, { options: { https: true } });
  await seed(edge, "");
  return { base: edge.origin, send: (path, init) => send(edge.origin, path, init) };
}

let point;
let todoPoint;
before(async () => {
  point = await pointOf("certification", certification);
  todoPoint = await pointOf("todo", todo);
});

/** Sends a request as a service, by Node's own client: `fetch` would not take the certificate. */
async function send(origin, path, { method, headers = {}, body = "" }) {
  const sending = request(`${origin}${path}`, { method, agent, headers: { ...headers, authorization: `Bearer ${TOKENS.SERVICE_TOKEN}` } });
  const response = await new Promise((resolve, reject) => sending.on("response", resolve).on("error", reject).end(body));
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return new Response(Buffer.concat(chunks), { status: response.statusCode, headers: response.headers });
}

test("there are checks of every level, and 43 cases", () => {
  assert.equal(new Set(certification.checks.map(({ level }) => level)).size, 7);
  assert.equal(todo.checks.length, 43);
});

for (const { name, run } of certification.checks) test(name, () => run(point));
for (const { name, run } of todo.checks) test(name, () => run(todoPoint));
