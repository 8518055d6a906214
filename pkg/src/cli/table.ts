// Tables as text: aligned for a terminal, as Markdown, as CSV.

/** Rows of cells, the first of them the heads of the columns. */
export type Rows = readonly (readonly string[])[];

const lengthOf = (text: string): number => [...text].length;

/** In columns, and where those are wider than `width` in several tables that each begin with the first column. */
export function aligned(rows: Rows, width: number): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ""))));
  const [first = 0] = widths;
  const parts: number[][] = [];
  let room = 0;
  widths.slice(1).forEach((one, index) => {
    room -= one + 2;
    if (room < 0 || parts.length === 0) {
      parts.push([]);
      room = width - first - one - 2;
    }
    parts.at(-1)?.push(index + 1);
  });
  const line = (row: readonly string[], columns: readonly number[]): string =>
    [0, ...columns].map((column) => padded(row[column] ?? "", widths[column] ?? 0)).join("  ").trimEnd();
  return parts.map((columns) => rows.map((row) => `${line(row, columns)}\n`).join("")).join("\n");
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - lengthOf(text)));
}

export function markdown([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}

/** As RFC 4180 has it, but for the ends of lines. */
export function csv(rows: Rows): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}
