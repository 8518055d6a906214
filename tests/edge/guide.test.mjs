// The guide to decision points, run as it stands there: its files are written into a folder and imported, and each
// question gets the answer that stands below it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sender, serving } from "./support/serving.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const guide = readFileSync(at("docs/guides/authzen.md"), "utf8");
const blocks = [...guide.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]+?)^```$/gm)].map(([, language, about, code]) => ({ language, about, code }));

mkdirSync(at("target"), { recursive: true });
const project = mkdtempSync(at("target/authzen-guide-"));
after(() => rmSync(project, { recursive: true, force: true }));
writeFileSync(join(project, "package.json"), '{ "type": "module" }');
const files = [];
for (const { code } of blocks) {
  const [, name, content] = /^\/\/ (\S+\.(?:js|json))\n([\s\S]+)$/.exec(code) ?? [];
  if (name === undefined) continue;
  files.push(name);
  writeFileSync(join(project, name), content);
}
const imported = (name) => import(pathToFileURL(join(project, name)));

/** The questions with their answers. */
const asked = blocks.flatMap(({ about, code }, index) => {
  const [, path] = /^POST (\S+)$/.exec(about ?? "") ?? [];
  if (path === undefined) return [];
  assert.equal(blocks[index + 1].about, "answer");
  return [{ path, question: code, answer: JSON.parse(blocks[index + 1].code) }];
});

/** An answer as of a policy that has no version. */
function unversioned(answer) {
  const text = JSON.stringify(answer, (key, value) => (key === "policyVersion" ? undefined : value));
  return JSON.parse(text.replace('"context":{},', ""));
}

const post = (send, path, body) => send(path, { method: "POST", headers: { "content-type": "application/json" }, body });

test("every block is a file, a question, an answer or a command that is run here", () => {
  assert.deepEqual(files, ["policy.json", "directory.json", "server.js", "worker.js", "may.js"]);
  const commands = blocks.filter(({ language }) => language === "sh").map(({ code }) => code.trim());
  assert.deepEqual(commands, ["npm install grantlet", "npx grantlet serve --policy policy.json --directory directory.json --watch"]);
  assert.equal(blocks.length, files.length + commands.length + 2 * asked.length);
  assert.equal(asked.length, 3);
});

test("the Node server answers what the guide says, and the caller's program understands it", async (t) => {
  const { write } = process.stdout;
  const logged = [];
  process.env.PORT = "0";
  const { server, point } = await imported("server.js");
  t.after(() => server.close());
  if (!server.listening) await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  process.stdout.write = (text) => logged.push(text);
  try {
    for (const { path, question, answer } of asked) {
      assert.deepEqual(await (await post(sender(url), path, question)).json(), answer);
    }
    process.env.DECISION_POINT = url;
    const { may } = await imported("may.js");
    const question = JSON.parse(asked[0].question);
    assert.equal(await may(question), true);
    assert.equal((await point.evaluate(question)).decision, true);
    assert.equal(await may({ ...question, subject: { type: "user", id: "ben" } }), false);
    assert.equal(await may({}), false);
    process.env.DECISION_POINT = "http://127.0.0.1:1";
    assert.equal(await may(question), false);
  } finally {
    process.stdout.write = write;
  }
  assert.equal(JSON.parse(logged[0]).reason, "granted");
  assert.equal(logged.length, 1 + 3 + 1 + 3);
});

test("so does the handler", async () => {
  const { default: worker } = await imported("worker.js");
  for (const { path, question, answer } of asked) {
    const send = (path, init) => worker.fetch(new Request(`https://pdp.example.com${path}`, init));
    assert.deepEqual(await (await post(send, path, question)).json(), unversioned(answer));
  }
});

test("so does the command", async (t) => {
  const { url, written } = await serving(t, project, ["--policy", "policy.json", "--directory", "directory.json", "--watch"]);
  const [, version] = /policy (\S+)$/m.exec(written.out);
  for (const { path, question, answer } of asked) {
    const answered = await (await post(sender(url), path, question)).text();
    assert.deepEqual(JSON.parse(answered.replaceAll(version, "1")), answer);
  }
});
