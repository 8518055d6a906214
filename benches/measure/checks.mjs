// The tasks for an engine at one size of the policy.

import { questions, USER } from "../scenario.mjs";
import { opened } from "./engine.mjs";
import { checkLoop, openLoop, OTHER, pageLoop, SAME, Task } from "./task.mjs";

const ALL = (times) => times;
const NONE = () => 0;
/** What an engine that is asked in a second way is measured by; the rest is the same. */
const WITHOUT_RECORDS = ["allow", "deny", "page"];

/**
 * A text as a literal of a program is: a JavaScript engine keeps one string of it, and every literal and key is that one.
 * Any other string of the same characters has to be found among those first, which is no engine of permissions' doing.
 */
const literal = (part) => (typeof part === "string" ? Object.keys({ [part]: true })[0] : part);

/**
 * - `allow`, `deny`: a check without a record that is allowed, or not;
 * - `condition`: a check of a record with one condition;
 * - `page`: forty checks;
 * - `session`: what there is to do for one more person, up to the first answer; a policy that is loaded once is loaded;
 * - `again`: the same for a person who was there before, as one who sends many requests;
 * - `load`: everything from text to the first answer, for an engine that loads once;
 * - `bytes`: the same from what the engine compiled ahead.
 *
 * `label` is put behind the group's name.
 */
export async function tasksOf(engine, policy, groups, label = "") {
  const written = engine.write(policy);
  const { can, question } = await opened(engine, written, USER);
  const asked = Object.fromEntries(
    Object.entries(questions(policy)).map(([group, list]) => [group, list.map((each) => question(each).map(literal))]),
  );
  const first = asked.allow[0];
  const check = (list, right) => {
    const loop = checkLoop();
    return [(times) => loop(can, list, times), right];
  };
  const open = (how, given, waits, person = OTHER) => {
    const loop = openLoop(waits, person);
    return [(times) => loop(how, given, USER, first, times), ALL];
  };
  const sessions = async (person) => {
    if (engine.load) return open(engine.session, await engine.load(written), false, person);
    return open(engine.open, written, engine.open(written, USER) instanceof Promise, person);
  };
  const made = {
    allow: () => check(asked.allow, ALL),
    deny: () => check(asked.deny, NONE),
    condition: () => check(asked.condition, (times) => Math.ceil(times / 2)),
    page: () => {
      const loop = pageLoop();
      return [(times) => loop(can, asked.page, times), (times) => 24 * times];
    },
    session: () => sessions(OTHER),
    again: () => sessions(SAME),
    load: () => open(alone(engine), written, true),
    bytes: async () => open(alone(engine), await engine.compile(written), true),
  };
  const tasks = [];
  for (const group of groups) {
    if (engine.unconditional && !WITHOUT_RECORDS.includes(group)) continue;
    if ((group === "load" && !engine.load) || (group === "bytes" && !engine.compile)) continue;
    tasks.push(new Task(group + label, engine.name, ...(await made[group]())));
  }
  return tasks;
}

/**
 * Loads for one person alone, and gives the memory of it all back: a program loads a policy once, and here nothing waits
 * for what collects garbage.
 */
const alone = (engine) => async (written, user) => {
  const loaded = await engine.load(written);
  const { can, free } = engine.session(loaded, user);
  return {
    can,
    close() {
      free();
      loaded.free();
    },
  };
};
