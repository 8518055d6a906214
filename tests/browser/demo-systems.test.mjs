// The five systems: switching between them, what each of their people sees, held to what the package answers in Node, and
// that the pages built from a policy are as accessible as those drawn by hand.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { announced, dialogText, focused, LANGUAGES, navigation, PHONE, shows, start, tabTo, violations, visit, wider } from "./support/demo.mjs";
import { ask, sceneOf, sectionsOf, stateOf, SYSTEMS } from "./support/systems.mjs";

const PICTURES = process.env.SCREENSHOTS ?? fileURLToPath(new URL("../../test-results", import.meta.url));

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

/** Every guarded part of the page: what it asks, and the state that it has. */
const parts = (page) => page.$$eval(":is(.nav, main) :is([data-grant], [data-grant-section])", (found) => found.map((part) => ({
  grant: part.dataset.grant, section: part.dataset.grantSection, otherwise: part.dataset.grantElse,
  scope: part.dataset.grantScope, state: part.dataset.grantState,
})));

async function everyPartIs(page, scene, person) {
  const found = await parts(page);
  ask(scene, { person }, (session) => {
    for (const part of found) assert.equal(part.state, stateOf(session, part), `${person}: ${JSON.stringify(part)}`);
  });
  return found;
}

for (const id of SYSTEMS) {
  test(`${id}: every part of the page has for every person the state that the package answers`, async () => {
    const scene = await sceneOf(id);
    await visit(demo, `?system=${id}&lang=en`, async (page) => {
      const states = new Set();
      for (const person of Object.keys(scene.system.people)) {
        await page.$eval(`#person-${person}`, (radio) => radio.click());
        const expected = sectionsOf(scene, { person });
        const entries = scene.system.entries ?? Object.keys(scene.written.sections);
        await shows(page, Object.fromEntries(entries.map((name) =>
          [name, scene.system.greyed?.includes(name) && expected[name] === "hidden" ? "disabled" : expected[name]])));
        const found = await everyPartIs(page, scene, person);
        for (const { state } of found) states.add(state);
        const asked = new Set(found.map(({ section }) => section));
        assert.deepEqual(Object.keys(scene.written.sections).filter((name) => !asked.has(name)), [], "every section is somewhere");
      }
      for (const state of ["enabled", "disabled", "hidden"]) assert.ok(states.has(state), state);
    });
  });

  test(`${id}: a section is called what the policy calls it, in every language`, async () => {
    const { system, written } = await sceneOf(id);
    await visit(demo, `?system=${id}&lang=en`, async (page) => {
      await page.screenshot({ path: join(PICTURES, `demo-${id}.png`) });
      for (const language of LANGUAGES) {
        await page.locator(`[data-language="${language}"]`).click();
        const said = await page.$$eval(".nav [data-grant-section]", (links) => links.map((link) => [link.dataset.grantSection, link.textContent]));
        const entries = system.entries ?? Object.keys(written.sections);
        assert.deepEqual(said, entries.map((name) => [name, written.sections[name].label[language] ?? written.sections[name].label.en]));
      }
    });
  });

  test(`${id}: axe finds nothing in any language, nor on a phone, where nothing is wider than the screen`, async () => {
    const { system, written } = await sceneOf(id);
    const entries = system.entries ?? Object.keys(written.sections);
    await visit(demo, `?system=${id}&lang=en`, async (page) => {
      for (const [index, language] of LANGUAGES.entries()) {
        await page.locator(`[data-language="${language}"]`).click();
        const there = await navigation(page);
        const open = entries.filter((name) => there[name] === "enabled");
        await page.evaluate((name) => { location.hash = name; }, open[index % open.length]);
        assert.deepEqual(await violations(page), [], language);
      }
      await page.setViewportSize(PHONE);
      const states = await navigation(page);
      for (const name of entries.filter((entry) => states[entry] !== "hidden")) {
        await page.evaluate((section) => { location.hash = section; }, name);
        await page.locator(`.view[data-view="${name}"]`).waitFor({ state: "visible" });
        assert.deepEqual(await wider(page), [], name);
      }
      assert.deepEqual(await violations(page), [], "on a phone");
    });
  });
}

test("by keyboard alone: from one system to the next, and back by the browser", () =>
  visit(demo, "?lang=en", async (page) => {
    const titles = ["Copernica", "SYS", "Workspaces", "PerformaNet"];
    for (const title of titles) {
      await tabTo(page, new RegExp(`^${title}$`), 12);
      await page.keyboard.press("Enter");
      await announced(page, `${title} is open`);
      assert.equal(await focused(page), title);
      assert.equal(await page.locator("#brand").innerText(), title);
      assert.match(page.url(), new RegExp(`system=${title.toLowerCase()}`));
      assert.equal(await page.locator('#systems [aria-current="true"]').innerText(), title);
    }
    await page.goBack();
    await page.waitForFunction(() => document.getElementById("brand").textContent === "Workspaces");
    await page.goBack();
    await page.waitForFunction(() => document.getElementById("brand").textContent === "SYS");
    await page.goForward();
    await page.waitForFunction(() => document.getElementById("brand").textContent === "Workspaces");
  }));

