// How the command line is called: help, exit codes, what it says to what cannot be done. Nobody's mistake is answered
// with a stack trace.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { each, example, folder, golden, grantlet, place, typed } from "./support.mjs";

const COMMANDS = ["check", "test", "explain", "matrix", "recommend", "diff", "who", "types", "compile", "serve"];
const { version } = JSON.parse(readFileSync(place("pkg/package.json"), "utf8"));

test("the help of all, which lists every command and no other", async () => {
  await golden("help", ["help"]);
  const { code, out } = await grantlet(["--help"]);
  const listed = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
  assert.deepEqual([code, listed], [0, COMMANDS]);
  assert.equal((await grantlet(["-h"])).out, out);
});

test("the version", async () => {
  assert.deepEqual(await grantlet(["--version"]), { code: 0, out: `${version}\n`, err: "" });
});

for (const command of COMMANDS) {
  test(`the help of ${command}, and its examples`, async (t) => {
    await golden(`help-${command}`, ["help", command]);
    const { out } = await grantlet([command, "--help"]);
    assert.equal((await grantlet(["help", command])).out, out);
    assert.ok(out.split("\n").every((line) => line.length <= 100 || line.startsWith("  grantlet ")));
    const lines = [...out.matchAll(/^ {2}grantlet (.+)$/gm)].map(([, line]) => line);
    assert.ok(lines.length > 0);
    const cwd = folder(t, {});
    cpSync(example, cwd, { recursive: true });
    writeFileSync(join(cwd, "tokens.txt"), `${"0123456789abcdef".repeat(4)}\n`);
    for (const line of lines) {
      const serves = command === "serve";
      const { code, out, err } = await typed(serves ? `${line} --port 0` : line, { cwd, ...(serves && { until: "listening on " }) });
      // A difference and a warning that counts are found in the example; all else is well.
      assert.equal(code, /^diff|--strict/.test(line) ? 1 : 0, `${line}\n${out}${err}`);
      assert.equal(err, "", line);
    }
  });
}

/** Words, and how what is said begins. */
const WRONG = [
  ["", "a command is missing"],
  ["chek", "unknown command `chek`\n  help: did you mean `check`?"],
  ["serve", "`--policy` is missing\n  help: say which policy answers with `--policy FILE`"],
  ["serve --policy none.yaml --port 0", "`none.yaml` is not there"],
  ["serve --policy policy.yaml --port 65536", "`65536` is no port\n  help: write a whole number from 0 to 65535"],
  ["serve --policy policy.yaml --port http", "`http` is no port"],
  ["serve --policy policy.yaml --timeout 0", "`0` is no timeout\n  help: write a whole number from 1 to 3600"],
  ["serve --policy policy.yaml --url pdp.example.com", "`pdp.example.com` is no url"],
  ["serve --policy policy.yaml --url https://pdp.example.com/?a=1", "`https://pdp.example.com/?a=1` is no url"],
  ["serve --policy policy.yaml --cert cert.pem", "`--cert` and `--key` belong together"],
  ["serve --policy policy.yaml --cert policy.yaml --key policy.yaml", "`policy.yaml` and `policy.yaml` are no certificate with its key"],
  ["serve --policy policy.yaml --token-file empty.txt", "`empty.txt` has no token in it"],
  ["serve --policy policy.yaml --token-file short.txt", "`short.txt` has something in it that is no token"],
  ["serve --policy policy.yaml --log folder", "`folder` is a directory"],
  ["serve --policy policy.yaml --port 0 --host no.such.host.invalid", "`no.such.host.invalid` is no host"],
  ["serve --policy policy.yaml --port 0 --host 192.0.2.1", "`192.0.2.1` is no host of this machine"],
  ["serve --policy - --port 0 --watch", "the standard input cannot be watched"],
  ["constructor", "unknown command `constructor`"],
  ["help wo", "unknown command `wo`\n  help: did you mean `who`?"],
  ["check", "an argument is missing\n  help: write `grantlet check POLICY…"],
  ["check --strickt x.json", "unknown option `--strickt`\n  help: did you mean `--strict`?"],
  ["check -z x.json", "unknown option `-z`"],
  ["check --format", "`--format` needs a value, FORMAT"],
  ["check --format gitlab x.json", "`gitlab` is no format\n  help: did you mean `github`?"],
  ["check --strict=yes x.json", "`--strict` takes no value"],
  ["check --strict --strict x.json", "`--strict` is given twice"],
  ["check --json --json x.json", "`--json` is given twice"],
  ["check none.json", "`none.json` is not there"],
  ["check folder", "`folder` is a directory"],
  ["check binary.json", "`binary.json` is no text"],
  ["check utf16.json", "`utf16.json` is no text"],
  ["check latin1.json", "`latin1.json` is not text in UTF-8"],
  ["check compiled.bin", "`compiled.bin` is a compiled policy"],
  ["test none.yaml", "`none.yaml` is not there"],
  ["test lost.yaml", "`none.yaml` is not there"],
  ["explain policy.yaml", "an argument is missing"],
  ["explain policy.yaml crm:view", "`--subject` is missing\n  help: say who asks with `--subject FILE`"],
  ["explain policy.yaml crm:view more --subject anna.yaml", "`more` is one argument too many"],
  ["explain policy.yaml crm:view --subject --json", "`--subject` needs a value, FILE"],
  ["explain policy.yaml crm:view --subject policy.tests.yaml#/subjects/ana", "there is nothing at `/subjects/ana` in `policy.tests.yaml`\n  help: at `/subjects` there are `anna`, `ben`"],
  ["explain policy.yaml crm:view --subject anna.yaml --now soon", "`soon` is no time"],
  ["matrix policy.yaml --role slaes", "the policy has no role `slaes`\n  help: did you mean `sales`?"],
  ["recommend policy.yaml crm:veiw", "the policy has no permission `crm:veiw`\n  help: did you mean `crm:view`?"],
  ["recommend policy.yaml crm:view --plan grwoth", "the policy has no plan `grwoth`"],
  ["recommend policy.yaml crm:view --at-most 0", "`0` is no number of roles"],
  ["diff policy.yaml", "an argument is missing"],
  ["who policy.yaml crm:view", "`--directory` is missing\n  help: say who there is with `--directory FILE`"],
  ["who policy.yaml crm:veiw --directory directory.yaml", "the policy has no permission `crm:veiw`\n  help: did you mean `crm:view`?"],
  ["diff - -", "the standard input can be read once"],
  ["compile policy.yaml", "`--output` is missing\n  help: say where with `-o FILE`"],
];

