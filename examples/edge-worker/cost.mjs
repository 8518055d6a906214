// What a million decisions cost: what each takes, counted, times the vendor's list prices. `node cost.mjs` prints the table.

/**
 * US dollars per million, from Cloudflare's public price list for the paid plan as its documentation had it in November
 * 2026: https://developers.cloudflare.com/workers/platform/pricing/. What the plan includes is not taken off, nor are its
 * 5 dollars a month added. From December 2026 on the list has other prices for logs.
 */
export const PRICES = {
  requests: 0.3,
  "CPU milliseconds": 0.02,
  "KV reads": 0.5,
  "KV writes": 5,
  "D1 rows read": 0.001,
  "object requests": 0.15,
  "object rows written": 1,
  "log lines": 0.6,
};

/** Decisions a second that one isolate answers, of which one in ten seconds asks KV for the pointer to the policy. */
const RATE = 10;
const POINTER = 1 / (RATE * 10);

/**
 * What each takes. Rows, reads, writes and lines are counted by the tests, with nothing kept of the directory; CPU time was
 * measured in workerd with all that miniflare does in the same process, and rounded up; that of publishing is assumed.
 */
export const OPERATIONS = {
  "a service asks": { requests: 1, "CPU milliseconds": 1, "KV reads": POINTER, "D1 rows read": 30, "log lines": 1 },
  "a request is guarded": { requests: 1, "CPU milliseconds": 4, "KV reads": POINTER, "D1 rows read": 30, "log lines": 1 },
  "a page gets its snapshot": { requests: 1, "CPU milliseconds": 4, "KV reads": POINTER, "D1 rows read": 26 },
  "a policy is published": { requests: 1, "CPU milliseconds": 20, "KV reads": 2, "KV writes": 2, "object requests": 1, "object rows written": 1 },
};

/** The price of a million of them, by what it is for. */
function costs(operations) {
  return Object.keys(PRICES).map((name) => (operations[name] ?? 0) * PRICES[name]);
}

const dollars = (value) => (value === 0 ? "" : value.toFixed(3));
const line = (cells) => `| ${cells.join(" | ")} |`;

export function table() {
  const kinds = Object.keys(OPERATIONS);
  const columns = kinds.map((kind) => costs(OPERATIONS[kind]));
  const rows = Object.keys(PRICES).map((name, index) => line([name, ...columns.map((column) => dollars(column[index]))]));
  const sums = columns.map((column) => `**${dollars(column.reduce((sum, cost) => sum + cost, 0))}**`);
  return [line(["US dollars per million", ...kinds]), line(["---", ...kinds.map(() => "---:")]), ...rows, line(["**all**", ...sums])].join("\n");
}

if (import.meta.url === `file://${process.argv[1]}`) console.log(table());
