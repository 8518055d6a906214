// What the example `examples/edge-worker` answers when what it needs is not there: D1, and the API that it guards; and
// what becomes of bodies that are too large. Nothing is let in by any of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
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
  edge = await running(example("faults", { "failing.mjs": source }), ends, { script: "failing.mjs", variables: { UPSTREAM_TIMEOUT: 400, DIRECTORY_KEPT: 1 } });
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
      const searches = await Promise.all(["subject", "resource", "action"].map((name) => edge.service(`search/${name}`, QUESTION)));
      assert.deepEqual(searches.map(({ status }) => status), [500, 500, 500]);
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

test("an upstream that hangs is waited for no longer than was said", { timeout: 30_000 }, async () => {
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

test("an upstream that hangs in the middle of what it says is cut off, and what came is not taken for whole", { timeout: 30_000 }, async () => {
  for (const headers of [{ "content-length": 2_000_000 }, {}]) {
    for (const size of [4, 1_000_000]) {
      edge.api.answer = (_, response) => response.writeHead(200, headers).write("x".repeat(size));
      const began = performance.now();
      // A connection of its own: one that was cut off may be taken for the next request before its end has arrived.
      const response = await edge.as("anna", PATH, { headers: { connection: "close" } });
      const whole = await response.text().then(
        (text) => response.ok && text.length > 0,
        () => false,
      );
      assert.equal(whole, false, `${size} bytes`);
      const took = performance.now() - began;
      assert.ok(took > 350 && took < 3000, `${took} ms`);
    }
  }
  edge.api.answer = undefined;
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
  for (;;) {
    const { status, sent } = await sending(path, token, isAnnounced);
    // Who goes on sending to a connection that was closed can miss the answer. Then it is tried anew.
    if (status !== undefined || sent > 20_000_000) return { status, sent };
  }
}

async function sending(path, token, isAnnounced) {
  const size = 50_000_000;
  const socket = connect(Number(new URL(edge.origin).port), "127.0.0.1");
  let answer = "";
  let isOver = false;
  socket.on("data", (data) => (answer += data));
  socket.on("error", () => (isOver = true));
  socket.on("close", () => (isOver = true));
  const framing = isAnnounced ? `content-length: ${size}` : "transfer-encoding: chunked";
  socket.write(`POST ${path} HTTP/1.1\r\nhost: edge\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n${framing}\r\n\r\n`);
  const part = Buffer.alloc(65_536, " ");
  const chunk = isAnnounced ? part : Buffer.concat([Buffer.from("10000\r\n"), part, Buffer.from("\r\n")]);
  let sent = 0;
  while (sent + part.length < size && answer === "" && !isOver) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (socket.writableNeedDrain) continue;
    socket.write(chunk);
    sent += part.length;
  }
  for (let wait = 0; answer === "" && !isOver && wait < 100; wait += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  return { status: status === undefined ? undefined : Number(status), sent };
}

for (const isAnnounced of [true, false]) {
  test(`a body of 50 MB, ${isAnnounced ? "announced" : "in chunks"}, is refused before it is read whole`, async () => {
    const received = edge.api.requests.length;
    const places = [
      ["/access/v1/evaluation", TOKENS.SERVICE_TOKEN, 413],
      ["/policies", TOKENS.PUBLISHER_TOKEN, 413],
      ["/workspaces/sales/relations", await edge.keys.token("anna"), isAnnounced ? 413 : 411],
    ];
    for (const [path, token, expected] of places) {
      const { status, sent } = await flood(path, token, isAnnounced);
      assert.equal(status, expected, path);
      assert.ok(sent < 20_000_000, `${path} took ${sent} bytes`);
    }
    assert.equal(edge.api.requests.length, received, "nothing of it reached the upstream");
    assert.equal((await edge.as("anna", PATH)).status, 200);
  });
}

test("a body of somebody who may not is not taken", async () => {
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

test("a body within its bound passes whole", async () => {
  const body = "x".repeat(3_000_000);
  const sized = await edge.as("anna", `${PATH}/relations`, { method: "POST", body });
  assert.equal((await sized.json()).body.length, body.length);
  const none = await edge.as("chantal", "/invoices/2026-001/approval", { method: "POST" });
  assert.deepEqual([none.status, (await none.json()).body], [200, ""]);
});

test("what the table of costs says that a decision takes is what it takes", async () => {
  const { OPERATIONS } = await import(pathToFileURL(join(edge.project, "cost.mjs")));
  const taken = async (asking) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await failing();
    const lines = (await edge.logged("decision")).length;
    assert.equal((await asking()).status, 200);
    const { "DIRECTORY rows": directory, "KEYS rows": keys = 0 } = await failing();
    return { "D1 rows read": directory + keys, "log lines": (await edge.logged("decision")).length - lines };
  };
  const counted = (kind) => ({ "D1 rows read": OPERATIONS[kind]["D1 rows read"], "log lines": OPERATIONS[kind]["log lines"] ?? 0 });
  assert.deepEqual(await taken(() => edge.service("evaluation", QUESTION)), counted("a service asks"));
  assert.deepEqual(await taken(() => edge.as("anna", "/relations/bakery")), counted("a request is guarded"));
  assert.deepEqual(await taken(() => edge.as("anna", "/session/snapshot")), counted("a page gets its snapshot"));
});
