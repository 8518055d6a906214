// A D1 database as workerd has it, with the tables of the package's migrations.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";

const { Miniflare } = createRequire(new URL("../../runtimes/package.json", import.meta.url))("miniflare");
const MIGRATIONS = new URL("../../../pkg/d1/migrations/", import.meta.url);

/** The statements of the migrations, in their order. */
export function migrations() {
  const texts = readdirSync(MIGRATIONS).sort().map((name) => readFileSync(new URL(name, MIGRATIONS), "utf8"));
  return texts.flatMap((text) => text.replaceAll(/^--.*$/gm, "").split(";")).filter((sql) => sql.trim() !== "");
}

const opened = [];
after(() => Promise.all(opened.map((miniflare) => miniflare.dispose())));

/** Workerd with bindings, until the tests of the file are over. */
export function workerd(options) {
  const settings = { cf: false, telemetry: { enabled: false }, modules: true, script: "export default {}", compatibilityDate: "2026-04-01" };
  const miniflare = new Miniflare({ ...settings, ...options });
  opened.push(miniflare);
  return miniflare;
}

/** An empty database; `change` may change the statements that make its tables. */
export async function database(change = (sql) => sql) {
  const d1 = await workerd({ d1Databases: ["DIRECTORY"] }).getD1Database("DIRECTORY");
  await d1.batch(migrations().map((sql) => d1.prepare(change(sql))));
  return d1;
}

/** A database that counts its round trips and the statements in them. */
export function counting(d1) {
  const counts = { trips: 0, statements: 0 };
  const counted = {
    prepare: (sql) => d1.prepare(sql),
    batch: (statements) => {
      counts.trips += 1;
      counts.statements += statements.length;
      return d1.batch(statements);
    },
  };
  return { counted, counts };
}

/** A database that runs what is asked in one turn in one round trip. */
export function together(d1) {
  let waiting;
  const send = async (own) => {
    await new Promise(setImmediate);
    waiting = undefined;
    const answers = await d1.batch(own.flat());
    let at = 0;
    return own.map((statements) => answers.slice(at, (at += statements.length)));
  };
  return {
    prepare: (sql) => d1.prepare(sql),
    batch: async (statements) => {
      if (waiting === undefined) {
        const own = [];
        waiting = { own, answers: send(own) };
      }
      const { own, answers } = waiting;
      const place = own.push(statements) - 1;
      return (await answers)[place];
    },
  };
}
