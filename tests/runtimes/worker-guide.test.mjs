// The guide for Workers, run as it stands there: its files are written into a project, bundled by Wrangler, and asked in
// workerd.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { run, scratch } from "./support/pack.mjs";
import { worker } from "./support/wrangler.mjs";

const guide = readFileSync(new URL("../../docs/guides/worker.md", import.meta.url), "utf8");

/** The blocks of code that begin with the name of a file, by that name. */
const files = Object.fromEntries(
  [...guide.matchAll(/^```\w+\n\/\/ (\S+)\n([\s\S]+?)^```$/gm)].map(([, name, code]) => [name, code]),
);
const project = scratch("worker-guide", { files, packages: [] });
const settings = JSON.parse(files["wrangler.json"]);

const opened = [];
after(() => Promise.all(opened.map((worker) => worker.dispose())));

/** The Worker of a script. */
function started(script, options) {
  const miniflare = worker(project, script, settings.compatibility_date, options);
  opened.push(miniflare);
  return miniflare;
}

test("every block of code is a file that is run here", () => {
  const names = ["src/policy.json", "src/worker.js", "src/data.js", "wrangler.json", "src/page.js", "release.js", "src/stored.js"];
  assert.deepEqual(Object.keys(files), names);
  assert.equal(guide.match(/^```\w+$/gm).length, names.length + 1, "and one to install the package");
});

test("the Worker decides every request, and hands the page a snapshot", async () => {
  const miniflare = started(settings.main);
  const ask = (path, { method = "GET", token = "of-bo" } = {}) =>
    miniflare.dispatchFetch(`http://localhost${path}`, { method, headers: { authorization: `Bearer ${token}` } });

  assert.deepEqual(await (await ask("/invoices/1")).json(), { closed: false });
  assert.equal((await ask("/invoices/1", { method: "PUT" })).status, 200);
  const closed = await ask("/invoices/2", { method: "PUT" });
  assert.deepEqual([closed.status, await closed.json()], [403, { permission: "invoice:edit", reason: "not-granted" }]);
  const guest = await ask("/invoices/1", { token: "stolen" });
  assert.deepEqual([guest.status, await guest.json()], [403, { permission: "invoice:view", reason: "not-granted" }]);
  assert.equal((await ask("/invoices/3")).status, 404);

  const page = await import(join(project, "src/page.js"));
  const { fetch } = globalThis;
  globalThis.fetch = (path) => ask(path);
  const session = await page.openSession().finally(() => {
    globalThis.fetch = fetch;
  });
  assert.equal(session.can("invoice:view"), true);
  assert.equal(session.decide("invoice:edit").effect, "conditional");
  assert.equal(session.section("invoices"), "enabled");
});

test("a compiled policy is loaded from where it is stored", async () => {
  run(process.execPath, ["release.js"], { cwd: project });
  const miniflare = started("src/stored.js", { kvNamespaces: ["POLICIES"] });
  assert.equal((await miniflare.dispatchFetch("http://localhost/")).ok, false, "nothing is stored yet");
  const policies = await miniflare.getKVNamespace("POLICIES");
  await policies.put("policy", Uint8Array.from(readFileSync(join(project, "policy.bin"))));
  assert.deepEqual(await (await miniflare.dispatchFetch("http://localhost/")).json(), { roles: ["bookkeeper"] });
});
