// The page of the README at the top, opened in a browser as it stands there.

import assert from "node:assert/strict";
import test from "node:test";
import { serve } from "../../xtask/serve.mjs";
import { launch } from "../support/pages.mjs";
import { documents, page as written } from "./readme.mjs";

const IMPORTS = { grantlet: "/pkg/dist/index.js", "grantlet/dom": "/pkg/dist/dom.js" };

/** The page with the packages' places, and the documents of the quick start before the page's own script. */
const PAGE = `<!doctype html>
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
${written.html}
<script type="module">
import { definePolicy } from "grantlet";
${documents.join("\n")}
${written.script}
document.body.dataset.bound = "";
</script>
`;

test("every element of the page is what its comment says", async () => {
  const server = await serve({ port: 0 });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const logged = [];
    page.on("pageerror", (error) => logged.push(String(error)));
    await page.route("**/readme.html", (route) => route.fulfill({ contentType: "text/html", body: PAGE }));
    await page.route("**/node_modules/grantlet/**", (route) => {
      const url = route.request().url().replace("/node_modules/grantlet/", "/pkg/");
      return route.fetch({ url }).then((response) => route.fulfill({ response }));
    });
    await page.goto(new URL("readme.html", server.url).href);
    await page.locator("body[data-bound]").waitFor({ state: "attached", timeout: 15_000 });
    const found = await page.$$eval("[data-grant], [data-grant-section]", (elements) =>
      elements.map((element) => [element.dataset.grantState, element.checkVisibility()]));
    const expected = [...written.html.matchAll(/<!-- (\w+) -->/g)].map(([, state]) => [state, state !== "hidden"]);
    assert.ok(expected.length >= 6);
    assert.deepEqual(found, expected);
    assert.deepEqual(logged, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
