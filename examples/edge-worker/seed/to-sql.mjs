// Prints a directory file as SQL for the tables of `grantlet/d1/migrations`:
//
//   node seed/to-sql.mjs seed/directory.json > directory.sql
//   wrangler d1 execute directory --remote --file directory.sql

import { readFileSync } from "node:fs";

const { context = {}, subjects, resources = [] } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const quoted = (value) => `'${String(value).replaceAll("'", "''")}'`;
/** Lists and objects are kept as JSON. */
const sql = (value) => (typeof value === "number" ? value : quoted(typeof value === "string" ? value : JSON.stringify(value)));
const time = (value) => (value === undefined ? undefined : new Date(value).getTime());

/** A row, of what there is of it. */
function insert(table, row) {
  const columns = Object.keys(row).filter((name) => row[name] !== undefined);
  const names = columns.map((name) => `"${name}"`).join(", ");
  console.log(`INSERT INTO ${table} (${names}) VALUES (${columns.map((name) => sql(row[name])).join(", ")});`);
}

const { plan, entitlements, attributes, scopes = {} } = context;
insert("context", { one: 1, plan, entitlements, attributes });
for (const [reference, { parent, attributes }] of Object.entries(scopes)) insert("scopes", { reference, parent, attributes });
for (const { id, status, attributes, assignments = [], grants = [] } of subjects) {
  insert("subjects", { id, status, attributes });
  assignments.forEach(({ role, scope, status, from, until }, position) => {
    insert("assignments", { subject: id, position, role, scope, status, from: time(from), until: time(until) });
  });
  grants.forEach(({ permissions, scope, except, when, status, from, until }, position) => {
    insert("grants", { subject: id, position, permissions, scope, except, when, status, from: time(from), until: time(until) });
  });
}
for (const { type, id, scope, attributes } of resources) insert("resources", { type, id, scope, attributes });
