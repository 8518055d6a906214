// The example `examples/edge-worker`: it compiles, Wrangler would deploy it, and what it lets through and hands out.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { openSnapshot } from "../../pkg/dist/client.js";
import { program, run } from "../runtimes/support/pack.mjs";
import { ending, example, running, seed, TOKENS, upstream } from "./support/edge-worker.mjs";

const ends = ending(after);
let project;
let edge;
before(async () => {
  project = example("guard");
  edge = await running(project, ends);
  await seed(edge);
});

const SALES = "/workspaces/sales";
const answered = async (response) => [response.status, (await response.json()).error];

test("it compiles", () => {
  run(process.execPath, [program("typescript", "tsc")], { cwd: project });
});

test("what the table and the policy allow reaches the upstream, and nothing else does", async () => {
  const { as, api } = edge;
  const through = async (who, method, path) => {
    const before = api.requests.length;
    const { status } = await as(who, path, { method });
    assert.equal(api.requests.length - before, status === 200 ? 1 : 0, `${method} ${path}`);
    return status;
  };
  assert.equal(await through("anna", "GET", SALES), 200);
  assert.equal(await through("anna", "GET", `${SALES}/relations`), 200);
  assert.equal(await through("anna", "POST", `${SALES}/relations`), 200);
  assert.equal(await through("anna", "POST", "/workspaces/finance/relations"), 403);
  assert.equal(await through("anna", "PUT", "/relations/bakery"), 200, "her own");
  assert.equal(await through("anna", "PUT", "/relations/garage"), 403, "another's");
  assert.equal(await through("anna", "PUT", "/relations/unknown"), 403, "nobody's");
  assert.equal(await through("mo", "DELETE", "/relations/garage"), 200);
  assert.equal(await through("mo", "GET", "/relations/printer"), 403, "of another workspace");
  assert.equal(await through("bo", "PUT", "/invoices/2026-001"), 200, "a draft");
  assert.equal(await through("bo", "PUT", "/invoices/2026-002"), 403, "no draft");
  assert.equal(await through("chantal", "POST", "/invoices/2026-001/approval"), 200, "within her limit");
  assert.equal(await through("chantal", "POST", "/invoices/2026-003/approval"), 403, "over it");
  assert.equal(await through("chantal", "POST", "/invoices/2026-004/approval"), 403, "her own");
  assert.equal(await through("sofie", "PUT", "/settings"), 200);
  assert.equal(await through("ruben", "PUT", "/settings"), 403, "suspended");
  assert.equal(await through("stranger", "GET", SALES), 403, "not in the directory");
});

test("a path that the table does not have is no path, whoever asks", async () => {
  const { as, api } = edge;
  const before = api.requests.length;
  const paths = ["/", "/relations", "/relations/", "/relations/bakery/", "//relations/bakery", "/relations/bakery/history", "/RELATIONS/bakery"];
  const encoded = ["/relations/bakery%2F..%2Fsettings", "/relations/%62akery", "/settings%00", "/settings;v=1", "/relations/a.b", "/access/v2/evaluation"];
  for (const path of [...paths, ...encoded]) assert.deepEqual(await answered(await as("sofie", path)), [404, "not-found"], path);
  const wrong = await as("sofie", "/settings", { method: "DELETE" });
  assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, "GET, PUT"]);
  for (const method of ["HEAD", "OPTIONS", "PATCH"]) assert.equal((await as("sofie", "/settings", { method })).status, 405);
  assert.equal(api.requests.length, before);
});

test("why somebody is refused is said, and nothing of the policy besides", async () => {
  const refused = await edge.as("anna", "/relations/garage", { method: "PUT" });
  assert.deepEqual([refused.status, await refused.json()], [403, { error: "not-granted" }]);
  assert.equal(refused.headers.get("cache-control"), "no-store");
});

