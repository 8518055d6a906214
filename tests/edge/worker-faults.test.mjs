// What the example `examples/edge-worker` answers when what it needs is not there: D1, and the API that it guards; and
// what becomes of bodies that are too large. Nothing is let in by any of it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import test, { after, before } from "node:test";
import { ending, example, running, seed, TOKENS } from "./support/edge-worker.mjs";

const ends = ending(after);
const PATH = "/workspaces/sales";
const QUESTION = {
  subject: { type: "user", id: "anna" },
  action: { name: "view" },
  resource: { type: "relation", id: "bakery" },
};
let edge;
let failing;
before(async () => {
  const source = readFileSync(new URL("support/failing.mjs", import.meta.url), "utf8");
  edge = await running(example("faults", { "failing.mjs": source }), ends, { script: "failing.mjs", variables: { UPSTREAM_TIMEOUT: 400 } });
  await seed(edge);
  failing = async (faults = {}) => (await edge.ask("/test/faults", { method: "POST", body: JSON.stringify(faults) })).json();
});

const refused = async (response) => [response.status, (await response.json()).error];

for (const how of ["throws", "hangs"]) {
  test(`D1 down, it ${how}: nobody is let in, and it answers again when it is back`, async () => {
    assert.equal((await edge.as("anna", PATH)).status, 200);
    const before = edge.api.requests.length;
    const lines = (await edge.logged("decision")).length;
    await failing({ DIRECTORY: how });
    try {
      const answers = await Promise.all([edge.as("anna", PATH), edge.as("anna", "/settings"), edge.as("anna", "/session/snapshot")]);
      assert.deepEqual(await Promise.all(answers.slice(0, 2).map(refused)), Array(2).fill([503, "decision-unavailable"]));
      assert.equal(answers[2].status, 503);
      const denied = await edge.service("evaluation", QUESTION);
      assert.deepEqual([denied.status, (await denied.json()).decision], [500, false]);
      for (const search of ["search/subject", "search/resource", "search/action"]) assert.equal((await edge.service(search, QUESTION)).status, 500);
      assert.equal((await edge.logged("decision")).length, lines, "nothing was decided");
      assert.ok((await edge.logged("fault")).some(({ of }) => of === "decision"));
    } finally {
      await failing();
    }
    assert.equal(edge.api.requests.length, before);
    assert.equal((await edge.as("anna", PATH)).status, 200);
  });
}

test("the table of revoked keys cannot be read: no session is good", async () => {
  await failing({ KEYS: "throws" });
  try {
    assert.equal((await edge.as("anna", PATH)).status, 503);
    assert.equal((await edge.as("anna", "/session/snapshot")).status, 503);
    assert.equal((await edge.service("evaluation", QUESTION)).status, 200, "services have no session");
  } finally {
    await failing();
  }
});

test("an upstream that hangs is waited for no longer than was said", async () => {
  edge.api.answer = () => {};
  try {
    const began = performance.now();
    assert.deepEqual(await refused(await edge.as("anna", PATH)), [504, "upstream-late"]);
    const took = performance.now() - began;
    assert.ok(took >= 390 && took < 3000, `${took} ms`);
    const others = await Promise.all(Array.from({ length: 20 }, () => edge.as("anna", PATH)));
    assert.deepEqual(new Set(others.map(({ status }) => status)), new Set([504]));
    assert.equal((await edge.as("anna", "/session/snapshot")).status, 200, "all else goes on");
  } finally {
    edge.api.answer = undefined;
  }
});

test("an upstream that hangs in the middle of what it says does not hold the caller", async () => {
  edge.api.answer = (_, response) => response.writeHead(200, { "content-length": "100" }).write("half");
  try {
    const response = await edge.as("anna", PATH);
    await assert.rejects(response.text());
  } finally {
    edge.api.answer = undefined;
  }
});

test("an upstream that fails is a bad gateway, and its own errors are its own", async () => {
  edge.api.answer = (request) => request.socket.destroy();
  try {
    assert.deepEqual(await refused(await edge.as("anna", PATH)), [502, "upstream-failed"]);
    edge.api.answer = (_, response) => response.writeHead(500).end("sorry");
    const own = await edge.as("anna", PATH);
    assert.deepEqual([own.status, await own.text()], [500, "sorry"]);
  } finally {
    edge.api.answer = undefined;
  }
});

/** Sends 50 MB, as long as somebody takes them; gives the status, and how much was taken. */
async function flood(path, token, isAnnounced) {
  const size = 50_000_000;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", ...(isAnnounced && { "content-length": size }) };
  const sending = request(`${edge.origin}${path}`, { method: "POST", headers });
  let status;
  const answered = new Promise((resolve) => {
    sending.on("response", (response) => {
      ({ statusCode: status } = response);
      response.resume();
      resolve();
    });
    sending.on("error", resolve);
  });
  const chunk = Buffer.alloc(65_536, "x");
  let sent = 0;
  while (sent < size && status === undefined && !sending.destroyed) {
    const part = chunk.subarray(0, Math.min(chunk.length, size - sent));
    sent += part.length;
    if (!sending.write(part)) await Promise.race([once(sending, "drain").catch(() => {}), answered]);
    // The answer is heard between two chunks.
    await new Promise(setImmediate);
  }
  if (status === undefined) sending.end();
  await answered;
  sending.destroy();
  return { status, sent };
}

for (const isAnnounced of [true, false]) {
  test(`a body of 50 MB, ${isAnnounced ? "announced" : "in chunks"}, is refused before it is read whole`, async () => {
    const places = [
      ["/access/v1/evaluation", TOKENS.SERVICE_TOKEN],
      ["/policies", TOKENS.PUBLISHER_TOKEN],
      ["/workspaces/sales/relations", await edge.keys.token("anna")],
    ];
    for (const [path, token] of places) {
      const { status, sent } = await flood(path, token, isAnnounced);
      assert.equal(status, 413, path);
      assert.ok(sent < 20_000_000, `${path} took ${sent} bytes`);
    }
    assert.ok(edge.api.requests.every(({ size }) => size <= 5_000_000), "no more than its bound reached the upstream");
    assert.equal((await edge.as("anna", PATH)).status, 200);
  });
}

test("a body of somebody who may not is not taken at all", async () => {
  const before = edge.api.requests.length;
  for (const [path, token, expected] of [
    ["/access/v1/evaluation", "x".repeat(20), 401],
    ["/policies", TOKENS.SERVICE_TOKEN, 401],
    ["/workspaces/finance/relations", await edge.keys.token("anna"), 403],
    ["/nowhere", await edge.keys.token("anna"), 404],
  ]) {
    const { status, sent } = await flood(path, token, false);
    assert.equal(status, expected, path);
    assert.ok(sent < 20_000_000, `${path} took ${sent} bytes`);
  }
  assert.equal(edge.api.requests.length, before);
});

test("a body within its bound passes whole, announced or not", async () => {
  const body = "x".repeat(3_000_000);
  const sized = async (given) => (await (await edge.as("anna", `${PATH}/relations`, { method: "POST", ...given })).json()).body.length;
  assert.equal(await sized({ body }), body.length);
  assert.equal(await sized({ body: new Blob([body]).stream(), duplex: "half" }), body.length);
});
