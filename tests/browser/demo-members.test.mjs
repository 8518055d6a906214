// People and roles: what is offered is what the policy allows, what is not offered says why, and a change reaches the page
// of whomever it is about. All of it by keyboard.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { announced, control, focused, LANGUAGES, navigation, PHONE, shows, start, violations, visit, wider } from "./support/demo.mjs";
import { choose, held, offered, open, pick, press, reach, signIn, whyNot } from "./support/members.mjs";
import { ask, decide, sceneOf, sectionsOf, subjectOf, SYSTEMS } from "./support/systems.mjs";

const PICTURES = process.env.SCREENSHOTS ?? fileURLToPath(new URL("../../test-results", import.meta.url));

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

/** The states that the navigation has to show for a subject: the entries that there are, as the package answers. */
function entries(scene, subject, scope = scene.system.scope) {
  const states = ask(scene, { subject }, (session) => session.sections(scope === undefined ? undefined : { scope }));
  const names = scene.system.entries ?? Object.keys(scene.written.sections);
  return Object.fromEntries(names.map((name) => [name, scene.system.greyed?.includes(name) && states[name] === "hidden" ? "disabled" : states[name]]));
}

const given = (subject, ...assignments) => ({ ...subject, assignments: [...subject.assignments, ...assignments] });

test("procurios: the SuperUser gives a role, and whoever gets it sees what it opens", async () => {
  const scene = await sceneOf("procurios");
  await visit(demo, open("procurios", { person: "sofie" }), async (page) => {
    await choose(page, "ruben");
    await pick(page, "member-role", "Finance Manager");
    await press(page, "member-assign");
    await announced(page, "Finance Manager was given to Ruben.");
    assert.equal(await focused(page), "Give");
    assert.deepEqual(await held(page), ["Relation Viewer Active", "Finance Manager Active"]);
    await signIn(page, "ruben");
    await shows(page, entries(scene, given(subjectOf(scene, "ruben"), { role: "finance-manager" })));
    assert.equal((await navigation(page)).finance, "enabled");
    await page.locator('.nav a[href="#settings"]').waitFor();
  });
});

test("procurios: nobody but the SuperUser gives a role, and the page says which rule that is", () =>
  visit(demo, open("procurios", { person: "anna" }), async (page) => {
    await choose(page, "ruben");
    assert.deepEqual(await offered(page, "member-role"), []);
    assert.match(await page.locator("#give-role").innerText(), /There is nothing that Anna may give Ruben here\./);
    const said = await whyNot(page, "#give-role", "Finance Manager");
    assert.match(said, /Rule 1 of the policy comes closest\. It is for SuperUser there, and Anna is not\./);
    assert.match(said, /not-administrator \/administration\/0/);
    await choose(page, "anna");
    assert.match(await whyNot(page, "#give-role", "SuperUser"), /Nobody widens their own rights, and Anna does not either\./);
  }));

test("procurios: a role whose product is not subscribed to is not offered, and the product is named", () =>
  visit(demo, open("procurios", { person: "sofie" }), async (page) => {
    await choose(page, "ruben");
    assert.ok(!(await offered(page, "member-role")).includes("e-commerce-manager"));
    assert.match(await whyNot(page, "#give-role", "E-commerce Manager"), /It belongs to the product “Webshop”, which is not subscribed to\./);
  }));

test("procurios: a right in one workspace opens what it is about there, and is taken back", () =>
  visit(demo, open("procurios", { person: "sofie" }), async (page) => {
    await choose(page, "chantal");
    await page.locator("#grant-place").selectOption("workspace:board");
    await pick(page, "grant-permission", "Documents and images: edit");
    await press(page, "member-grant");
    await announced(page, "Documents and images: edit was given to Chantal.");
    await signIn(page, "chantal");
    await page.waitForFunction(() => document.querySelector('[data-grant="library.document:edit"][data-grant-scope="workspace:board"]').dataset.grantState === "enabled");
    await signIn(page, "sofie");
    await press(page, "ungrant library.document:edit workspace:board");
    await announced(page, "was taken from Chantal");
    assert.equal(await focused(page), "member-name");
    await signIn(page, "chantal");
    assert.equal(await control(page, "library.document:edit", "workspace:board").getAttribute("data-grant-state"), "disabled");
  }));

