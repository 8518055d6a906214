// How much longer the compiler takes for two thousand permissions: processor time of `tsc`, the median of runs that
// take turns, because a machine is never alone; and how many types it has to make, which is the same everywhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { declared, literal, policy } from "./large.mjs";

const RUNS = 3;
const MOST_MORE = 2_000;
const MOST_INSTANTIATIONS = 40_000;

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const target = fileURLToPath(new URL("../../target/", import.meta.url));
const folder = mkdtempSync(`${target}types-`);
after(() => rmSync(folder, { recursive: true }));

/** Told by the compiler's process at its end. */
const METER = `${folder}/meter.cjs`;
writeFileSync(METER, `process.on("exit", () => console.log("Cpu:", process.cpuUsage().user + process.cpuUsage().system));`);

/** The command that a program calls for its declarations. */
const command = fileURLToPath(new URL("../../pkg/dist/cli.js", import.meta.url));

/** Has `grantlet types` write the names of a policy, and gives what imports them. */
function names(name, document) {
  writeFileSync(`${folder}/${name}.json`, JSON.stringify(document));
  const words = [command, "types", `${name}.json`, "-o", `${name}.d.ts`];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", cwd: folder });
  assert.equal(status, 0, stderr);
  return `./${name}.js`;
}

const [small, large] = [policy(1), policy(500)];
const PROGRAMS = {
  small: literal(small),
  "small, declared": declared(small, names("small-policy", small)),
  literal: literal(large),
  declared: declared(large, names("large-policy", large)),
  mistaken: `${literal(large)}session.can("area0:edti");\n`,
};

function project(name) {
  const file = `${name.replace(/\W+/g, "-")}`;
  writeFileSync(`${folder}/${file}.mts`, PROGRAMS[name]);
  const config = { extends: "../../tests/types/fixtures/tsconfig.json", include: [`${file}.mts`] };
  const place = `${folder}/${file}.json`;
  writeFileSync(place, JSON.stringify({ ...config, compilerOptions: { module: "nodenext", skipLibCheck: true } }));
  return place;
}

function compiled(place) {
  const words = ["--require", METER, compiler, "--project", place, "--extendedDiagnostics"];
  const { stdout } = spawnSync(process.execPath, words, { encoding: "utf8", cwd: folder });
  const figure = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(stdout)?.[1]);
  return {
    errors: stdout.split("\n").filter((line) => line.includes("error TS")),
    milliseconds: figure("Cpu") / 1_000,
    instantiations: figure("Instantiations"),
  };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

test("two thousand permissions cost the compiler less than two seconds more", (t) => {
  assert.equal(Object.keys(large.resources).length * 4, 2_000);
  const names = Object.keys(PROGRAMS).filter((name) => name !== "mistaken");
  const places = Object.fromEntries(names.map((name) => [name, project(name)]));
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) for (const name of names) runs[name].push(compiled(places[name]));
  const time = (name) => median(runs[name].map(({ milliseconds }) => milliseconds));
  for (const name of names) assert.deepEqual(runs[name][0].errors, [], name);
  for (const [name, base] of [["literal", "small"], ["declared", "small, declared"]]) {
    const more = time(name) - time(base);
    const { instantiations } = runs[name][0];
    const figures = `${Math.round(more)} ms of the processor more than the ${Math.round(time(base))} of a small policy`;
    t.diagnostic(`${name}: ${figures}, ${instantiations} instantiations`);
    assert.ok(more < MOST_MORE, `${name}: ${figures}`);
    assert.ok(instantiations > 1_000 && instantiations < MOST_INSTANTIATIONS, `${name}: ${instantiations} instantiations`);
  }
});

test("and a typing error among two hundred questions is found", () => {
  const { errors } = compiled(project("mistaken"));
  assert.equal(errors.length, 1);
  assert.match(errors[0], /"area0:edti"/);
});
