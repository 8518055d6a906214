// Conditions and records that are made up, and section 5 of the model in a few lines: the oracle shares nothing with what
// it judges.

import fc from "fast-check";

/** A seed and a number of cases, the same on every run unless one asks for others. */
export const sample = (arbitrary, count) =>
  fc.sample(arbitrary, { seed: Number(process.env.GRANTLET_SEED ?? 7), numRuns: Math.ceil(count * Number(process.env.GRANTLET_CASES ?? 1)) });

/** Texts that differ in little, and that meddle with SQL. */
export const TEXTS = [
  ...["", "a", "A", "a ", "ab", "é", "e\u0301", "\ufffd", "\uffff", "\u{1f600}", "a\u0000b", "a\u0000"],
  ...["'", "' OR 1=1 --", '"', "\\", "%", "null", "7", "true", "?1", "$.a", "__proto__"],
];
/** Numbers as texts of JSON: integers, which the database compares as the model does. */
export const INTEGERS = ["0", "-0", "1", "-1", "7", "10", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807"];
/** And those that it may have a little off. */
export const DECIMALS = [
  ...["0.1", "0.30000000000000004", "0.3", "1.0", "1e0", "-0.0", "1e308", "5e-324", "1.7976931348623157e308"],
  ...["100000000000000000000", "9223372036854775808", "1e-300", "6.452848386258365e-125", "-1.0582922277396483e-190"],
];
/** Keys that a path of the database can say. */
export const KEYS = ["a", "b", "c", "é", "a b", "it's", "0", "-", "$", "[0]", "*", "__proto__", "constructor", "length", "\u{1f600}"];
/** And those that it cannot. */
export const ODD_KEYS = ['say "a"', "back\\slash", "line\nbreak", "nul\u0000", '"'];

/** A record as the text of JSON: attributes of a few keys, some deep. */
export function attributes(numbers, keys) {
  const scalar = fc.oneof(
    fc.constantFrom("null", "true", "false"),
    fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text)),
    fc.constantFrom(...numbers),
  );
  const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom("a", "b", "c") }, { weight: 1, arbitrary: fc.constantFrom(...keys, "id", "type") });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3, depthSize: "small" }, scalar, scalar, tie("list"), tie("object")),
    list: fc.array(fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: tie("value") }), { maxLength: 4 }).map((list) => `[${list}]`),
    object: members(key, tie("value")),
  }));
  return members(key, value);
}

function members(key, value) {
  const write = (list) => `{${list.map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
  return fc.uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([name]) => name }).map(write);
}

/** What is left of conditions: comparisons of variables of the record with each other and with literals. */
export function residuals(numbers, keys, more = []) {
  const scalar = fc.oneof(fc.constantFrom(null, true, false), fc.constantFrom(...TEXTS), fc.constantFrom(...numbers).map(Number));
  const list = fc.array(fc.oneof({ weight: 8, arbitrary: scalar }, { weight: 1, arbitrary: fc.constantFrom([], ["a"], {}) }), { maxLength: 5 });
  const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom("a", "b", "c") }, { weight: 1, arbitrary: fc.constantFrom(...keys) });
  const path = fc.oneof(
    { weight: 8, arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }).map((path) => `resource.${path.join(".")}`) },
    { weight: 2, arbitrary: fc.constantFrom("resource.id", "resource.type", ...more) },
  );
  const variable = path.map((name) => ({ var: name }));
  const literals = list.map((some) => some.filter((one) => !isObject(one)));
  const operand = fc.oneof({ weight: 5, arbitrary: variable }, { weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: literals });
  const pair = (operator) => fc.tuple(operand, operand).map((operands) => ({ [operator]: operands }));
  const { residual } = fc.letrec((tie) => {
    const some = fc.array(tie("residual"), { maxLength: 3 });
    const deeper = fc.oneof(some.map((all) => ({ all })), some.map((any) => ({ any })), tie("residual").map((not) => ({ not })), tie("residual").map((not) => ({ not })));
    const leaf = fc.oneof(
      ...["eq", "eq", "ne", "lt", "le", "gt", "ge"].map(pair),
      fc.tuple(operand, fc.oneof(literals, variable, operand)).map((operands) => ({ in: operands })),
      fc.tuple(operand, list.filter((some) => some.every((one) => typeof one === "string"))).map((operands) => ({ in: operands })),
      variable.map((one) => ({ exists: one })),
    );
    return { residual: fc.oneof({ maxDepth: 4, depthSize: "small" }, leaf, leaf, deeper) };
  });
  return residual;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What a residual comes to for a record: true, false, or null where it is unknown (section 5 of the model). */
export function truth(residual, record) {
  if (residual === null || typeof residual === "boolean") return residual;
  const [[operator, operands]] = Object.entries(residual);
  const inner = (list) => list.map((one) => truth(one, record));
  const read = (operand) => (isObject(operand) && Object.hasOwn(operand, "var") ? found(operand.var, record) : operand);
  switch (operator) {
    case "all": {
      const truths = inner(operands);
      return truths.includes(false) ? false : truths.includes(null) ? null : true;
    }
    case "any": {
      const truths = inner(operands);
      return truths.includes(true) ? true : truths.includes(null) ? null : false;
    }
    case "not":
      return opposite(truth(operands, record));
    case "exists":
      return found(operands.var, record) !== undefined;
    case "eq":
      return equal(...operands.map(read));
    case "ne":
      return opposite(equal(...operands.map(read)));
    case "in": {
      const [element, list] = operands.map(read);
      if (!Array.isArray(list) || !isScalar(element)) return null;
      const truths = list.map((one) => equal(element, one));
      return truths.includes(true) ? true : truths.includes(null) ? null : false;
    }
    default: {
      const sign = order(...operands.map(read));
      if (sign === null) return null;
      return { lt: sign < 0, le: sign <= 0, gt: sign > 0, ge: sign >= 0 }[operator];
    }
  }
}

function found(path, record) {
  const [root, ...keys] = path.split(".");
  if (root !== "resource") throw new Error(path);
  let value = record;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

const opposite = (value) => (value === null ? null : !value);
const isScalar = (value) => value === null || ["boolean", "string"].includes(typeof value) || Number.isFinite(value);

function equal(one, other) {
  if (!isScalar(one) || !isScalar(other)) return null;
  if (one === null || other === null) return one === other;
  return typeof one === typeof other ? one === other : null;
}

function order(one, other) {
  if (Number.isFinite(one) && Number.isFinite(other)) return Math.sign(one - other) || (one > other ? 1 : one < other ? -1 : 0);
  if (typeof one !== "string" || typeof other !== "string") return null;
  const [left, right] = [[...one], [...other]].map((characters) => characters.map((character) => character.codePointAt(0)));
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const sign = (left[at] ?? -1) - (right[at] ?? -1);
    if (sign !== 0) return sign;
  }
  return 0;
}
