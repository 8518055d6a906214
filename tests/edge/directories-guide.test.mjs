// The guide to directories, run as it stands there: its files are written into a project, the tables made by Wrangler's
// command, and its Workers asked in workerd.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after } from "node:test";
import { loadPolicy } from "grantlet";
import { decisionPoint } from "grantlet/authzen";
import { program, run, scratch } from "../runtimes/support/pack.mjs";
import { worker } from "../runtimes/support/wrangler.mjs";

const guide = readFileSync(new URL("../../docs/guides/directories.md", import.meta.url), "utf8");

/** The blocks of code that begin with the name of a file, by that name. */
const files = Object.fromEntries([...guide.matchAll(/^```\w+\n(?:\/\/|--) (\S+)\n([\s\S]+?)^```$/gm)].map(([, name, code]) => [name, code]));
const project = scratch("directories-guide", { files, packages: [] });
const settings = JSON.parse(files["wrangler.json"]);

const opened = [];
after(() => Promise.all(opened.map((miniflare) => miniflare.dispose())));

const when = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
const POLICY = {
  grantlet: 1,
  resources: { page: { actions: ["view"] } },
  roles: { owner: { allow: [{ permissions: ["page:view"], when }] } },
};
const DIRECTORY = {
  subjects: [{ id: "anna", assignments: [{ role: "owner" }] }],
  resources: [
    { type: "page", id: "p1", attributes: { owner: "anna" } },
    { type: "page", id: "p2", attributes: { owner: "ben" } },
  ],
};
const question = (id) => ({ subject: { type: "user", id: "anna" }, action: { name: "view" }, resource: { type: "page", ...(id && { id }) } });

test("every block of code is a file or a command that is run here", () => {
  assert.deepEqual(Object.keys(files), ["wrangler.json", "src/worker.js", "src/admin.js", "migrations/0001_resources_by_owner.sql", "src/own.js"]);
  assert.equal(guide.match(/^```\w+$/gm).length, Object.keys(files).length + 1);
});

test("the tables are made, facts and a policy are written, and the Worker answers from them", async () => {
  const [command] = guide.match(/^npx wrangler .+$/m);
  const words = command.split(" ").slice(2);
  const env = { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: `${project}/logs` };
  const told = run(process.execPath, [program("wrangler"), ...words], { cwd: project, env });
  assert.match(told, /0001_directory\.sql/);

  const state = `${project}/.wrangler/state/v3`;
  const [database] = settings.d1_databases;
  const bindings = { d1Databases: { DIRECTORY: database.database_id }, d1Persist: `${state}/d1`, kvNamespaces: ["POLICIES"], kvPersist: `${state}/kv` };
  const started = (script) => {
    const miniflare = worker(project, script, settings.compatibility_date, bindings);
    opened.push(miniflare);
    const headers = { "content-type": "application/json" };
    return (path, body) => miniflare.dispatchFetch(`https://pdp.example.com${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  };
  const admin = started("src/admin.js");
  assert.equal((await admin("/put", DIRECTORY)).status, 204);
  assert.equal((await admin("/publish", { version: "1", policy: POLICY })).status, 204);

  const ask = started(settings.main);
  const evaluate = async (id) => (await ask("/access/v1/evaluation", question(id))).json();
  assert.deepEqual(await evaluate("p1"), { decision: true, context: { reason: "granted", policyVersion: "1" } });
  assert.equal((await evaluate("p2")).decision, false);
  const { results } = await (await ask("/access/v1/search/resource", question())).json();
  assert.deepEqual(results, [{ type: "page", id: "p1" }]);

  const d1 = await opened[1].getD1Database("DIRECTORY");
  await d1.prepare(files["migrations/0001_resources_by_owner.sql"]).run();
  assert.deepEqual((await (await ask("/access/v1/search/resource", question())).json()).results, results);
  assert.equal((await admin("/remove", { subjects: ["anna"] })).status, 204);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  assert.equal((await evaluate("p1")).context.reason, "unknown-subject");
});

test("a directory of one's own answers, and what it throws denies", async () => {
  const { ownDirectory } = await import(`${project}/src/own.js`);
  const among = (list) => (id) => list.find((one) => one.id === id);
  const service = { user: among(DIRECTORY.subjects), document: among(DIRECTORY.resources) };
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory: ownDirectory(service) });
  assert.deepEqual([(await point.evaluate(question("p1"))).decision, (await point.evaluate(question("p2"))).decision], [true, false]);
  service.user = () => { throw new Error("the service is down"); };
  await assert.rejects(point.evaluate(question("p1")), /down/);
});
