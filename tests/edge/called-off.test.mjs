// What becomes in workerd of those who wait for the lookup of a request that is called off.

import assert from "node:assert/strict";
import test from "node:test";
import { scratch } from "../runtimes/support/pack.mjs";
import { bundled } from "../runtimes/support/wrangler.mjs";
import { workerd } from "./support/d1.mjs";

const DATE = "2026-04-01";

/** A decision point over a cached directory that takes its time; `more` are more options of `cached`. */
const point = (more) => `import { waitUntil } from "cloudflare:workers";
import { loadPolicy } from "grantlet";
import { cached, decisionPoint } from "grantlet/authzen";

const POLICY = { grantlet: 1, resources: { page: { actions: ["view"] } }, roles: { reader: { allow: ["page:view"] } } };
const slow = {
  subject: async (id) => {
    await scheduler.wait(400);
    return { id, assignments: [{ role: "reader" }] };
  },
  resource: () => undefined,
  context: () => ({}),
};
let made;
const make = async () => decisionPoint({ policy: await loadPolicy(POLICY), directory: cached(slow, { milliseconds: 9000, most: 10, timeout: 2000, ${more} }) });
export default { fetch: async (request) => (await (made ??= make())).fetch(request) };
`;

/** Asks, calls that off once its lookup is under way, and asks again. */
const CALLER = `const ask = (env, signal) => {
  const body = JSON.stringify({ subject: { type: "user", id: "anna" }, action: { name: "view" }, resource: { type: "page", id: "p" } });
  return env.POINT.fetch("https://pdp.example.com/access/v1/evaluation", { method: "POST", headers: { "content-type": "application/json" }, body, signal });
};
export default {
  async fetch(request, env) {
    await env.POINT.fetch("https://pdp.example.com/.well-known/authzen-configuration");
    const controller = new AbortController();
    const first = ask(env, controller.signal).then(() => "answered", (thrown) => thrown.name);
    await scheduler.wait(100);
    controller.abort();
    await scheduler.wait(100);
    const response = await ask(env);
    return Response.json({ first: await first, status: response.status, ...(await response.json()) });
  },
};`;

async function asked(more) {
  const project = scratch("called-off", { files: { "point.js": point(more) }, packages: [] });
  const modules = bundled(project, "point.js", DATE);
  const miniflare = workerd({
    workers: [
      { name: "caller", modules: true, script: CALLER, compatibilityDate: DATE, serviceBindings: { POINT: "point" } },
      { name: "point", modules, modulesRoot: "/", compatibilityDate: DATE },
    ],
  });
  const { context, ...answer } = await (await miniflare.dispatchFetch("https://caller.example.com")).json();
  return { ...answer, reason: context.reason };
}

test("with `waitUntil` they are answered", async () => {
  assert.deepEqual(await asked("waitUntil"), { first: "AbortError", status: 200, decision: true, reason: "granted" });
});

test("without it they are denied", async () => {
  assert.deepEqual(await asked(""), { first: "AbortError", status: 500, decision: false, reason: undefined });
});
