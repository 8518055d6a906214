// The blocks of `docs/guides/editor.md`, each given to what the guide says of it.

import assert from "node:assert/strict";
import test from "node:test";
import { checkPolicy } from "grantlet";
import { parse } from "yaml";
import { said } from "../types/editor.mjs";
import { text, validator } from "./support.mjs";

const guide = text("docs/guides/editor.md");
const blocks = (language) => [...guide.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(([, block]) => block);

test("the policies are legal, and name a file that the package ships", async () => {
  const written = [...blocks("json").map(JSON.parse), ...blocks("yaml").map((block) => parse(block))];
  assert.equal(written.length, 2);
  const accepts = validator("policy");
  for (const policy of written) {
    assert.ok(accepts(policy), JSON.stringify(accepts.errors));
    assert.deepEqual(await checkPolicy(policy), []);
  }
  const named = [...guide.matchAll(/\$schema(?:": "|=)\.\/node_modules\/grantlet\/([\w.]+)/g)].map(([, file]) => file);
  assert.deepEqual(named, ["grantlet.schema.json", "grantlet.schema.json"]);
});

test("the programs are as typed as they claim", () => {
  const programs = blocks("ts");
  assert.equal(programs.length, 3);
  for (const program of programs) {
    assert.deepEqual(said(`${program}\nexport {};\n`), []);
    const unclaimed = program.replace(/\/\/ @ts-expect-error.*\n/g, "\n");
    assert.equal(said(`${unclaimed}\nexport {};\n`).length, program.split("@ts-expect-error").length - 1);
  }
});
