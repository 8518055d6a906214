// How `grantlet serve` runs: what it takes over and what it refuses to, who may ask, what is too large or too slow, its
// log, and its end.

import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { directory, policy } from "./certification/checks.mjs";
import { folder, sender, serving, until } from "./support/serving.mjs";

const EVALUATION = "/access/v1/evaluation";
const READS = { subject: { type: "user", id: "alice" }, action: { name: "read" }, resource: { type: "record", id: "record-1" } };
const QUESTION = JSON.stringify(READS);
const JSON_TYPE = { "content-type": "application/json" };
const WORDS = ["--policy", "policy.json", "--directory", "directory.json"];

const files = (t) => folder(t, { "policy.json": policy, "directory.json": directory });
const ask = async (send, headers = {}) => send(EVALUATION, { method: "POST", headers: { ...JSON_TYPE, ...headers }, body: QUESTION });

/** The answer as the decision and the version of the policy. */
async function answered(send) {
  const { decision, context } = await (await ask(send)).json();
  return [decision, context.policyVersion];
}

/** A file that is put in the place of another one, as editors do. */
function replaced(cwd, name, content) {
  writeFileSync(join(cwd, `${name}.new`), typeof content === "string" ? content : JSON.stringify(content));
  renameSync(join(cwd, `${name}.new`), join(cwd, name));
}

const nobodyReads = { ...policy, roles: { ...policy.roles, reader: { allow: ["record:delete"] } } };

test("a changed policy and directory are taken over, and broken ones are told and left", async (t) => {
  const cwd = files(t);
  const { url, written } = await serving(t, cwd, [...WORDS, "--watch"]);
  const send = sender(url);
  const [first, before] = await answered(send);
  assert.equal(first, true);
  assert.match(before, /^[0-9a-f]{12}$/);

  replaced(cwd, "policy.json", nobodyReads);
  const [later, after] = await changed(send, before);
  assert.equal(later, false);

  writeFileSync(join(cwd, "policy.json"), '{ "grantlet": 1, "resources": {}, "role": {} }');
  await until(() => written.err.includes(`policy ${after} goes on answering`), () => written.err);
  assert.match(written.err, /^policy\.json:1:35: error\[unknown-key\]: unknown key `role`\n {2}help: did you mean `roles`\?$/m);
  assert.deepEqual(await answered(send), [false, after]);

  writeFileSync(join(cwd, "policy.json"), JSON.stringify(policy));
  assert.deepEqual(await changed(send, after), [true, before]);

  const told = written.err.length;
  writeFileSync(join(cwd, "directory.json"), '{ "subjects": [{ "id": "alice", "assignments": [{ "role": 7 }] }] }');
  await until(() => written.err.slice(told).includes("goes on answering"), () => written.err);
  assert.match(written.err, /^directory\.json:1:\d+: error\[[a-z-]+\]/m);
  assert.deepEqual(await answered(send), [true, before]);

  writeFileSync(join(cwd, "directory.json"), '{ "subjects": [] }');
  for (let time = 0; time < 200 && (await answered(send))[0]; time += 1) await new Promise((go) => setTimeout(go, 25));
  assert.deepEqual(await answered(send), [false, before]);
});

/** The answer of the next policy that answers. */
async function changed(send, version) {
  for (let time = 0; time < 400; time += 1) {
    const answer = await answered(send);
    if (answer[1] !== version) return answer;
    await new Promise((go) => setTimeout(go, 25));
  }
  throw new Error(`${version} still answers`);
}

test("a directory with a fault is refused at the start, where it stands", async (t) => {
  const cwd = folder(t, {
    "policy.json": policy,
    "directory.yaml": "subjects:\n  - { id: alice, assignments: [{ role: editor, from: soon }] }\nresources:\n  - { type: record, id: 1 }\n",
  });
  await assert.rejects(serving(t, cwd, ["--policy", "policy.json", "--directory", "directory.yaml"]), /directory\.yaml:4:/);
});

