// `grantlet serve`: the certification's checks and the todo scenario against the running program, over http behind an
// address of https and over https of its own.

import { createRequire } from "node:module";
import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import * as certification from "./certification/checks.mjs";
import { folder, sender, serving } from "./support/serving.mjs";
import * as todo from "./todo/cases.mjs";

const { generate } = await import(createRequire(new URL("../runtimes/package.json", import.meta.url)).resolve("selfsigned"));
const names = [{ type: 2, value: "localhost" }, { type: 7, ip: "127.0.0.1" }];
const certificate = await generate([{ name: "commonName", value: "localhost" }], { extensions: [{ name: "subjectAltName", altNames: names }] });

/** Of each way that the decision point is reached: how it is started, and as which point it is asked. */
const WAYS = {
  "http, behind an address of https": {
    words: ["--url", "https://pdp.example.com"],
    point: (url) => ({ base: "https://pdp.example.com", send: sender(url, { agent: new Agent({ keepAlive: true }) }) }),
  },
  "http, below a path": {
    words: ["--url", "https://pdp.example.com/tenants/north/"],
    point: (url) => ({ base: "https://pdp.example.com/tenants/north", send: sender(url) }),
  },
  "https of its own": {
    words: ["--cert", "cert.pem", "--key", "key.pem"],
    point: (url) => ({ base: url, send: sender(url, { ca: certificate.cert, agent: new SecureAgent({ keepAlive: true }) }) }),
  },
};

for (const [way, { words, point }] of Object.entries(WAYS)) {
  test(`over ${way}`, async (t) => {
    for (const { policy, directory, checks } of [certification, todo]) {
      const cwd = folder(t, { "policy.json": policy, "directory.json": directory });
      writeFileSync(join(cwd, "cert.pem"), certificate.cert);
      writeFileSync(join(cwd, "key.pem"), certificate.private);
      const { url } = await serving(t, cwd, ["--policy", "policy.json", "--directory", "directory.json", ...words]);
      for (const { name, run } of checks) await t.test(name, () => run(point(url)));
    }
  });
}