test("copernica: a level takes the place of another in one change, and beside it breaks the constraint", async () => {
  const scene = await sceneOf("copernica");
  await visit(demo, open("copernica", { person: "iris" }), async (page) => {
    await choose(page, "daan");
    assert.deepEqual(await offered(page, "member-role"), []);
    assert.match(await whyNot(page, "#give-role", "Style guardian"), /Constraint “one-level”: nobody has more than 1 of the roles Account administrator, Style guardian,? or Standard user\..* constraint \/constraints\/1/);
    await choose(page, "daan");
    await pick(page, "member-instead", "Standard user");
    await pick(page, "member-role", "Style guardian");
    await press(page, "member-assign");
    await announced(page, "Style guardian was given to Daan.");
    await signIn(page, "daan");
    const daan = subjectOf(scene, "daan");
    const kept = daan.assignments.filter(({ role }) => role !== "standard-user");
    await shows(page, entries(scene, given({ ...daan, assignments: kept }, { role: "style-guardian", scope: "account:north" })));
  });
});

test("copernica: whoever is invited accepts, the end date stays, and what it opens is there at once", async () => {
  const scene = await sceneOf("copernica");
  const noor = subjectOf(scene, "noor");
  const accepted = { ...noor, assignments: noor.assignments.map((assignment) => ({ ...assignment, status: "active" })) };
  await visit(demo, open("copernica", { person: "noor" }), async (page) => {
    await shows(page, { design: "hidden" });
    await choose(page, "noor");
    assert.ok((await held(page)).includes("Account user Account: North, until 1 Dec 2026 Invited"));
    await press(page, "accept account-user account:north");
    await announced(page, "Account user was accepted for Noor.");
    await announced(page, "Opened: Design");
    assert.ok((await held(page)).includes("Account user Account: North, until 1 Dec 2026 Active"));
    assert.equal(await focused(page), "member-name");
    await shows(page, entries(scene, accepted));
    assert.equal((await navigation(page)).design, "enabled");
    await page.locator('#presets [data-date="2026-12-01"]').click();
    await shows(page, { design: "hidden" });
  });
});

test("copernica: a company's administrator invites, and does not accept for another", () =>
  visit(demo, open("copernica", { person: "iris" }), async (page) => {
    await choose(page, "kim");
    assert.equal(await page.locator('[data-change="accept"]').count(), 0);
    const said = await whyNot(page, "#member .held > li", "Accept");
    assert.match(said, /Rule \d of the policy comes closest\. It (gives this only as invited|is for what people do about themselves)\./);
  }));

test("sys: beyond the plan's seats nobody is added, and a larger plan has room", async () => {
  const scene = await sceneOf("sys");
  await visit(demo, open("sys", { person: "eva" }), async (page) => {
    await choose(page, "sam");
    assert.deepEqual(await offered(page, "member-role"), ["customer"]);
    assert.match(await whyNot(page, "#give-role", "Freelancer"), /Constraint “seats”: no more than 3 people may be Owner \(authorised to decide\), Administrator,? or Freelancer in this plan\./);
    await page.locator("#give-role").evaluate((form) => form.scrollIntoView({ block: "end" }));
    await page.screenshot({ path: join(PICTURES, "members-why-not.png") });
    await page.locator("#plan").selectOption("expert-platform");
    await page.waitForFunction(() => document.querySelectorAll("#member-role option").length === 4);
    await choose(page, "sam");
    await pick(page, "member-role", "Freelancer");
    await pick(page, "member-status", "Invited");
    await press(page, "member-assign");
    await announced(page, "Freelancer was given to Sam.");
    await signIn(page, "sam");
    await shows(page, { content: "hidden" });
    await signIn(page, "eva");
    await press(page, "accept freelancer ");
    await announced(page, "Freelancer was accepted for Sam.");
    await signIn(page, "sam");
    await shows(page, entries(scene, given(subjectOf(scene, "sam"), { role: "freelancer" })));
    assert.equal((await navigation(page)).content, "enabled");
  });
});

test("sys: what others hold is shown to whom the policy shows it, and to nobody else", () =>
  visit(demo, open("sys", { person: "jonas" }), async (page) => {
    await choose(page, "eva");
    assert.deepEqual(await held(page), []);
    assert.match(await page.locator("#member").innerText(), /Only what Jonas may see of Eva is listed\./);
    assert.doesNotMatch(await page.locator("#directory").innerText(), /Owner/);
    assert.equal(await page.locator("#member-instead").count(), 0);
    assert.equal(await page.locator("#give-role .why-not").count(), 4, "nothing is left out from which it could be guessed");
    await choose(page, "jonas");
    assert.deepEqual(await held(page), ["Administrator Active"]);
  }));