test("a token is needed where there are tokens, and each of them will do", async (t) => {
  const tokens = ["0123456789abcdef".repeat(2), "fedcba9876543210".repeat(2)];
  const cwd = files(t);
  writeFileSync(join(cwd, "tokens.txt"), `${tokens.join("\n")}\n`);
  const { url } = await serving(t, cwd, [...WORDS, "--token-file", "tokens.txt"]);
  const send = sender(url);
  for (const token of tokens) {
    assert.equal((await ask(send, { authorization: `Bearer ${token}` })).status, 200);
    assert.equal((await ask(send, { authorization: `bearer  ${token}` })).status, 200);
  }
  const wrong = [{}, ...["", "Bearer", "Bearer ", `Bearer ${tokens[0].slice(1)}`, `Bearer ${tokens[0]} x`, `Basic ${tokens[0]}`, tokens[0], `Bearer ${tokens.join(" ")}`].map((authorization) => ({ authorization }))];
  for (const headers of wrong) {
    const response = await ask(send, { ...headers, "x-request-id": "7" });
    assert.equal(response.status, 401, JSON.stringify(headers));
    assert.deepEqual([response.headers.get("www-authenticate"), response.headers.get("x-request-id")], ["Bearer", "7"]);
    assert.doesNotMatch(await response.text(), /decision/);
  }
  assert.equal((await send("/.well-known/authzen-configuration")).status, 401);
});

test("on this machine alone, it is asked by this machine's names and that of its identifier", async (t) => {
  const { url } = await serving(t, files(t), [...WORDS, "--url", "https://pdp.example.com"]);
  const { port } = new URL(url);
  const send = sender(url);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "LOCALHOST", "[::1]:80", "pdp.example.com", "pdp.example.com:443"]) {
    assert.equal((await ask(send, { host })).status, 200, host);
  }
  for (const host of ["evil.example", `evil.example:${port}`, "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example"]) {
    assert.equal((await ask(send, { host })).status, 403, host);
  }
});

test("where other machines reach it, it warns unless there are tokens, and takes any name", async (t) => {
  const cwd = files(t);
  writeFileSync(join(cwd, "tokens.txt"), "0123456789abcdef0123456789abcdef\n");
  const open = await serving(t, cwd, [...WORDS, "--host", "0.0.0.0"]);
  await until(() => open.written.err.includes("`--token-file FILE`"), () => open.written.err);
  assert.match(open.written.err, /^warning: `0\.0\.0\.0` is reached from other machines/);
  assert.equal((await ask(sender(open.url), { host: "pdp.example.com" })).status, 200);
  const guarded = await serving(t, cwd, [...WORDS, "--host", "0.0.0.0", "--token-file", "tokens.txt"]);
  assert.equal((await ask(sender(guarded.url))).status, 401);
  assert.equal(guarded.written.err, "");
});

test("a body of 50 MB is refused with 413 before it is read, with its length and without", async (t) => {
  const { url, child } = await serving(t, files(t), WORDS);
  const { port } = new URL(url);
  const piece = Buffer.alloc(64 * 1024, 32);
  const most = 50 * 1024 * 1024;
  const head = `POST ${EVALUATION} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  for (const chunked of [false, true]) {
    const socket = connect(Number(port), "127.0.0.1");
    let answer = "";
    let sent = 0;
    socket.setEncoding("latin1").on("data", (text) => (answer += text)).on("error", () => {});
    socket.write(`${head}${chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${most}`}\r\n\r\n`);
    for (; sent < most && answer === ""; sent += piece.length) {
      const text = chunked ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]) : piece;
      // Past the timers: where writing takes long, the next one is due at once, and an answer would not be read.
      if (!socket.write(text)) await new Promise((go) => setTimeout(() => setImmediate(go), 5));
    }
    await until(() => answer.includes("\r\n\r\n"), () => `no answer after ${sent} bytes`);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /^connection: close\r$/im);
    assert.doesNotMatch(answer, /"decision"/);
    assert.ok(sent < most / 2, `${sent} bytes were taken`);
    await until(() => socket.destroyed || socket.readableEnded, () => "the connection stays open");
    socket.destroy();
  }
  assert.equal((await ask(sender(url))).status, 200);
  const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]);
  assert.ok(memory < 300 * 1024, `${memory} KiB`);
});

