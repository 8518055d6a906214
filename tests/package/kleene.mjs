// What a residual comes to for a record: true, false, or null where it cannot be known. Written from section 5 of the
// model, for records of plain JSON.

const COMPARISONS = {
  eq: (left, right) => left === right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
};

const isScalar = (value) => value === null || ["boolean", "number", "string"].includes(typeof value);

function equal(left, right) {
  if (!isScalar(left) || !isScalar(right)) return null;
  if (left === null || right === null) return left === right;
  return typeof left === typeof right ? left === right : null;
}

function compared(operator, left, right) {
  if (operator === "eq") return equal(left, right);
  if (operator === "ne") return not(equal(left, right));
  const isOrdered = typeof left === typeof right && ["number", "string"].includes(typeof left);
  return isOrdered ? COMPARISONS[operator](left, right) : null;
}

function contained(element, list) {
  if (!Array.isArray(list) || !isScalar(element)) return null;
  return some(list.map((each) => equal(element, each)));
}

const not = (truth) => (truth === null ? null : !truth);
const some = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

function valueOf(operand, record) {
  if (isScalar(operand) || Array.isArray(operand)) return operand;
  const [root, ...keys] = operand.var.split(".");
  if (root !== "resource") throw new Error(`a residual reads \`${operand.var}\``);
  let found = record;
  for (const key of keys) {
    if (isScalar(found) || Array.isArray(found) || !Object.hasOwn(found ?? {}, key)) return undefined;
    found = found[key];
  }
  return found;
}

export function comesTo(residual, record) {
  if (typeof residual === "boolean" || residual === null) return residual;
  const [[operator, inner], ...more] = Object.entries(residual);
  if (more.length > 0) throw new Error("a residual has one operator");
  const each = () => inner.map((member) => comesTo(member, record));
  switch (operator) {
    case "all":
      return not(some(each().map(not)));
    case "any":
      return some(each());
    case "not":
      return not(comesTo(inner, record));
    case "exists":
      return valueOf(inner, record) !== undefined;
    case "in":
      return contained(valueOf(inner[0], record), valueOf(inner[1], record));
    default:
      return compared(operator, valueOf(inner[0], record), valueOf(inner[1], record));
  }
}
