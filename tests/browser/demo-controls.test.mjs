// The panel: every control reaches the page, and the address keeps what was chosen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { announced, control, LANGUAGES, shows, start, visit } from "./support/demo.mjs";

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

test("the day moves by preset and by calendar", () =>
  visit(demo, "?person=anna&lang=en&date=2026-07-10", async (page) => {
    await page.getByRole("button", { name: "30 June" }).click();
    await shows(page, { mailings: "hidden", finance: "enabled" });
    await announced(page, "Gone: Mailings and Library");
    await page.locator("#date").fill("2026-07-01");
    await shows(page, { mailings: "enabled" });
    await announced(page, "Opened: Mailings and Library");
    await page.getByRole("button", { name: "15 July" }).click();
    await shows(page, { mailings: "hidden" });
    assert.match(page.url(), /date=2026-07-15/);
    await page.locator("#date").fill("9999-07-10");
    assert.match(page.url(), /date=2026-07-15/);
  }));

test("the next change that comes by itself is named", () =>
  visit(demo, "?person=anna&lang=en&date=2026-06-30", async (page) => {
    const hint = page.locator("#next-change");
    assert.match(await hint.innerText(), /1 July 2026/);
    await page.getByRole("button", { name: "10 July" }).click();
    await page.waitForFunction(() => document.getElementById("next-change").textContent.includes("15 July 2026"));
    await page.getByRole("button", { name: "15 July" }).click();
    await page.waitForFunction(() => document.getElementById("next-change").textContent.startsWith("Nothing changes"));
  }));

test("a role that is switched off takes with it what it gave", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    await page.getByRole("switch", { name: "Finance Manager" }).click();
    await shows(page, { finance: "hidden", mailings: "enabled" });
    await page.getByRole("switch", { name: "Digital Mailing Manager" }).click();
    await shows(page, { crm: "hidden", mailings: "hidden", library: "hidden" });
    assert.equal(await page.getByRole("heading", { name: "Nothing to show" }).isVisible(), true);
    await page.locator("#reset").click();
    await shows(page, { finance: "enabled", mailings: "enabled", crm: "enabled" });
  }));

test("a role that is switched on adds what it gives", () =>
  visit(demo, "?person=ruben&lang=en", async (page) => {
    await page.locator("#roles-more > summary").click();
    await page.getByRole("switch", { name: "Relations Manager" }).click();
    await shows(page, { library: "enabled", "email-dashboard": "enabled" });
    assert.equal(await control(page, "crm.relation:bulk-edit").isVisible(), true);
    assert.match(page.url(), /roles=relation-viewer,relations-manager/);
  }));

test("a product that is not subscribed to locks what it would open, and hides nothing that is there for no role", () =>
  visit(demo, "?person=anna&lang=en#finance", async (page) => {
    await page.locator("#products-group > summary").click();
    await page.getByRole("switch", { name: "Finance", exact: true }).click();
    await shows(page, { finance: "locked", mailings: "enabled", settings: await page.locator('.nav a[href="#settings"]').getAttribute("data-grant-state") });
    await announced(page, "Not in your subscription: Finance");
    assert.equal(await page.locator("#finance-title").isVisible(), false);
    assert.match(await page.locator('.view[data-view="finance"] [data-placard]').innerText(), /not in your subscription/);
    await page.getByRole("switch", { name: "Finance", exact: true }).click();
    await shows(page, { finance: "enabled" });
    assert.equal(await page.locator("#finance-title").isVisible(), true);
  }));

test("a section is hidden, not locked, from whom the product would not give it either", () =>
  visit(demo, "?person=ruben&lang=en&products=crm", (page) => shows(page, { crm: "enabled", finance: "hidden", mailings: "hidden" })));

test("a role whose product is not subscribed to is not offered", () =>
  visit(demo, "?person=ruben&lang=en", async (page) => {
    await page.locator("#roles-more > summary").click();
    assert.equal(await page.getByRole("switch", { name: "E-commerce Manager" }).isVisible(), false);
    assert.equal(await page.getByRole("switch", { name: "Community Manager" }).isVisible(), true);
  }));

test("everything is said in the language chosen", async () => {
  const titles = { nl: "Wie kijkt er?", de: "Wer schaut?", en: "Who is looking?" };
  await visit(demo, "?person=mo&lang=en#mailings", async (page) => {
    for (const language of LANGUAGES) {
      await page.locator(`[data-language="${language}"]`).click();
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      assert.equal(await page.locator("#panel-title").innerText(), titles[language]);
      assert.match(page.url(), new RegExp(`lang=${language}`));
      const untold = await page.$$eval("[data-i18n]", (parts) => parts.filter((part) => part.textContent === "").length);
      assert.equal(untold, 0);
    }
  });
});

test("an address is a view: it opens where it was left", () =>
  visit(demo, "?person=anna&lang=de&date=2026-07-10&roles=digital-mailing-manager&products=mailings,library,crm,platform#library", async (page) => {
    await shows(page, { mailings: "enabled", library: "enabled", finance: "hidden" });
    assert.equal(await page.locator("#library-title").innerText(), "Bibliothek");
    assert.equal(await page.locator("#role-finance-manager").isChecked(), false);
  }));

test("an address that names what is not there gives the first view", () =>
  visit(demo, "?person=__proto__&lang=xx&date=2026-02-31&roles=constructor&products=toString#nowhere", async (page) => {
    assert.equal(await page.locator("#person-anna").isChecked(), true);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.equal(await page.getByRole("heading", { name: "Nothing to show" }).isVisible(), true);
  }));

test("an address leads to no section that is not there, and to a disabled one's reason", () =>
  visit(demo, "?person=ruben&lang=en#finance", async (page) => {
    assert.equal(await page.locator("#crm-title").isVisible(), true);
    assert.match(page.url(), /#crm$/);
    await page.evaluate(() => { location.hash = "mailings"; });
    await page.waitForURL(/#crm$/);
    assert.equal(await page.locator("#crm-title").isVisible(), true);
    await page.evaluate(() => { location.hash = "settings"; });
    await page.getByText("Ruben can see that this section exists, and cannot use it.").waitFor({ state: "visible" });
    assert.equal(await page.locator("#settings-title").isVisible(), false);
  }));

test("the way back leads through the sections", () =>
  visit(demo, "?person=sofie&lang=en#crm", async (page) => {
    await page.locator('.nav a[href="#finance"]').click();
    assert.equal(await page.locator("#finance-title").isVisible(), true);
    await page.goBack();
    await page.locator("#crm-title").waitFor({ state: "visible" });
    assert.equal(await page.locator("#finance-title").isVisible(), false);
  }));
