// The tables of the decision points under load, and of searches.

import { median, ratio, spread } from "../measure/figures.mjs";
import { short, table, time } from "../tables.mjs";

/** So much of the bare handler's throughput is left at least. */
const THROUGHPUT = 0.8;
/** A search takes so much of the time of the evaluations at most. */
const SEARCH = 1;

const GRANTS = 150;
const US = 1e3;
const MS = 1e6;

const NAMES = {
  serve: "`grantlet serve`",
  memory: "worker, directory in memory",
  D1: "worker, directory in D1",
  cached: "worker, directory in D1, `cached`",
};

/** What is said of a form of asking. */
const FORMS = { single: "", new: ", never asked before" };

const of = (turns, figure) => turns.map((turn) => turn[figure]);

function loads({ sides, bare, together }, missed) {
  const head = ["", "grants", "decisions per second", "of the bare handler's", "its processor time to that", "p50", "p99"];
  const rows = sides.map(({ runtime, name, times, form, turns }) => {
    const many = form === "together" ? together : 1;
    const other = sides.find((each) => each.runtime === runtime && each.name === bare && each.form === "single").turns;
    const decisions = of(turns, "rate").map((rate) => rate * many);
    const { median: middle, low, high } = ratio(decisions, of(other, "rate"));
    const isOurs = times !== undefined && form === "single";
    const what = `${runtime}, ${NAMES[name] ?? name}${FORMS[form] ?? `, ${many} in a request`}`;
    const grants = times === undefined ? "" : (GRANTS * times).toLocaleString("en");
    if (isOurs && middle < THROUGHPUT) missed.push(`${what}, ${grants} grants: ${short(middle)}, and ${THROUGHPUT} is the bound`);
    const mark = isOurs ? `${middle < THROUGHPUT ? "✗" : "✓"} ` : "";
    const processor = median(of(turns, "cpu")) / many / median(of(other, "cpu"));
    return [
      what,
      grants,
      Math.round(median(decisions)).toLocaleString("en"),
      name === bare ? "" : `${mark}${short(middle)} (${short(low)} to ${short(high)})`,
      Number.isNaN(processor) ? "" : short(processor),
      ...["p50", "p99"].map((figure) => time(median(of(turns, figure)) * US)),
    ];
  });
  return table(head, rows);
}

function searched({ samples }, missed) {
  const rows = [...new Set(samples.map(({ group }) => group))].map((group) => {
    const ways = ["search", "evaluations", "sessions"].map(
      (engine) => samples.find((each) => each.group === group && each.engine === engine).samples,
    );
    const [search, evaluations, sessions] = ways;
    const { median: middle, low, high } = ratio(search, evaluations);
    if (middle > SEARCH) missed.push(`search for ${group}: ${short(middle)}, and ${SEARCH} is the bound`);
    return [
      `10,000 ${group}`,
      ...ways.map((way) => time(spread(way).median * MS)),
      `${middle > SEARCH ? "✗" : "✓"} ${short(middle)} (${short(low)} to ${short(high)})`,
      short(ratio(search, sessions).median),
    ];
  });
  const head = ["", "one search", "as many evaluations", "`session.can` as often", "to the evaluations", "to `session.can`"];
  return table(head, rows);
}

export function edgeTables(found, missed) {
  const { subjects, seeded, rounds, seconds, informing } = found;
  const written = `${subjects.toLocaleString("en")} subjects with three roles each were written into D1 in ${short(seeded)} s. Each row has ${rounds} turns of ${seconds} s, and one that is there for information ${informing}.`;
  return [loads(found, missed), searched(found, missed), written].join("\n\n");
}
