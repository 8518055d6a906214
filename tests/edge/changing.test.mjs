// 10,000 requests at a time, over 200 connections, while the policy of `grantlet serve` changes: each answer is that of the policy
// that it names, all answers of a request are of one, and every one of them is in the log.

import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import test from "node:test";
import { directory, policy } from "./certification/checks.mjs";
import { folder, sender, serving } from "./support/serving.mjs";

const REQUESTS = 10_000;
const nobodyReads = { ...policy, roles: { ...policy.roles, reader: { allow: ["record:delete"] } } };
const READS = { subject: { type: "user", id: "alice" }, action: { name: "read" }, resource: { type: "record", id: "record-1" } };
const BODY = JSON.stringify({ ...READS, evaluations: [{}, { subject: { type: "user", id: "bob" } }, { subject: { type: "user", id: "eve" } }] });

test("while policies change, no answer is of half of one, and none is missing in the log", { timeout: 120_000 }, async (t) => {
  const cwd = folder(t, { "policy.json": policy, "directory.json": directory });
  const words = ["--policy", "policy.json", "--directory", "directory.json", "--watch", "--log", "log.jsonl"];
  const { url, written } = await serving(t, cwd, words);
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  t.after(() => agent.destroy());
  const send = sender(url, { agent });
  const [, reading] = /policy (\S+)$/m.exec(written.out);

  let isOver = false;
  const changing = (async () => {
    for (let turn = 1; !isOver; turn += 1) {
      const content = turn % 3 === 0 ? '{ "grantlet": 1,' : JSON.stringify(turn % 3 === 1 ? nobodyReads : policy);
      writeFileSync(join(cwd, "next.json"), content);
      renameSync(join(cwd, "next.json"), join(cwd, "policy.json"));
      await new Promise((go) => setTimeout(go, 400));
    }
  })();
  const one = async (_, index) => {
    const headers = { "content-type": "application/json", "x-request-id": `r${index}` };
    const response = await send("/access/v1/evaluations", { method: "POST", headers, body: BODY });
    assert.equal(response.status, 200);
    const { evaluations } = await response.json();
    const [{ context }] = evaluations;
    const may = context.policyVersion === reading;
    assert.deepEqual(evaluations.map(({ decision }) => decision), [may, may, false]);
    for (const { context: other } of evaluations) assert.equal(other.policyVersion, context.policyVersion);
    return context.policyVersion;
  };
  const versions = new Map();
  const count = (list) => list.forEach((version) => versions.set(version, (versions.get(version) ?? 0) + 1));
  let asked = 0;
  // All at one time, and again until both policies have answered and the broken one was refused.
  do {
    const first = asked;
    count(await Promise.all(Array.from({ length: asked === 0 ? REQUESTS : 500 }, (_, index) => one(_, first + index))));
    asked += asked === 0 ? REQUESTS : 500;
  } while (versions.size < 2 || !written.err.includes("goes on answering"));
  isOver = true;
  await changing;
  assert.equal(versions.size, 2, JSON.stringify([...versions]));

  const lines = readFileSync(join(cwd, "log.jsonl"), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, 3 * asked);
  assert.equal(new Set(lines.map(({ requestId }) => requestId)).size, asked);
  for (const { decision, policyVersion, subject } of lines) assert.equal(decision, policyVersion === reading && subject.id !== "eve");
});