test("the system is in the address: it can be linked, and survives a reload with all else", () =>
  visit(demo, "?system=copernica&lang=de&person=daan&scope=template:news#template", async (page) => {
    const look = async () => [await page.locator("#brand").innerText(), await page.locator("#place").inputValue(), await page.locator("#person-daan").isChecked(), await navigation(page)];
    const before = await look();
    assert.deepEqual(before.slice(0, 3), ["Copernica", "template:news", true]);
    await page.reload();
    await page.locator("#app").waitFor({ state: "visible" });
    assert.deepEqual(await look(), before);
    assert.equal(await page.locator('[data-language="de"]').getAttribute("aria-pressed"), "true");
  }));

test("an address that names a system which is not there opens the first one", () =>
  visit(demo, "?system=__proto__&lang=en&scope=workspace:nowhere&plan=constructor", async (page) => {
    assert.equal(await page.locator("#brand").innerText(), "Kring");
    assert.equal(await page.locator("#person-anna").isChecked(), true);
  }));

test("a system that cannot be loaded leaves open what was there, and the page says so", () =>
  visit(demo, "?system=sys&lang=en", async (page) => {
    await page.route("**/policies/copernica.json", (route) => route.fulfill({ status: 500, body: "no" }));
    await page.locator('#systems [data-system="copernica"]').click();
    await announced(page, "Copernica could not be loaded");
    assert.equal(await page.locator("#brand").innerText(), "SYS");
    assert.match(page.url(), /system=sys/);
    await shows(page, { membership: "enabled" });
    await page.unroute("**/policies/copernica.json");
    await page.locator('#systems [data-system="copernica"]').click();
    await announced(page, "Copernica is open");
  }, { errors: true }));

test("the page follows the place that is chosen, as the package answers there", async () => {
  const scene = await sceneOf("copernica");
  await visit(demo, "?system=copernica&lang=en&person=tess", async (page) => {
    for (const scope of ["template:southern", "company:acme", "database:southern", "template:news"]) {
      await page.locator("#place").selectOption(scope);
      await shows(page, sectionsOf(scene, { person: "tess", scope }));
      assert.match(page.url(), new RegExp(`scope=${scope}`));
      await everyPartIs(page, scene, "tess");
    }
  });
});

test("whoever is in one workspace sees another only as that one allows", async () => {
  const scene = await sceneOf("workspaces");
  await visit(demo, "?system=workspaces&lang=nl&person=gijs", async (page) => {
    await shows(page, sectionsOf(scene, { person: "gijs", scope: "workspace:sales" }));
    for (const scope of ["workspace:landing", "workspace:square", "workspace:lobby", "company:open"]) {
      await page.locator("#place").selectOption(scope);
      await shows(page, sectionsOf(scene, { person: "gijs", scope }));
    }
  });
});

test("a role that is tried out counts at the place where it is held", async () => {
  const scene = await sceneOf("workspaces");
  await visit(demo, "?system=workspaces&lang=en&person=noa", async (page) => {
    await page.locator("#roles-more > summary").click();
    await page.getByRole("switch", { name: "Editor" }).click();
    const subject = { id: "noa", assignments: [{ role: "editor", scope: "workspace:sales" }] };
    await shows(page, ask(scene, { subject }, (session) => session.sections({ scope: "workspace:sales" })));
    assert.match(page.url(), /roles=editor@workspace:sales/);
    await page.reload();
    await shows(page, { content: "enabled", members: "disabled" });
  });
});

test("another day ends in PerformaNet what was lent for August", async () => {
  const scene = await sceneOf("performanet");
  await visit(demo, "?system=performanet&lang=de&person=vera", async (page) => {
    await shows(page, { crm: "enabled" });
    await page.locator('#presets [data-date="2026-09-01"]').click();
    const expected = sectionsOf(scene, { person: "vera", date: "2026-09-01" });
    assert.equal(expected.crm, "disabled");
    await shows(page, expected);
  });
});

test("a reason is told in words in a page built from a policy", () =>
  visit(demo, "?system=sys&lang=en&person=mila", async (page) => {
    await page.locator("#unseen-group > summary").click();
    await page.locator("#unseen button", { hasText: "Orders" }).click();
    assert.match(await dialogText(page), /Mila may not do this: none of the roles held gives it\. It comes with Owner \(authorised to decide\) or Administrator\./);
  }));

test("every mark of every system can be asked", async () => {
  for (const id of SYSTEMS) {
    await visit(demo, `?system=${id}&lang=de`, async (page) => {
      const answers = await page.evaluate(() => {
        const dialog = document.getElementById("why");
        return [...document.querySelectorAll(".why")].map((mark) => {
          mark.click();
          const said = dialog.open ? dialog.textContent : undefined;
          dialog.close();
          return { mark: mark.ariaLabel, said };
        }).filter(({ said }) => said !== undefined);
      });
      assert.ok(answers.length > 20, `${id}: ${answers.length}`);
      for (const { mark, said } of answers) assert.ok(said.length > 40 && !/undefined|null|NaN|\[object/.test(said), `${id} ${mark}: ${said}`);
    });
  }
});
