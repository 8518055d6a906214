// The page of people and roles, worked by keyboard: a person is chosen, a field or button is reached with the tab key.

import assert from "node:assert/strict";
import { focused } from "./demo.mjs";

export const open = (id, { person, rest = "", lang = "en" } = {}) =>
  `?system=${id}&lang=${lang}${person === undefined ? "" : `&person=${person}`}${rest}#/members`;

/** Chooses a person in the list; reading goes on at their name. */
export async function choose(page, person) {
  const button = page.locator(`#directory [data-person="${person}"]`);
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "member-name");
}

/** Takes the focus, by tab key alone, to what has this key. */
export async function reach(page, key, most = 120) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.dataset.key === wanted, key)) return;
  }
  assert.fail(`the focus never came to ${key}`);
}

/** Opens a list of choices by its key, and types until the one that is wanted is chosen. */
export async function pick(page, id, name) {
  await reach(page, id);
  await page.keyboard.type(name);
  assert.equal(await page.$eval(`#${id}`, (list) => list.selectedOptions[0].textContent), name);
}

export async function press(page, key) {
  await reach(page, key);
  await page.keyboard.press("Enter");
}

/** The names that a list of choices offers; none where it is not there. */
export const offered = (page, id) => page.$$eval(`#${id} option`, (options) => options.map((option) => option.value));

/** What the page says about something that it does not offer, opened by keyboard. */
export async function whyNot(page, form, what) {
  const list = page.locator(`${form} > .refused`).first();
  const summary = list.locator(":scope > summary");
  if (!(await list.evaluate((details) => details.open))) {
    await summary.focus();
    await page.keyboard.press("Enter");
  }
  const asked = list.locator(".why-not > summary").filter({ has: page.locator("span", { hasText: new RegExp(`^${what}$`) }) });
  await asked.focus();
  await page.keyboard.press("Enter");
  return (await asked.locator("..").innerText()).replace(/\s+/g, " ");
}

/** Signs in as somebody else, as the panel does. */
export const signIn = (page, person) => page.$eval(`#person-${person}`, (radio) => radio.click());

/** What is written about what somebody holds. */
export const held = (page) => page.$$eval("#member .held > li", (rows) => rows.map((row) => row.querySelector(".held-head").innerText.replace(/\s+/g, " ")));