test("what cannot be done as it was asked ends with 2, a sentence, and nothing on the standard output", async (t) => {
  const cwd = folder(t, {
    "binary.json": Buffer.from([123, 0, 255, 1]),
    "utf16.json": Buffer.from("\uFEFF{}", "utf16le"),
    "latin1.json": Buffer.from('{ "name": "\u00e9" }', "latin1"),
    "compiled.bin": Buffer.from([1, 2, 3]),
    "empty.txt": "\n\n",
    "short.txt": "0123456789abcdef0123456789abcdef\nsecret\n",
    "lost.yaml": "policy: none.yaml\nsubjects: {}\ntests: []\n",
  });
  cpSync(example, cwd, { recursive: true });
  mkdirSync(join(cwd, "folder"));
  await each(WRONG, async ([line, expected]) => {
    const { code, out, err } = await typed(line, { cwd, input: '{ "grantlet": 1, "resources": {}, "roles": {} }' });
    assert.deepEqual([code, out], [2, ""], `${line}\n${err}`);
    assert.ok(err.startsWith(`grantlet: ${expected}`), `${line}: ${err}`);
    assert.doesNotMatch(err, /\bat .+:\d+:\d+\)?$/m);
  });
});

test("what is larger than it may be is refused", async (t) => {
  const cwd = folder(t, { "large.yaml": Buffer.alloc(16 * 1024 * 1024 + 1, 32), "large.json": Buffer.alloc(64 * 1024 * 1024 + 1, 32) });
  assert.match((await grantlet(["check", "large.yaml"], { cwd })).err, /`large.yaml` is larger than 16 MiB\n {2}help: as JSON/);
  assert.match((await grantlet(["check", "large.json"], { cwd })).err, /`large.json` is larger than 64 MiB/);
});

test("the standard input, in either form", async () => {
  const good = readFileSync(join(example, "policy.yaml"), "utf8");
  assert.equal((await grantlet(["check", "-"], { input: good })).code, 0);
  assert.equal((await grantlet(["check", "-"], { input: '  { "grantlet": 1, "resources": {}, "roles": {} }' })).code, 0);
  const { code, out } = await grantlet(["check", "-"], { input: good.replace("crm.**:view", "crm.**:veiw") });
  assert.match(out, /^<stdin>:19:9: error\[/);
  assert.equal(code, 1);
  const subject = readFileSync(join(example, "anna.yaml"));
  const words = ["explain", "policy.yaml", "--subject", "-", "--scope", "workspace:north", "crm:view"];
  assert.match((await grantlet(words, { cwd: example, input: subject })).out, /assigned at `workspace:north` \(<stdin>:4:5\)/);
});

test("a policy with an error is told by every command, for people and for machines", async (t) => {
  const cwd = folder(t, {});
  cpSync(example, cwd, { recursive: true });
  writeFileSync(join(cwd, "policy.yaml"), "grantlet: 1\nresources: {}\nrole: {}\n");
  const calls = [
    "test policy.tests.yaml",
    "explain policy.yaml --subject anna.yaml crm:view",
    "matrix policy.yaml",
    "recommend policy.yaml crm:view",
    "diff newer.json policy.yaml",
    "who policy.yaml --directory directory.yaml crm:view",
    "types policy.yaml",
    "compile policy.yaml -o policy.bin",
    "serve --policy policy.yaml --port 0",
  ];
  await each(calls, async (call) => {
    const { code, out, err } = await typed(call, { cwd });
    assert.deepEqual([code, out], [1, ""], call);
    assert.match(err, /^policy\.yaml:3:1: error\[unknown-key\]: unknown key `role`\n {2}help: did you mean `roles`\?$/m);
    const machines = await typed(`${call} --json`, { cwd });
    assert.deepEqual([machines.code, machines.err], [1, ""], call);
    const [{ file, line, column, code: found }] = JSON.parse(machines.out).diagnostics;
    assert.deepEqual([file, line, column, found], ["policy.yaml", 3, 1, "unknown-key"]);
  });
});

test("colours where they are wanted", async () => {
  const of = async (env) => (await grantlet(["diff", "policy.yaml", "newer.json"], { cwd: example, env })).out.includes("\x1b[");
  assert.equal(await of({}), false);
  assert.equal(await of({ FORCE_COLOR: "1" }), true);
  assert.equal(await of({ FORCE_COLOR: "0" }), false);
  assert.equal(await of({ NO_COLOR: "1" }), false);
});

test("who reads along may stop before the end", async () => {
  const command = ["sh", "-c", '"$0" "$@" | head -c 10; exit 0', process.execPath, place("pkg/dist/cli.js")];
  const { code, out, err } = await grantlet(["matrix", "--format", "html", "policies/procurios.json"], { command });
  assert.deepEqual([code, out, err], [0, "<!doctype ", ""]);
});
