// Writes the table of `docs/runtimes.md` from what the last run of the suite earned:
//
//   node --test tests/runtimes/*.test.mjs; node tests/runtimes/support/matrix.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { EARNED } from "./runtime.mjs";
import { ENTRIES, lacks, ROWS, row } from "./table.mjs";

const file = new URL("../../../docs/runtimes.md", import.meta.url);
const earned = Object.keys(ROWS).map((id) => [id, JSON.parse(readFileSync(`${EARNED}/${id}.json`, "utf8"))]);

const head = ["where", "version", ...ENTRIES.map((entry) => `\`${entry}\``), "how"];
const table = [
  `| ${head.join(" | ")} |`,
  `| ${head.map(() => "---").join(" | ")} |`,
  ...earned.map(([id, results]) => row(id, results)),
];
const missing = earned.flatMap(([id, results]) => lacks(id, results.results));

const between = (text, mark, lines) =>
  text.replace(new RegExp(`(<!-- ${mark} -->\n)[\\s\\S]*?(<!-- /${mark} -->)`), (_, open, close) => `${open}${lines.join("\n")}\n${close}`);

const text = readFileSync(file, "utf8");
writeFileSync(file, between(between(text, "table", table), "missing", missing.length > 0 ? missing : ["Nothing of the list."]));