test("workspaces: whoever may come in by themselves does, and the page follows at once", async () => {
  const scene = await sceneOf("workspaces");
  await visit(demo, open("workspaces", { person: "noa", rest: "&scope=workspace:landing" }), async (page) => {
    await shows(page, entries(scene, subjectOf(scene, "noa"), "workspace:landing"));
    await choose(page, "noa");
    assert.deepEqual(await offered(page, "member-role"), ["guest"]);
    assert.deepEqual(await offered(page, "member-status"), ["active"]);
    assert.match(await whyNot(page, "#give-role", "Reader, active"), /Rule \d of the policy comes closest\./);
    await choose(page, "noa");
    await press(page, "member-assign");
    await announced(page, "Guest was given to Noa.");
    await announced(page, "Disabled: Content and Events.");
    await shows(page, entries(scene, given(subjectOf(scene, "noa"), { role: "guest", scope: "workspace:landing" }), "workspace:landing"));
    assert.equal((await navigation(page)).content, "disabled");
    assert.match(await page.locator("#persona").innerText(), /Guest/);
  });
});

test("workspaces: an owner admits who asked, an editor touches no owner", async () => {
  const scene = await sceneOf("workspaces");
  await visit(demo, open("workspaces", { person: "emil" }), async (page) => {
    await choose(page, "olga");
    assert.equal(await page.locator("#member [data-change]").count(), 0);
    assert.match(await whyNot(page, "#member .held > li", "Take away"), /It is for Owner there, and Emil is not\./);
    await choose(page, "ines");
    await press(page, "accept reader workspace:sales");
    await announced(page, "Reader was accepted for Ines.");
    await signIn(page, "ines");
    await shows(page, entries(scene, { id: "ines", assignments: [{ role: "reader", scope: "workspace:sales" }] }));
  });
});

test("workspaces: what is given with an end date ends on it", () =>
  visit(demo, open("workspaces", { person: "olga" }), async (page) => {
    await choose(page, "noa");
    await pick(page, "member-role", "Editor");
    await reach(page, "member-until");
    await page.locator("#member-until").fill("2026-12-31");
    await press(page, "member-assign");
    await announced(page, "Editor was given to Noa.");
    assert.deepEqual(await held(page), ["Editor Workspace: Sales (private), until 31 Dec 2026 Active"]);
    await signIn(page, "noa");
    await shows(page, { content: "enabled" });
    await page.locator('#presets [data-date="2026-12-31"]').click();
    await shows(page, { content: "hidden" });
  }));

test("performanet: a login of its own for administration: the constraint is named, and laying the other role down helps", async () => {
  const scene = await sceneOf("performanet");
  await visit(demo, open("performanet", { person: "petra", lang: "de" }), async (page) => {
    await choose(page, "stefan");
    assert.match(await whyNot(page, "#give-role", "Kundenadministrator"), /Bedingung „admin-login-apart-from-supervisor“: Niemand hat mehr als 1 der Rollen Kundenadministrator oder Supervisor\./);
    await choose(page, "stefan");
    await pick(page, "member-instead", "Supervisor");
    await pick(page, "member-role", "Kundenadministrator");
    await press(page, "member-assign");
    await announced(page, "Kundenadministrator wurde Stefan gegeben.");
    await signIn(page, "stefan");
    await shows(page, entries(scene, { id: "stefan", assignments: [{ role: "customer-admin" }] }));
    assert.equal((await navigation(page)).settings, "enabled");
  });
});

test("performanet: an end is moved, a role suspended and active again", async () => {
  const scene = await sceneOf("performanet");
  const vera = subjectOf(scene, "vera");
  await visit(demo, open("performanet", { person: "petra" }), async (page) => {
    await choose(page, "vera");
    await reach(page, "date supervisor ");
    await page.locator('[data-key="date supervisor "]').fill("2026-08-05");
    await press(page, "until supervisor ");
    await announced(page, "Supervisor now ends for Vera on 5 Aug 2026.");
    assert.ok((await held(page)).includes("Supervisor from 1 Aug 2026, until 5 Aug 2026 Ended"));
    await signIn(page, "vera");
    await shows(page, entries(scene, { ...vera, assignments: [{ role: "backoffice" }] }));
    await signIn(page, "petra");
    await press(page, "suspend backoffice ");
    await announced(page, "Back office was suspended for Vera.");
    await signIn(page, "vera");
    await shows(page, entries(scene, { ...vera, assignments: [] }));
    await signIn(page, "petra");
    await press(page, "resume backoffice ");
    await announced(page, "Back office is active again for Vera.");
  });
});

