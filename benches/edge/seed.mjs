// Fills the database of the workers: as many subjects as it is to hold, with their assignments, and the records that are
// asked about.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { each, KNOWN, resource, subject } from "./data.mjs";

const MIGRATIONS = new URL("../../pkg/d1/migrations/", import.meta.url);
const schema = readdirSync(MIGRATIONS).sort().map((name) => readFileSync(new URL(name, MIGRATIONS), "utf8")).join("\n");
/** Names the database by what it is made with. */
export const SCHEMA = createHash("sha256").update(schema).digest("hex").slice(0, 16);

/** So many rows are sent at a time. */
const BATCH = 10_000;

const SUBJECTS = `INSERT INTO subjects (id) SELECT value ->> 0 FROM json_each(?)`;
const ASSIGNMENTS = `INSERT INTO assignments (subject, position, role)
  SELECT one.value ->> 0, held.key, held.value FROM json_each(?1) AS one, json_each(one.value, '$[1]') AS held`;
const RESOURCES = `INSERT INTO resources (type, id, attributes)
  SELECT value ->> 0, value ->> 1, value -> 2 FROM json_each(?)`;

const statements = schema.replace(/^--.*$/gm, "").split(/;\s*(?:\n|$)/).filter((one) => one.trim() !== "");

function* batches(list) {
  for (let start = 0; start < list.length; start += BATCH) yield JSON.stringify(list.slice(start, start + BATCH));
}

/** Seconds that it took; undefined where the database was full already. */
export async function seed(db, count) {
  const began = performance.now();
  const { there } = await db.prepare("SELECT count(*) AS there FROM sqlite_master WHERE name = 'subjects'").first();
  if (there === 1) {
    const { full } = await db.prepare("SELECT count(*) AS full FROM subjects").first();
    if (full === count) return undefined;
    throw new Error(`the database has ${full} subjects of ${count}: remove its folder below target/bench`);
  }
  await db.batch(statements.map((statement) => db.prepare(statement)));
  // An index over rows that are there is made faster than one that grows with them.
  const { results: indexes } = await db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''").all();
  await db.batch(indexes.map(({ name }) => db.prepare(`DROP INDEX ${name}`)));
  // In the order of the table, which is that of the texts.
  const people = each(count, subject).sort((one, other) => (one.id < other.id ? -1 : 1));
  const rows = people.map(({ id, assignments }) => [id, assignments.map(({ role }) => role)]);
  for (const batch of batches(rows)) await db.batch([SUBJECTS, ASSIGNMENTS].map((sql) => db.prepare(sql).bind(batch)));
  const records = each(KNOWN, resource).map(({ type, id, attributes }) => [type, id, attributes]);
  for (const batch of batches(records)) await db.prepare(RESOURCES).bind(batch).run();
  for (const { sql } of indexes) await db.prepare(sql).run();
  return (performance.now() - began) / 1000;
}
