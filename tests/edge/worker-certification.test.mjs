// Every check of the certification scenario against the worker of the example `examples/edge-worker`, in workerd and over
// HTTPS.

import assert from "node:assert/strict";
import { Agent, request } from "node:https";
import test, { after, before } from "node:test";
import { checks, directory, policy } from "./certification/checks.mjs";
import { ending, example, running, seed, TOKENS } from "./support/edge-worker.mjs";

const ends = ending(after);
// The certificate is miniflare's own. No connection is used twice: one is closed when a body is refused unread.
const agent = new Agent({ rejectUnauthorized: false });
ends(() => agent.destroy());

let point;
before(async () => {
  const added = { "seed/policy.json": JSON.stringify(policy), "seed/directory.json": JSON.stringify(directory) };
  const edge = await running(example("certification", added), ends, { options: { https: true } });
  await seed(edge, "");
  point = { base: edge.origin, send: (path, init) => send(edge.origin, path, init) };
});

/** Sends a request as a service, by Node's own client: `fetch` would not take the certificate. */
async function send(origin, path, { method, headers = {}, body = "" }) {
  const sending = request(`${origin}${path}`, { method, agent, headers: { ...headers, authorization: `Bearer ${TOKENS.SERVICE_TOKEN}` } });
  const response = await new Promise((resolve, reject) => sending.on("response", resolve).on("error", reject).end(body));
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return new Response(Buffer.concat(chunks), { status: response.statusCode, headers: response.headers });
}

test("there are checks of every level", () => {
  assert.equal(new Set(checks.map(({ level }) => level)).size, 7);
});

for (const { name, run } of checks) test(name, () => run(point));
