// How figures and tables are written.

/** Two figures that count, and no more than two decimals. */
export const short = (number) =>
  Number(number.toFixed(Math.max(0, Math.min(2, 1 - Math.floor(Math.log10(Math.abs(number) || 1)))))).toLocaleString("en");

export const time = (ns) =>
  ns < 1000 ? `${short(ns)} ns` : ns < 1e6 ? `${short(ns / 1e3)} µs` : ns < 1e9 ? `${short(ns / 1e6)} ms` : `${short(ns / 1e9)} s`;

export const size = (bytes) => (Math.abs(bytes) < 1024 ? `${Math.round(bytes)} B` : `${short(bytes / 1024)} KiB`);

/** A table in Markdown: the first column is text, the others are figures. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}
