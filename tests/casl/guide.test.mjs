// Every block of the guide that leads from CASL is run, and what the two libraries answer is compared.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { createMongoAbility, subject } from "@casl/ability";
import { loadPolicy } from "grantlet";
import { anchors, chapters, overview, rows, run } from "./guide.mjs";

const DIFFERS = "**The answers\ndiffer**";
const differs = (prose) => prose.replace(/\s+/g, " ").includes(DIFFERS.replace(/\s+/g, " "));
/** Chapters in which each library says it in a form of its own. */
const OWN_FORMS = ["Reasons"];

const isOf = (library) => ({ code }) => new RegExp(`from "${library}["/]`).test(code);

for (const { title, prose, blocks } of chapters.filter(({ blocks }) => blocks.length > 0)) {
  const [casl, grantlet, ...others] = blocks;

  test(`${title}: the code of both sides answers as its comments say`, async () => {
    assert.ok(isOf("@casl/ability")(casl) && !isOf("grantlet")(casl), "the first block is CASL's");
    const found = [];
    for (const [number, block] of blocks.entries()) {
      if (number > 0) assert.ok(isOf("grantlet")(block) && !isOf("@casl/ability")(block), "the others are grantlet's");
      const { claims, answers } = await run(block, `${title.replace(/\W+/g, "-")}-${number}`);
      assert.ok(claims.length > 0);
      assert.deepEqual(answers, claims);
      found.push(answers);
    }
    if (OWN_FORMS.includes(title)) return;
    if (differs(prose)) assert.notDeepEqual(found[0], found[1], "the chapter says that the answers differ");
    else assert.deepEqual(found[1], found[0], "the chapter says nothing of a difference");
    assert.equal(found[0].length, found[1].length);
    assert.ok(others.length <= 1 && grantlet !== undefined);
  });
}

const operators = chapters.find(({ title }) => title === "Operators");

test("every operator of the table answers alike on both sides", async () => {
  const pairs = rows(operators);
  assert.equal(pairs.length, 12);
  for (const [conditions, when] of pairs) {
    const ability = createMongoAbility([{ action: "read", subject: "Thing", conditions: JSON.parse(conditions) }]);
    const policy = await loadPolicy({
      grantlet: 1,
      resources: { thing: { actions: ["read"] } },
      roles: { reader: { allow: [{ permissions: ["thing:read"], when: JSON.parse(when) }] } },
    });
    const session = policy.session({ id: "anna", assignments: [{ role: "reader" }] });
    const expected = [1, 2, 3].map((x) => ability.can("read", subject("Thing", { x })));
    const found = [1, 2, 3].map((x) => session.can("thing:read", { resource: { x } }));
    assert.deepEqual(found, expected, conditions);
  }
});

test("a list is matched by CASL element by element, and in grantlet by `in`", async () => {
  const ability = createMongoAbility([{ action: "read", subject: "Thing", conditions: { tags: "news" } }]);
  assert.equal(ability.can("read", subject("Thing", { tags: ["news", "sport"] })), true);
  const may = async (when) => {
    const policy = await loadPolicy({
      grantlet: 1,
      resources: { thing: { actions: ["read"] } },
      roles: { reader: { allow: [{ permissions: ["thing:read"], when }] } },
    });
    const session = policy.session({ id: "anna", assignments: [{ role: "reader" }] });
    return session.can("thing:read", { resource: { tags: ["news", "sport"] } });
  };
  assert.equal(await may({ eq: [{ var: "resource.tags" }, "news"] }), false);
  assert.equal(await may({ in: ["news", { var: "resource.tags" }] }), true);
});

test("every row of the overview leads to a chapter, and says whether it is the same there", () => {
  const linked = overview.flatMap((row) => [...row.matchAll(/\[([^\]]+)\]\(#([\w-]+)\) \|$/g)]);
  assert.equal(linked.length, 15);
  for (const [, word, anchor] of linked) {
    const chapter = chapters[anchors.indexOf(anchor)];
    assert.ok(chapter !== undefined, anchor);
    if (word === "yes") assert.ok(!differs(chapter.prose), chapter.title);
    if (word.startsWith("not ") || word.startsWith("no:")) assert.ok(differs(chapter.prose), chapter.title);
  }
});

test("the versions that the guide names are those that it is run with", () => {
  const version = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
  const vue = chapters.find(({ title }) => title === "Vue").prose;
  for (const path of ["casl-6/node_modules/@casl/vue", "casl-6/node_modules/@casl/ability", "../../node_modules/@casl/ability"]) {
    assert.ok(vue.includes(version(`${path}/package.json`)), path);
  }
});
