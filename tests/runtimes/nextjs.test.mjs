// The example `examples/nextjs`: a server component that judges, client components that are handed its answers,
// middleware at the edge that refuses a route. Built, taken apart as for a deployment, served, and used in Chromium.

import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { browsing, copied, filesOf, started, violations } from "./support/examples.mjs";
import { program, run, scratch } from "./support/pack.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", HOSTNAME: "127.0.0.1", PORT: "0" };
const next = program("next");
const ADDRESS = /http:\/\/127\.0\.0\.1:[1-9]\d*/;

/** What the test adds to the example: how it is deployed, and a page that has a module read from its file. */
const ADDED = {
  "next.config.mjs": 'export default { output: "standalone" };\n',
  "app/matrix/page.tsx": `import { openTools } from "grantlet/tools";
import { document } from "../../lib/policy";

export const dynamic = "force-dynamic";

export default async function Page() {
  return <pre>{(await openTools(document)).matrix().roles.join(" ")}</pre>;
}
`,
};

let folder;
let server;
before(() => {
  folder = copied("nextjs", ADDED);
  run(process.execPath, [next, "build"], { cwd: folder, env });
});
after(() => server?.stop());

/** What is deployed: the server with the files that the build traced, and those for browsers beside it. */
async function deployed() {
  if (server === undefined) {
    const place = join(folder, ".next/standalone", relative(ROOT, folder));
    cpSync(join(folder, ".next/static"), join(place, ".next/static"), { recursive: true });
    rmSync(join(folder, "node_modules/grantlet"), { recursive: true });
    server = await started(process.execPath, [join(place, "server.js")], { cwd: place, env }, ADDRESS);
  }
  return server.url;
}

const as = (person) => ({ headers: { cookie: `person=${person}` } });
const status = async (url, person, options) => (await fetch(url, { ...as(person), ...options })).status;

test("the server judges, with and without a record, and renders what its client components were told", async () => {
  const url = await deployed();
  const main = async (person) => {
    const html = await (await fetch(url, as(person))).text();
    return /<main>.*<\/main>/s.exec(html)[0].replaceAll("<!-- -->", "");
  };
  const anna = await main("anna");
  assert.match(anna, /<button>Edit Bakery North<\/button>/);
  assert.doesNotMatch(anna, /Edit Garage South/);
  assert.match(anna, /Reports \(not for you\)/);
  assert.match(anna, /<button>Add a relation<\/button>/);
  assert.match(await main("mo"), /Bakery North.*<button disabled="">Add a relation<\/button>/);
  assert.match(await main("sofie"), /<a href="\/reports">Reports<\/a>.*Edit Bakery North.*Edit Garage South/);
  assert.doesNotMatch(await main("nobody"), /Bakery|Garage|<button>/);
});

test("the edge refuses the route to whom the policy does, and lets others pass", async () => {
  const url = `${await deployed()}/reports`;
  const refused = await fetch(url, as("anna"));
  assert.deepEqual([refused.status, await refused.text()], [403, "You may not see reports."]);
  assert.equal(await status(url, "nobody"), 403);
  assert.match(await (await fetch(url, as("sofie"))).text(), /both of them pay/);
  const manifest = JSON.parse(readFileSync(join(folder, ".next/server/middleware-manifest.json"), "utf8"));
  assert.equal(manifest.middleware["/"].wasm.length, 1, "the modules that are bound at the edge");
});

test("the server refuses what a page would not have offered", async () => {
  const url = `${await deployed()}/api/relations`;
  assert.equal(await status(url, "mo", { method: "POST" }), 403);
  assert.equal(await status(url, "nobody", { method: "POST" }), 403);
  assert.equal(await status(url, "anna", { method: "POST" }), 201);
});

test("a module that is a file is deployed with the server that reads it", async () => {
  assert.match(await (await fetch(`${await deployed()}/matrix`)).text(), /<pre>reader sales manager<\/pre>/);
});

test("the browser takes the page over without a mismatch, and follows what the server judges anew", async () => {
  const url = await deployed();
  await browsing(async (page) => {
    await page.context().addCookies([{ name: "person", value: "anna", url }]);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url);
    await page.getByRole("button", { name: "Add a relation" }).click();
    await page.getByText("Added.").waitFor();
    assert.deepEqual(await violations(page), []);

    await page.getByLabel("Signed in as").selectOption("sofie");
    await page.getByRole("link", { name: "Reports" }).waitFor();
    await page.getByLabel("Signed in as").selectOption("mo");
    await page.getByText("Reports (not for you)").waitFor();
    assert.equal(await page.getByRole("button", { name: "Add a relation" }).isDisabled(), true);
    assert.deepEqual(asked.filter((path) => path.endsWith(".wasm")), []);
  });
});

test("what a component hides is sent, as the guide says, and what the server leaves out is not", async () => {
  const html = await (await fetch(await deployed(), as("anna"))).text();
  assert.match(html, /Reports \(not for you\).*\/reports/s);
  assert.doesNotMatch(html, /Edit Garage South|Edit <!-- -->Garage South/);
});

test("nothing of the policy but names and one person's answers is sent to a browser", async () => {
  const url = await deployed();
  const chunks = readdirSync(join(folder, ".next/static"), { recursive: true }).filter((name) => name.endsWith(".js"));
  const sent = [
    await (await fetch(url, as("sofie"))).text(),
    ...chunks.map((name) => readFileSync(join(folder, ".next/static", name), "utf8")),
  ].join("\n");
  assert.match(sent, /report:view/);
  // What stands in the policy's roles, and whoever else there is.
  for (const word of ["inherits", "resource.owner", "sales", "assignments"]) assert.doesNotMatch(sent, new RegExp(word));
});

test("the same file is a proxy, which Next.js runs on Node, by another name", async () => {
  const { "middleware.ts": middleware, "package.json": manifest, ...files } = filesOf("nextjs");
  const proxy = middleware.replace("function middleware(", "function proxy(");
  assert.notEqual(proxy, middleware);
  const project = scratch("example-nextjs-proxy", {
    files: { ...files, "proxy.ts": proxy },
    manifest: JSON.parse(manifest),
  });
  // As somebody would develop it: nothing is built.
  const developing = await started(process.execPath, [next, "dev", "--hostname", "127.0.0.1"], { cwd: project, env }, ADDRESS);
  try {
    assert.equal(await status(`${developing.url}/reports`, "anna"), 403);
    assert.equal(await status(`${developing.url}/reports`, "sofie"), 200);
    assert.match(await (await fetch(developing.url, as("anna"))).text(), /Edit Bakery North|Edit <!-- -->Bakery North/);
  } finally {
    await developing.stop();
  }
});