test("a request that does not arrive in time is refused, and others are answered meanwhile", async (t) => {
  const { url } = await serving(t, files(t), [...WORDS, "--timeout", "1"]);
  const { port } = new URL(url);
  for (const begun of ["POST /access/v1/eval", `POST ${EVALUATION} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`]) {
    const socket = connect(Number(port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (text) => (answer += text)).on("error", () => {});
    socket.write(begun);
    assert.equal((await ask(sender(url))).status, 200);
    await until(() => answer !== "", () => "no answer");
    assert.match(answer, /^HTTP\/1\.1 408 /);
    socket.destroy();
  }
});

test("every decision is a line of the log before it is answered, and what cannot be logged is denied", async (t) => {
  const cwd = files(t);
  const { url } = await serving(t, cwd, [...WORDS, "--log", "decisions.jsonl"]);
  const send = sender(url);
  for (let count = 1; count <= 20; count += 1) {
    await ask(send, { "x-request-id": `r${count}` });
    const lines = readFileSync(join(cwd, "decisions.jsonl"), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(lines.length, count);
    const { time, duration, policyVersion, ...rest } = lines.at(-1);
    assert.ok(Math.abs(Date.now() - time) < 60_000 && duration >= 0 && /^[0-9a-f]{12}$/.test(policyVersion));
    const { subject, resource } = READS;
    assert.deepEqual(rest, { endpoint: "evaluation", requestId: `r${count}`, subject, action: "read", resource, decision: true, reason: "granted" });
  }
  const full = await serving(t, cwd, [...WORDS, "--log", "/dev/full"]);
  const response = await ask(sender(full.url));
  assert.equal(response.status, 500);
  assert.equal((await response.json()).decision, false);
  await until(() => full.written.err.includes("ENOSPC"), () => full.written.err);
});

test("a log on the standard output has nothing but entries in it", async (t) => {
  const { url, written } = await serving(t, files(t), [...WORDS, "--log", "-"]);
  await ask(sender(url));
  await until(() => written.out.endsWith("\n"), () => written.out);
  assert.equal(JSON.parse(written.out).decision, true);
  assert.match(written.err, /^listening on /);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal}: what was asked is answered, nobody else is taken, and the exit code is 0`, async (t) => {
    const { url, child, closed } = await serving(t, files(t), WORDS);
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (text) => (answer += text));
    const whole = `POST ${EVALUATION} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${QUESTION.length}\r\n\r\n`;
    // One that is answered, so that the connection is known to be taken, and half of the next one.
    socket.write(`${whole}${QUESTION}`);
    await until(() => answer.includes('"decision":true'), () => answer);
    answer = "";
    socket.write(`${whole}${QUESTION.slice(0, 20)}`);
    await new Promise((go) => setTimeout(go, 100));
    child.kill(signal);
    const isClosed = () => ask(sender(url)).then(() => false, () => true);
    for (let time = 0; !(await isClosed()); time += 1) assert.ok(time < 100, "it still takes connections");
    assert.equal(child.exitCode, null);
    socket.write(QUESTION.slice(20));
    const [code, by] = await closed;
    assert.match(answer, /^HTTP\/1\.1 200 [\s\S]*"decision":true/);
    assert.deepEqual([code, by], [0, null]);
  });
}

test("a port in use is said", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  t.after(() => taken.close());
  await new Promise((go) => taken.once("listening", go));
  const { port } = taken.address();
  const cwd = files(t);
  const said = new RegExp(`grantlet: port ${port} of \`127\\.0\\.0\\.1\` is in use\\n  help: `);
  await assert.rejects(serving(t, cwd, WORDS, port), said);
});

test("for machines, the first line is JSON", async (t) => {
  const { url, written } = await serving(t, files(t), [...WORDS, "--json"]);
  const line = JSON.parse(written.out);
  assert.deepEqual(Object.keys(line), ["url", "policyVersion"]);
  assert.equal(line.url, url);
});

/** A request as text, whole or in chunks. */
function written(question, chunked = false) {
  const body = JSON.stringify(question);
  const head = `POST ${EVALUATION} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  if (!chunked) return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const chunks = [body.slice(0, 10), body.slice(10), ""].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunks.join("")}`;
}

test("requests that come one behind the other, in whatever pieces, are answered each for itself and in order", async (t) => {
  const { url } = await serving(t, files(t), WORDS);
  const writes = { ...READS, subject: { type: "user", id: "bob" }, action: { name: "write" } };
  const get = `GET ${EVALUATION} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const requests = [written(READS), written(writes), written(READS, true), written(writes, true), get, written(writes).replace("evaluation", "none"), written(READS)];
  for (const piece of [Infinity, 7]) {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let answer = "";
    socket.setNoDelay().setEncoding("latin1").on("data", (text) => (answer += text));
    const text = requests.join("");
    for (let at = 0; at < text.length; at += piece) {
      socket.write(text.slice(at, at + piece));
      if (piece < Infinity) await new Promise((go) => setTimeout(go, 1));
    }
    const found = () => [...answer.matchAll(/HTTP\/1\.1 (\d+)|"decision":(\w+)/g)].map(([, status, decision]) => status ?? decision).join(" ");
    const expected = "200 true 200 false 200 true 200 false 405 404 200 true";
    await until(() => found() === expected, () => found());
    socket.destroy();
  }
});
