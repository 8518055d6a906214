// Inside a page: a list of tests that Node runs by name, what they look at, and what the page logs meanwhile.

const tests = new Map();
let logged = [];
let notes = [];

for (const kind of ["error", "warn"]) console[kind] = (...words) => logged.push(words.map(String).join(" "));
addEventListener("error", (event) => {
  logged.push(String(event.error ?? event.message));
  event.preventDefault();
});
addEventListener("unhandledrejection", (event) => {
  logged.push(String(event.reason));
  event.preventDefault();
});

/** Declares a test. */
export function test(name, run) {
  if (tests.has(name)) throw new Error(`two tests are called ${name}`);
  tests.set(name, run);
}

/** Says a figure beside the test's result. */
export function note(text) {
  notes.push(text);
}

/** Has what was logged so far been what was expected, each of it. */
export function expectLogged(pattern) {
  if (logged.length === 0) throw new Error(`nothing was logged, and something like ${pattern} was expected`);
  logged = logged.filter((words) => !pattern.test(words));
}

export function equal(actual, expected, what = "the value") {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (found !== wanted) throw new Error(`${what} is ${found}, and should be ${wanted}`);
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** To be called when all tests of the page are declared; `cleanup` follows each of them. */
export function ready(cleanup) {
  globalThis.tests = {
    names: () => [...tests.keys()],
    async run(name) {
      [logged, notes] = [[], []];
      let failure;
      try {
        await tests.get(name)();
        cleanup();
        // What was thrown aside is reported by now.
        await sleep(0);
        if (logged.length > 0) failure = `the page logged: ${logged.join("\n")}`;
      } catch (error) {
        failure = [String(error.stack ?? error), ...logged].join("\n");
        cleanup();
      }
      return { failure, notes };
    },
  };
}