test("the upstream is told who asks by the worker alone", async () => {
  const response = await edge.as("anna", "/relations/bakery?fields=name&x-subject=sofie", {
    method: "PUT",
    headers: {
      "x-subject": "sofie",
      "X-SUBJECT": "sofie",
      cookie: "session=1",
      "content-type": "application/json",
      "if-match": '"7"',
      "x-forwarded-user": "sofie",
      "x-http-method-override": "DELETE",
      "x-request-id": "r1",
    },
    body: '{"name":"Bakery"}',
  });
  const { method, url, headers, body } = await response.json();
  assert.deepEqual([method, url, body], ["PUT", "/relations/bakery?fields=name&x-subject=sofie", '{"name":"Bakery"}']);
  assert.equal(headers["x-subject"], "anna");
  assert.equal(headers.authorization, `Bearer ${TOKENS.UPSTREAM_TOKEN}`);
  assert.deepEqual([headers["if-match"], headers["x-request-id"], headers["content-type"]], ['"7"', "r1", "application/json"]);
  for (const name of ["cookie", "x-forwarded-user", "x-http-method-override"]) assert.equal(headers[name], undefined, name);
});

test("the paths of the table lie below that of the upstream", async () => {
  const api = await upstream();
  ends(api.stop);
  for (const path of ["/v1", "/v1/"]) {
    const below = await running(project, ends, { variables: { UPSTREAM: `${api.origin}${path}` } });
    await seed(below);
    const { url } = await (await below.as("anna", "/relations/bakery?fields=a%20b")).json();
    assert.equal(url, `${path.replace(/\/$/, "")}/relations/bakery?fields=a%20b`);
  }
});

test("what the upstream says comes back, without what is of the connection", async () => {
  const { api, as } = edge;
  api.answer = (_, response) =>
    response
      .writeHead(418, { "x-own": "1", connection: "close, x-hop", "x-hop": "1", "cache-control": "public, max-age=600", location: "https://example.com/" })
      .end("short and stout");
  try {
    const response = await as("anna", SALES);
    const header = (name) => response.headers.get(name);
    assert.deepEqual([response.status, await response.text(), header("x-own")], [418, "short and stout", "1"]);
    assert.deepEqual([header("x-hop"), header("cache-control")], [null, "private, no-cache"]);
    api.answer = (_, response) => response.writeHead(302, { location: `${api.origin}/elsewhere` }).end();
    const before = api.requests.length;
    const redirected = await as("anna", SALES, { redirect: "manual" });
    assert.deepEqual([redirected.status, api.requests.length - before], [302, 1], "it is not followed");
  } finally {
    api.answer = undefined;
  }
});

test("each decision is one line: who, what, answer, reason, policy version, duration", async () => {
  const { as, service, logged } = edge;
  const before = (await logged("decision")).length;
  await as("anna", "/relations/bakery", { method: "PUT", headers: { "x-request-id": "q-1" } });
  await as("bo", "/invoices/2026-002", { method: "PUT" });
  await service("evaluation", {
    subject: { type: "user", id: "anna", properties: { secret: "s-1" } },
    action: { name: "view" },
    resource: { type: "relation", id: "bakery", properties: { note: "s-2" } },
    context: { ip: "10.0.0.7" },
  });
  const lines = (await logged("decision")).slice(before);
  for (const line of lines) {
    assert.ok(line.duration >= 0 && Date.parse(line.at) <= Date.now());
    delete line.duration;
    delete line.at;
  }
  const line = (who, action, type, id, scope, answer, reason, more) => ({
    kind: "decision",
    who: { type: "user", id: who },
    what: { action, resource: { type, id }, scope },
    answer,
    endpoint: "evaluation",
    reason,
    policyVersion: "1",
    ...more,
  });
  assert.deepEqual(lines, [
    line("anna", "edit", "relation", "bakery", "workspace:sales", "allow", "granted", { requestId: "q-1" }),
    // The published policy lists this one variable.
    line("bo", "edit", "invoice", "2026-002", "workspace:finance", "deny", "not-granted", { attributes: { "resource.status": "sent" } }),
    line("anna", "view", "relation", "bakery", "workspace:sales", "allow", "granted"),
  ]);
});

