// Pages under a content security policy that allows WebAssembly and no `eval`: the whole list; and what is left where
// WebAssembly is forbidden too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { html, serving, TELLING, within } from "./support/browsers.mjs";
import { scratch } from "./support/pack.mjs";
import { LIST, PROGRAMS } from "./support/runtime.mjs";
import { ENTRIES } from "./support/table.mjs";

/** What a page with grantlet needs. The list loads a policy from a `data:` URL, which pages need not allow. */
const NEEDED = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:; style-src 'self'";
const WITHOUT_FETCH = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
const WITHOUT_WASM = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** Whether the page can make code of text, to see that the policy holds. */
const EVAL = `const evaluates = (() => {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
})();
`;

const STYLED = '<link rel="stylesheet" href="/node_modules/grantlet/dom.css">';

const PAGES = {
  main: `import { run } from "./main.mjs";
run().then((results) => tell({ evaluates, results }));
`,
  dom: `import { run } from "./dom.mjs";
const hidden = (grant) => {
  const part = document.body.appendChild(document.createElement("p"));
  part.dataset.grant = grant;
  return !part.checkVisibility();
};
const styled = hidden("crm:view");
run().then((results) => tell({ evaluates, results, styled }));
`,
  inline: `import * as inline from "grantlet/inline";
import { check } from "./held/list.mjs";
check({ "grantlet/inline": inline }).then((results) => tell({ evaluates, results }));
`,
  client: `import { loadPolicy } from "grantlet";
import * as client from "grantlet/client";
import { check } from "./held/list.mjs";
const refusal = async () => {
  const document = { grantlet: 1, resources: { crm: { actions: ["view"] } }, roles: {} };
  return loadPolicy(document).then(() => "loaded", ({ message, cause }) => [message, cause.name]);
};
const refused = await refusal();
tell({ evaluates, refused, results: await check({ "grantlet/client": client }) });
`,
};

/** The pages, with the package's entries by their address: an import map would be a script in the page. */
function pages(browser) {
  const unbundled = scratch(`csp-${browser}`, { packages: [] });
  const { exports } = JSON.parse(readFileSync(`${unbundled}/node_modules/grantlet/package.json`, "utf8"));
  const place = (entry) => {
    const conditions = exports[entry.replace("grantlet", ".")];
    return new URL(conditions.browser ?? conditions.default, "http://page/node_modules/grantlet/").pathname;
  };
  const addressed = (code) =>
    ENTRIES.reduce((text, entry) => text.replaceAll(`from "${entry}"`, `from "${place(entry)}"`), code);
  const files = { ...LIST, "main.mjs": addressed(PROGRAMS["main.mjs"]), "dom.mjs": addressed(PROGRAMS["dom.mjs"]) };
  for (const [name, code] of Object.entries(PAGES)) {
    files[`${name}.html`] = html(`./${name}-page.mjs`, name === "dom" ? STYLED : "");
    files[`${name}-page.mjs`] = addressed(`${TELLING}${EVAL}${code}`);
  }
  return scratch(`csp-${browser}`, { files, packages: [] });
}

const failed = (results) => results.filter(({ error }) => error !== undefined).map(({ claim, error }) => [claim, error]);

for (const name of ["chromium", "firefox"]) {
  test(`under a content security policy, in ${name}`, (t) =>
    within(name, async ({ results }) => {
      const folder = pages(name);
      const told = (page, policy) =>
        serving(folder, (url) => results(`${url}${page}.html`), { "content-security-policy": policy });

      await t.test("every entry holds what it holds elsewhere", async () => {
        const { evaluates, results } = await told("main", NEEDED);
        assert.equal(evaluates, false);
        assert.ok(results.length > 50);
        assert.deepEqual(failed(results), []);
      });

      await t.test("so does the binder, with its style sheet", async () => {
        const { evaluates, styled, results } = await told("dom", NEEDED);
        assert.deepEqual([evaluates, styled], [false, true]);
        assert.ok(results.length > 20);
        assert.deepEqual(failed(results), []);
      });

      await t.test("`grantlet/inline` needs nothing that is fetched", async () => {
        const { evaluates, results } = await told("inline", WITHOUT_FETCH);
        assert.equal(evaluates, false);
        assert.ok(results.length > 20);
        assert.deepEqual(failed(results).map(([claim]) => claim), ["a policy is loaded from a URL"]);
      });

      await t.test("without WebAssembly no policy is loaded, and `grantlet/client` answers", async () => {
        const { evaluates, refused, results } = await told("client", WITHOUT_WASM);
        assert.equal(evaluates, false);
        assert.deepEqual(refused, ["the WebAssembly module of grantlet could not be loaded", "CompileError"]);
        // That one needs a session to compare with.
        assert.deepEqual(failed(results).map(([claim]) => claim), ["a snapshot answers as the session that it was taken of"]);
        assert.equal(results.length, 5);
      });
    }));
}