test("one's own role that is given up is gone at once, and undoing brings it back", async () => {
  const scene = await sceneOf("workspaces");
  await visit(demo, open("workspaces", { person: "olga" }), async (page) => {
    assert.equal(await page.locator("#members-reset").isDisabled(), true);
    await choose(page, "olga");
    await press(page, "revoke owner workspace:sales");
    await announced(page, "Owner was taken from Olga.");
    await announced(page, "Gone:");
    await shows(page, entries(scene, { id: "olga", assignments: [] }));
    assert.match(await page.locator("#persona").innerText(), /No roles/);
    await page.locator("#members-undo").focus();
    await page.keyboard.press("Enter");
    await announced(page, "The last change was undone.");
    await shows(page, entries(scene, subjectOf(scene, "olga")));
    assert.equal(await focused(page), "member-name");
    await choose(page, "rosa");
    await press(page, "revoke reader workspace:sales");
    await choose(page, "ines");
    await press(page, "revoke reader workspace:sales");
    await page.locator("#members-reset").click();
    await announced(page, "All changes were undone.");
    assert.deepEqual(await held(page), ["Reader Workspace: Sales (private) Invited"]);
    await page.locator('#systems [data-system="sys"]').click();
    await announced(page, "SYS is open");
  });
});

test("what was changed is still there after a look at another system, and gone after a reload", () =>
  visit(demo, open("performanet", { person: "petra" }), async (page) => {
    await choose(page, "nina");
    await pick(page, "member-role", "Back office");
    await press(page, "member-assign");
    await announced(page, "Back office was given to Nina.");
    await page.locator('#systems [data-system="sys"]').click();
    await announced(page, "SYS is open");
    await page.goBack();
    await announced(page, "PerformaNet is open");
    await signIn(page, "nina");
    await shows(page, { crm: "disabled", settings: "hidden" });
    await page.reload();
    await shows(page, { crm: "hidden", settings: "hidden" });
  }));

for (const id of SYSTEMS) {
  test(`${id}: for every two people what is offered is what the package allows`, async () => {
    const scene = await sceneOf(id);
    const people = Object.keys(scene.system.people);
    await visit(demo, open(id), async (page) => {
      let allowed = 0;
      for (const actor of people) {
        await signIn(page, actor);
        for (const target of people) {
          await page.$eval(`#directory [data-person="${target}"]`, (button) => button.click());
          const place = (await page.locator("#member-place").count()) > 0 ? await page.locator("#member-place").inputValue() : "";
          const scope = place === "" ? {} : { scope: place };
          const has = subjectOf(scene, target).assignments;
          const free = scene.policy.roles.filter((role) => !has.some((held) => held.role === role && (held.scope ?? "") === place));
          const may = (role) => ["active", "invited"].some((status) => decide(scene, { actor, target }, { assign: { role, ...scope, status } }).allowed);
          const expected = free.filter(may);
          assert.deepEqual(await offered(page, "member-role"), expected, `${actor} gives ${target}`);
          const revokes = has.filter(({ role, scope: at }) => decide(scene, { actor, target }, { revoke: { role, ...(at && { scope: at }) } }).allowed).length;
          const shown = await page.locator('#member [data-change="revoke"]').count();
          assert.ok(shown <= revokes, `${actor} takes from ${target}`);
          const unseen = (await page.locator("#member .card > .hint").count()) > 0;
          if (!unseen) assert.equal(shown, revokes, `${actor} takes from ${target}`);
          allowed += expected.length + shown;
        }
      }
      assert.ok(allowed > 5, "something is allowed to somebody");
    });
  });

  test(`${id}: axe finds nothing on the page of people and roles, opened, in any language and on a phone`, () =>
    visit(demo, open(id), async (page) => {
      await page.$$eval("#give-role details", (groups) => groups.forEach((group) => { group.open = true; }));
      await page.screenshot({ path: join(PICTURES, `members-${id}.png`) });
      for (const language of LANGUAGES) {
        await page.locator(`[data-language="${language}"]`).click();
        await page.$$eval("#member details", (groups) => groups.forEach((group) => { group.open = true; }));
        assert.deepEqual(await violations(page), [], language);
        const said = await page.locator("#member").innerText();
        assert.doesNotMatch(said, /undefined|null|NaN|\[object/, language);
      }
      await page.setViewportSize(PHONE);
      await page.$$eval("#member details", (groups) => groups.forEach((group) => { group.open = true; }));
      assert.deepEqual(await wider(page), []);
      assert.deepEqual(await violations(page), [], "on a phone");
    }));
}