test("the page is handed what it may show, and asks nobody else", async () => {
  const response = await edge.as("anna", "/session/snapshot");
  assert.equal(response.headers.get("cache-control"), "private, no-store");
  assert.equal(response.headers.get("policy-version"), "1");
  const text = await response.text();
  for (const word of ["resource.owner", "controller", "manager", "bakery", "chantal"]) assert.ok(!text.includes(word), word);
  const page = openSnapshot(JSON.parse(text));
  const scope = "workspace:sales";
  assert.equal(page.can("relation:create", { scope }), true);
  assert.equal(page.can("relation:create"), false);
  assert.equal(page.decide("relation:edit", { scope }).effect, "conditional");
  assert.equal(page.can("relation:edit", { scope }), false, "what depends on a record is the guard's to allow");
  assert.deepEqual(page.sections({ scope }), { relations: "enabled", invoices: "hidden", settings: "hidden" });
  assert.equal(page.can("relation:view", { scope: "workspace:finance" }), false, "of other scopes nothing is told");
  const bo = openSnapshot(await (await edge.as("bo", "/session/snapshot")).json());
  assert.equal(bo.section("invoices", { scope: "workspace:finance" }), "enabled");
});

test("there is no snapshot without a session, nor of somebody unknown", async () => {
  assert.deepEqual(await answered(await edge.ask("/session/snapshot")), [401, "no-token"]);
  assert.deepEqual(await answered(await edge.as("stranger", "/session/snapshot")), [403, "unknown-subject"]);
  assert.equal((await edge.as("anna", "/session/snapshot", { method: "POST" })).status, 405);
});

test("services show their token, and the wrong one opens nothing", async () => {
  const { ask, service, keys } = edge;
  const question = { subject: { type: "user", id: "anna" }, action: { name: "list" }, resource: { type: "relation", id: "*", properties: { scope: "workspace:sales" } } };
  const answer = await (await service("evaluation", question)).json();
  assert.deepEqual(answer, { decision: true, context: { reason: "granted", policyVersion: "1" } });
  const lines = (await edge.logged("decision")).length;
  const wrong = ["", "Bearer", "Bearer x", `Bearer ${TOKENS.SERVICE_TOKEN}x`, `Bearer ${TOKENS.SERVICE_TOKEN.slice(0, -1)}`, `Basic ${TOKENS.SERVICE_TOKEN}`];
  const others = [`Bearer ${TOKENS.SERVICE_TOKEN.replace("the", "thE")}`, `Bearer ${TOKENS.PUBLISHER_TOKEN}`, `Bearer ${TOKENS.UPSTREAM_TOKEN}`, `Bearer ${await keys.token("sofie")}`];
  for (const authorization of [...wrong, ...others]) {
    for (const path of ["evaluation", "evaluations", "search/subject", "search/resource", "search/action", "other"]) {
      assert.equal((await service(path, question, { authorization })).status, 401, `${path} by ${authorization}`);
    }
    const metadata = await ask("/.well-known/authzen-configuration", { headers: { authorization } });
    assert.deepEqual([metadata.status, metadata.headers.get("www-authenticate")], [401, "Bearer"]);
  }
  assert.equal((await edge.logged("decision")).length, lines, "nothing was decided");
});

test("the token of a service is none of a session", async () => {
  assert.deepEqual(await answered(await edge.as("anna", SALES, { token: TOKENS.SERVICE_TOKEN })), [401, "invalid-token"]);
});

test("a secret that was not set, or can be guessed, lets nobody in", async () => {
  const bare = await running(project, ends, { variables: { SERVICE_TOKEN: undefined, PUBLISHER_TOKEN: "short" } });
  const question = { subject: { type: "user", id: "anna" }, action: { name: "list" }, resource: { type: "relation", id: "*" } };
  for (const authorization of ["Bearer undefined", "Bearer ", "Bearer null", "Bearer short"]) {
    assert.equal((await bare.service("evaluation", question, { authorization })).status, 401);
    assert.equal((await bare.ask("/policies", { method: "POST", headers: { authorization }, body: "{}" })).status, 401);
  }
});

test("the README has the table of costs that the script prints", () => {
  const printed = run(process.execPath, ["cost.mjs"], { cwd: project });
  assert.ok(readFileSync(join(project, "README.md"), "utf8").includes(`\n\n${printed}\n`), printed);
});

test("the README names every file of the source", () => {
  const named = [...readFileSync(join(project, "README.md"), "utf8").matchAll(/`(\w+\.ts)`/g)].map(([, name]) => name);
  assert.deepEqual(new Set(named), new Set(readdirSync(join(project, "src"))));
});
