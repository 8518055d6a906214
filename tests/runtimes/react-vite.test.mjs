// The example `examples/react-vite`: compiled, built, and used by a person with a keyboard and a list.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { before } from "node:test";
import { serving } from "./support/browsers.mjs";
import { browsing, copied, violations, withheld } from "./support/examples.mjs";
import { program, run } from "./support/pack.mjs";

let folder;
before(() => {
  folder = copied("react-vite");
});

test("it compiles, and is built by Vite", () => {
  run(process.execPath, [program("typescript", "tsc")], { cwd: folder });
  run(process.execPath, [program("vite"), "build", "--logLevel", "error"], { cwd: folder });
});

const buttons = (page) =>
  page.$$eval("main button", (found) => found.map((button) => `${button.textContent}${button.disabled ? " (disabled)" : ""}`));
const navigation = (page) => page.$$eval("nav li", (items) => items.map(({ textContent }) => textContent));

test("it shows everybody what they may, and follows what becomes of them", async () => {
  await serving(join(folder, "dist"), (url) => browsing(async (page) => {
    await page.goto(url);
    const person = page.getByLabel("Signed in as");
    await person.waitFor();

    assert.deepEqual(await navigation(page), ["Relations", "Invoices (not in your plan)"]);
    assert.deepEqual(await buttons(page), ["Edit Bakery North", "Edit Garage South (disabled)", "Add a relation"]);
    await page.getByRole("button", { name: "Add a relation" }).click();
    assert.deepEqual(await buttons(page), [
      "Edit Bakery North", "Edit Garage South (disabled)", "Edit New relation", "Add a relation",
    ]);

    await page.getByLabel("Finance was bought").check();
    await page.getByRole("link", { name: "Invoices" }).waitFor();
    assert.equal((await buttons(page)).at(-1), "Write an invoice (disabled)");
    assert.equal(await page.getByRole("status").innerText(), "You may not: not-granted.");
    assert.deepEqual(await violations(page), []);

    await person.selectOption("mo");
    await page.getByText("You may write invoices.").waitFor();
    assert.deepEqual(await buttons(page), [
      "Edit Bakery North (disabled)", "Edit Garage South (disabled)", "Edit New relation (disabled)", "Write an invoice",
    ]);
    await page.getByText("You may look, and not add.").waitFor();

    await person.selectOption("guest");
    await page.getByText("There is nothing here for you yet.").waitFor();
    assert.deepEqual([await navigation(page), await buttons(page)], [[], []]);
    assert.deepEqual(await violations(page), []);
  }));
});

test("while the module is on its way nothing but the fallback is there", async () => {
  await serving(join(folder, "dist"), (url) => browsing(async (page) => {
    const arrive = await withheld(page);
    await page.goto(url, { waitUntil: "commit" });
    await page.getByText("Loading…").waitFor();
    assert.equal(await page.innerText("#root"), "Loading…");
    arrive();
    await page.getByRole("button", { name: "Add a relation" }).waitFor();
  }));
});
