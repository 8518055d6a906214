// What is left of conditions as a `WHERE` of D1: the rows that it selects are held to section 5 of the model, row by row.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { d1Directory } from "grantlet/authzen";
import { attributes, DECIMALS, INTEGERS, KEYS, ODD_KEYS, residuals, sample, truth } from "./support/conditions.mjs";
import { database, together } from "./support/d1.mjs";

const TYPE = "crm.relation";

/** A directory with these rows, and the records that the decision point makes of them. */
async function rowsOf(texts) {
  const d1 = await database();
  const rows = texts.map((text, index) => ({ id: ["a", "é", "'", ""][index % 4] + index, text, scope: index % 3 === 0 ? null : `workspace:${index % 3}` }));
  const sql = `INSERT INTO resources (type, id, scope, attributes)
    SELECT '${TYPE}', value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)`;
  await d1.prepare(sql).bind(JSON.stringify(rows.map(({ id, scope, text }) => [id, scope, text]))).run();
  const records = new Map(rows.map(({ id, text }) => [id, { ...(text === null ? {} : JSON.parse(text)), id, type: TYPE }]));
  return { directory: d1Directory(together(d1)), records };
}

/** The ids that each residual selects. */
async function selected(directory, list) {
  const answers = [];
  for (let at = 0; at < list.length; at += 50) {
    const some = list.slice(at, at + 50).map((residual) =>
      directory.resources({ type: TYPE, limit: 1000, conditions: async (scopes) => scopes.map(() => residual) }),
    );
    answers.push(...(await Promise.all(some)));
  }
  return answers.map(({ found, next }) => {
    assert.equal(next, undefined);
    return new Set(found.map(({ id }) => id));
  });
}

/** For how many rows a residual is true, is not, and is selected though it is not; one that is true and not selected fails. */
async function held(texts, list, isExact) {
  const { directory, records } = await rowsOf(texts);
  const counts = { true: 0, other: 0, more: 0 };
  for (const [index, ids] of (await selected(directory, list)).entries()) {
    for (const [id, record] of records) {
      const isTrue = truth(list[index], record) === true;
      const said = `${JSON.stringify(list[index])} of ${JSON.stringify(record)}`;
      if (isTrue) assert.ok(ids.has(id), `lost: ${said}`);
      else if (isExact) assert.ok(!ids.has(id), `more: ${said}`);
      counts[isTrue ? "true" : "other"] += 1;
      if (!isTrue && ids.has(id)) counts.more += 1;
    }
  }
  console.log(`${list.length} conditions on ${texts.length} rows: ${JSON.stringify(counts)}`);
  assert.ok(counts.true > 1000 && counts.other > 1000, "the cases tell nothing");
  return counts;
}

test("exactly the rows for which it is true, where the database can tell", async () => {
  const texts = [null, "{}", ...sample(attributes(INTEGERS, KEYS), 80)];
  await held(texts, sample(residuals(INTEGERS, KEYS, ["resource.id.a", "resource.type.length"]), 400), true);
});

test("no row less, whatever the keys and the numbers are", async () => {
  const [keys, numbers] = [[...KEYS, ...ODD_KEYS], [...INTEGERS, ...DECIMALS]];
  const texts = sample(attributes(numbers, keys), 80);
  const { more, other } = await held(texts, sample(residuals(numbers, keys), 300), false);
  assert.ok(more < other / 4, `${more} of ${other} rows are selected in vain`);
});

test("no row less where doubles lie side by side", async () => {
  const beside = (number) => [number, number * (1 + Number.EPSILON), Math.round(number * 1000) / 1000];
  const doubles = sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 20).flatMap(beside);
  const finite = doubles.filter(Number.isFinite);
  const list = finite.flatMap((number) => ["eq", "le", "ge"].map((operator) => ({ [operator]: [{ var: "resource.a" }, number] })));
  const among = finite.map((number) => ({ in: [{ var: "resource.a" }, [number, "a"]] }));

  await held(finite.map((number) => JSON.stringify({ a: number })), [...list, ...among], false);
});

test("what is more than the database takes in one statement is asked of every row", async () => {
  const variable = { var: "resource.a" };
  const numbered = Array.from({ length: 5000 }, (_, index) => index);
  const long = "x".repeat(30_000);
  let deep = { eq: [variable, "a"] };
  for (let depth = 0; depth < 31; depth += 1) {
    const beside = numbered.slice(0, 40).map((one) => ({ eq: [variable, `${depth} ${one}`] }));
    deep = depth % 2 ? { any: [deep, ...beside] } : { all: [deep, { not: { eq: [{ var: "resource.b" }, depth] } }] };
  }
  let deeper = { eq: [variable, "a"] };
  for (let depth = 0; depth < 31; depth += 1) {
    const beside = numbered.slice(0, 9).map((one) => ({ exists: { var: `resource.k${depth}${one}` } }));
    deeper = depth % 2 ? { any: [...beside, deeper] } : { all: [...beside.map((not) => ({ not })), deeper] };
  }
  const list = [
    { any: numbered.map((one) => ({ eq: [variable, `${one}`] })) },
    { all: numbered.map((one) => ({ ne: [variable, `${one}`] })) },
    { not: { any: numbered.map((one) => ({ eq: [{ var: `resource.k${one}` }, one] })) } },
    { any: numbered.map((one) => ({ in: [variable, { var: `resource.k${one}` }] })) },
    { in: [variable, numbered.map((one) => `${one}`)] },
    { not: { in: [variable, numbered.map((one) => `${one}`)] } },
    { in: [variable, numbered] },
    { not: { in: [variable, [...numbered, "a", null]] } },
    { eq: [variable, long] },
    { eq: [{ var: `resource.${long}` }, "a"] },
    { exists: { var: `resource.${Array.from({ length: 500 }, () => "a").join(".")}` } },
    deep,
    deeper,
  ];
  const texts = ["{}", ...["a", "7", "4999", "5000", 7, 4999, 5000, 7.5, null, long, []].map((a) => JSON.stringify({ a, k7: [7], b: 1, k9: 9 }))];
  const { directory, records } = await rowsOf(texts);
  for (const [index, residual] of list.entries()) {
    const [ids] = await selected(directory, [residual]);
    for (const [id, record] of records) assert.ok(truth(residual, record) !== true || ids.has(id), `${index}: ${id}`);
  }
});
