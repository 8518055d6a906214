// `node report.mjs [--write | --write-edge]`: tables of what was measured last, from `target/bench/`. With `--write` they
// are put into README.md and benches/README.md, between the marks; with `--write-edge` those of the edge alone.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { edgeTables } from "./edge/report.mjs";
import { median, ratio } from "./measure/figures.mjs";
import { MEMORY, ROWS } from "./rows.mjs";
import { short, size, table, time } from "./tables.mjs";

const GRANTS = 150;
const ENGINES = ["grantlet", "grantlet by handle", "CASL", "permix", "casbin", "Cedar"];

const place = (path) => fileURLToPath(new URL(path, import.meta.url));

function measured(...names) {
  const results = names.map((name) => place(`../target/bench/${name}.json`)).filter(existsSync);
  return results.map((file) => JSON.parse(readFileSync(file, "utf8"))).reduce((all, each) => ({
    samples: [...all.samples, ...(each.samples ?? [])],
    memory: [...all.memory, ...(each.memory ?? [])],
  }), { samples: [], memory: [] });
}

const ELEMENTS = measured("dom");
const PLACES = [["Node", measured("checks", "cold", "memory")], ["Chromium", measured("chromium")]];
const [[, node]] = PLACES;

const samplesOf = ({ samples }, engine, group) =>
  samples.find((each) => each.engine === engine && each.group === group)?.samples;

const missed = [];

function verdict(what, value, { bound, aim }) {
  if (value > bound) missed.push(`${what}: ${short(value)}, and ${bound} is the bound`);
  return value <= aim ? "✓✓" : value <= bound ? "✓" : "✗";
}

function ratioCell(from, each) {
  const own = samplesOf(from, each.engine, each.group);
  const other = samplesOf(from, each.other, each.otherGroup);
  if (own === undefined || other === undefined) return "";
  const { median, low, high } = ratio(own, other);
  return `${verdict(each.what, median, each)} ${short(median)} (${short(low)} to ${short(high)})`;
}

/** The rows that have a bound. */
function bounds() {
  const head = ["", "to", "bound", "aim", ...PLACES.map(([name]) => name)];
  const rows = ROWS.map((each) =>
    [each.what, each.against, each.bound, each.aim, ...PLACES.map(([, from]) => ratioCell(from, each))]);
  for (const form of ["text", "bytes"]) {
    const found = node.memory.find(({ engine, times, form: of }) => engine === "grantlet" && times === MEMORY.times && of === form);
    if (found === undefined) continue;
    const perGrant = found.policy.module / (GRANTS * MEMORY.times);
    const what = `${MEMORY.what}, from ${form}`;
    rows.push([what, "", MEMORY.bound, MEMORY.aim, `${verdict(what, perGrant, MEMORY)} ${short(perGrant)}`, ""]);
  }
  return table(head, rows);
}

/** Every engine's figures in one place, as ratios to CASL and in time on the machine that measured. */
function engines(from, groups) {
  const rows = ENGINES.map((engine) => {
    const cells = groups.map(([, group, unit]) => {
      const samples = samplesOf(from, engine, group);
      if (samples === undefined) return "";
      const casl = samplesOf(from, "CASL", group);
      const to = casl === undefined || engine === "CASL" ? "" : ` (${short(ratio(samples, casl).median)})`;
      return `${time(median(samples) * (unit ?? 1))}${to}`;
    });
    return [engine, ...cells];
  });
  return table(["", ...groups.map(([title]) => title)], rows.filter((cells) => cells.slice(1).some((cell) => cell !== "")));
}

const CHECKS = [["allowed", "allow"], ["denied", "deny"], ["condition", "condition"], ["page of 40", "page"], ["session", "session"], ["again", "again"]];
const MS = 1e6;
const STARTS = [["cold start", "cold", MS], ["cold start from bytes", "cold from bytes", MS]];
const SIZES = [1, 10, 100, 1000];
const growth = (group) => SIZES.map((times) => [`${(GRANTS * times).toLocaleString("en")} grants`, `${group} at ${times}`]);

function memory() {
  // The module's memory comes in pages, and one page is there before a small policy.
  const large = node.memory.filter(({ times }) => times > 1);
  const policies = large.map(({ engine, form, times, policy }) => {
    const perGrant = (bytes) => (bytes / (GRANTS * times)).toFixed(0);
    return [`${engine}, from ${form}`, (GRANTS * times).toLocaleString("en"), size(policy.module), perGrant(policy.module)];
  });
  const sessions = node.memory.filter(({ form, plain }) => form === "text" && plain !== undefined).map(
    ({ engine, sessions, plain, asked }) =>
      [engine, ...[plain.heap, plain.module, asked.heap, asked.module].map((bytes) => size(bytes / sessions))]);
  return [
    table(["policy", "grants", "module", "bytes per grant"], policies),
    table(["a session", "JavaScript", "module", "JavaScript, asked of a record", "module, asked of a record"], sessions),
  ].join("\n\n");
}

/** Updates of many bound elements: the binder's, by hand, and the ratio. */
function updates() {
  const groups = [...new Set(ELEMENTS.samples.map(({ group }) => group))];
  const rows = groups.map((group) => {
    const [own, hand] = ["grantlet", "by hand"].map((engine) => samplesOf(ELEMENTS, engine, group));
    const { median: middle, low, high } = ratio(own, hand);
    return [group, time(median(own)), time(median(hand)), `${short(middle)} (${short(low)} to ${short(high)})`];
  });
  return table(["", "grantlet/dom", "by hand", "ratio"], rows);
}

function put(file, mark, text) {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const written = readFileSync(place(file), "utf8");
  const [before, rest] = written.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${file} has no marks \`${start}\` and \`${end}\``);
  writeFileSync(place(file), `${before}${start}\n\n${text}\n\n${end}${after}`);
}

const summary = bounds();
const all = [
  ["### Checks and sessions in Node", engines(node, CHECKS)],
  ["### Checks and sessions in Chromium", engines(PLACES[1][1], CHECKS)],
  ["### A check as the policy grows, in Node", engines(node, growth("allow"))],
  ["### A session as the policy grows, in Node", engines(node, growth("session"))],
  ["### Loading from text, in Node", engines(node, growth("load"))],
  ["### Loading from bytes, in Node", engines(node, growth("bytes"))],
  ["### The start in a fresh process of Node", engines(node, STARTS)],
  ["### The start in a fresh page of Chromium", engines(PLACES[1][1], STARTS)],
  ["### An update of 10,000 bound elements in Chromium", updates()],
  ["### Memory in Node", memory()],
];
const details = all.map(([title, text]) => `${title}\n\n${text}`).join("\n\n");

const edgeFile = place("../target/bench/edge.json");
const edge = existsSync(edgeFile) ? edgeTables(JSON.parse(readFileSync(edgeFile, "utf8")), missed) : undefined;

console.log(`\n${summary}\n\n${details}\n\n${edge ?? "nothing of the edge was measured"}`);
if (process.argv.includes("--write")) {
  put("../README.md", "figures", summary);
  put("README.md", "figures", summary);
  put("README.md", "details", details);
}
if (edge !== undefined && (process.argv.includes("--write") || process.argv.includes("--write-edge"))) put("README.md", "edge", edge);
console.log(missed.length === 0 ? "\nno bound is missed" : `\nmissed:\n${missed.map((line) => `  ${line}`).join("\n")}`);
