// Timing: tasks in one process, a sample of each in turn, round after round, so that whatever else the machine does
// falls on all of them alike. Figures are compared round by round.

/** One thing that is timed: `run(n)` does it n times and gives what `check(n)` must equal. */
export class Task {
  samples = [];
  #times = 1;

  constructor(group, engine, run, check) {
    Object.assign(this, { group, engine, run, check });
  }

  /** Milliseconds for so many times. */
  async #time(times) {
    const start = performance.now();
    const found = this.run(times);
    const sum = found instanceof Promise ? await found : found;
    const spent = performance.now() - start;
    if (sum !== this.check(times)) throw new Error(`${this.engine}, ${this.group}: ${sum} yes of ${times}, and ${this.check(times)} are right`);
    return spent;
  }

  /** Runs it until the engine's code is compiled, and finds out how often it fits into a sample. */
  async warm({ sampleMs, warmMs }) {
    let times = 1;
    let last = await this.#time(times);
    for (let spent = last; spent < warmMs; spent += last) {
      times = last < sampleMs ? times * 2 : Math.max(1, Math.round((times * sampleMs) / last));
      last = await this.#time(times);
    }
    this.#times = Math.max(1, Math.round((times * sampleMs) / last));
  }

  /** Nanoseconds for one time, once more. */
  async sample() {
    this.samples.push(((await this.#time(this.#times)) * 1e6) / this.#times);
  }
}

/** Warms all tasks, then takes so many rounds of samples; each round starts with another task. */
export async function interleaved(tasks, { rounds, sampleMs, warmMs, before = () => {} }) {
  for (const task of tasks) await task.warm({ sampleMs, warmMs });
  for (let round = 0; round < rounds; round += 1) {
    before();
    for (let place = 0; place < tasks.length; place += 1) {
      await tasks[(place + round * 7) % tasks.length].sample();
    }
  }
  return tasks.map(({ group, engine, samples }) => ({ group, engine, samples }));
}

// Each task has a loop of its own, compiled for it alone: in a program with one engine the call is of one kind too. V8
// keeps what it compiled and learned by the text of a function, so every text is another one.
let made = 0;
const fresh = (parameters, body, kind = "") =>
  new Function(`return ${kind}function (${parameters}) { /* ${(made += 1)} */ ${body}}`)();

/** Asks eight questions in turn. */
export const checkLoop = () =>
  fresh("can, list, n", "let yes = 0; for (let i = 0; i < n; i++) { const q = list[i & 7]; if (can(q[0], q[1], q[2])) yes++; } return yes;");

/** Asks all questions of a page. */
export const pageLoop = () =>
  fresh(
    "can, list, n",
    "let yes = 0; for (let i = 0; i < n; i++) for (let j = 0; j < list.length; j++) { const q = list[j]; if (can(q[0], q[1], q[2])) yes++; } return yes;",
  );

/** Opens for the same person again each time, or for somebody else. */
export const SAME = "user";
export const OTHER = "{ id: user.id + i, roles: user.roles }";

/** Opens for `person`, and asks one question; `waits` where opening gives a promise. */
export const openLoop = (waits, person) =>
  fresh(
    "open, given, user, q, n",
    `let yes = 0; for (let i = 0; i < n; i++) { const s = ${waits ? "await " : ""}open(given, ${person}); if (s.can(q[0], q[1], q[2])) yes++; s.close?.(); } return yes;`,
    waits ? "async " : "",
  );
