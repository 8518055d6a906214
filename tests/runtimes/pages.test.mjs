// The list in pages without a bundler: module scripts that find the package by an import map.

import { readFileSync } from "node:fs";
import { html, serving, telling, within } from "./support/browsers.mjs";
import { scratch, write } from "./support/pack.mjs";
import { PROGRAMS, runtime } from "./support/runtime.mjs";
import { ENTRIES } from "./support/table.mjs";

/** The import map that a page needs, from what the package says a browser is given. */
function importMap(project) {
  const { exports } = JSON.parse(readFileSync(`${project}/node_modules/grantlet/package.json`, "utf8"));
  const places = ENTRIES.map((entry) => {
    const conditions = exports[entry.replace("grantlet", ".")];
    return [entry, `/node_modules/grantlet/${conditions.browser ?? conditions.default}`];
  });
  return `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(places) })}</script>`;
}

function pages(browser) {
  const project = scratch(`plain-${browser}`, { files: PROGRAMS, packages: [] });
  const map = importMap(project);
  for (const name of ["main", "dom"]) {
    write(project, { [`${name}.html`]: html(`./${name}-page.mjs`, map), [`${name}-page.mjs`]: telling(name) });
  }
  return project;
}

for (const name of ["chromium", "firefox"]) {
  runtime(name, {
    page: true,
    run: () =>
      within(name, ({ version, results }) =>
        serving(pages(name), async (url) => ({
          version,
          results: [...(await results(`${url}main.html`)), ...(await results(`${url}dom.html`))],
        })),
      ),
  });
}
