// The guide for Vue: its files are those of the example `examples/vue-vite`, and the pages from a server are built,
// served and taken over in Chromium as it says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import { browsing, filesOf } from "./support/examples.mjs";
import { scratch } from "./support/pack.mjs";

const guide = readFileSync(new URL("../../docs/guides/vue.md", import.meta.url), "utf8");
const example = filesOf("vue-vite");

/** The blocks of code by the file that their first line names. */
const files = Object.fromEntries(
  [...guide.matchAll(/^```\w+\n(?:\/\/|<!--|\/\*) (\S+)(?: -->| \*\/)?\n([\s\S]+?)^```$/gm)].map(([, name, code]) => [name, code]),
);
const served = Object.entries(files).filter(([name]) => name.startsWith("ssr/"));

const ANNA = { subject: { id: "anna", assignments: [{ role: "sales" }] }, entitlements: [] };
const MO = { subject: { id: "mo", assignments: [{ role: "bookkeeper" }] }, entitlements: ["finance"] };

test("every block is a file of the example, or one that is run here", () => {
  for (const [name, code] of Object.entries(files)) {
    if (!name.startsWith("ssr/")) assert.equal(code, example[name], name);
  }
  assert.deepEqual(served.map(([name]) => name), ["ssr/App.vue", "ssr/server.js", "ssr/client.js"]);
  assert.equal(guide.match(/^```\w+$/gm).length, Object.keys(files).length + 1, "and one to install the package");
});

let server;
let project;
let user = ANNA;
let url;
let listening;

before(async () => {
  project = scratch("vue-guide", { files: { ...Object.fromEntries(served), "ssr/policy.ts": example["src/policy.ts"] } });
  const common = { root: project, configFile: false, logLevel: "error", plugins: [vue()] };
  await build({ ...common, build: { ssr: "ssr/server.js", outDir: "dist/server" } });
  await build({
    ...common,
    build: {
      outDir: "dist/client",
      rollupOptions: { input: join(project, "ssr/client.js"), output: { entryFileNames: "client.js" } },
    },
  });
  server = await import(pathToFileURL(join(project, "dist/server/server.js")).href);
  listening = createServer(async ({ url }, response) => {
    if (url === "/") response.setHeader("Content-Type", "text/html").end(await server.page(user));
    else if (url === "/client.js") {
      response.setHeader("Content-Type", "text/javascript").end(readFileSync(join(project, "dist/client/client.js")));
    } else if (url === "/session" && user !== undefined) response.end(JSON.stringify(server.sessionOf(user).snapshot()));
    else response.writeHead(403).end();
  });
  await new Promise((resolve) => listening.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${listening.address().port}/`;
});

after(() => {
  listening.closeAllConnections();
  listening.close();
});

test("the server sends what each may see, and no role or condition of the policy", async () => {
  const anna = await server.page(ANNA);
  assert.match(anna, /Add a relation/);
  assert.match(anna, /Invoices are not in your plan\./);
  assert.match(anna, /<button[^>]* inert[^>]*>Write an invoice/);
  assert.doesNotMatch(anna, /bookkeeper|subject\.id/);
  const mo = await server.page(MO);
  assert.doesNotMatch(mo, /Add a relation/);
  assert.match(mo, /<button[^>]* hidden[^>]*>Import/);
  assert.match(mo, /<button>Write an invoice/);
});

test("the browser takes the page over without WebAssembly, and follows what the server says later", async () => {
  user = ANNA;
  await browsing(async (page) => {
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const seen = [];
    page.on("console", (message) => seen.push(message.text()));
    await page.goto(url);
    const write = page.getByRole("button", { name: "Write an invoice" });
    await page.locator("button:disabled").waitFor();
    assert.equal(await write.isDisabled(), true);
    assert.equal(await write.getAttribute("inert"), null);
    assert.deepEqual(fetched.filter((path) => path !== "/").sort(), ["/client.js"]);

    user = MO;
    const come = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await come();
    await page.locator("button:enabled", { hasText: "Write an invoice" }).waitFor();
    assert.equal(await page.getByText("Add a relation").count(), 0);
    assert.equal(await page.getByText("Import").isVisible(), false);
    assert.deepEqual(seen, []);
  });
});
