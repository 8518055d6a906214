// Inside a page: a list of tests that Node runs by name, what they look at, and the errors that the page logs meanwhile.

import { cleanup } from "@testing-library/react";
import { version } from "react";

const tests = new Map();
let logged = [];
let notes = [];

// Has React complain of what happens outside of `act`.
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

console.error = (...words) => logged.push(words.map(String).join(" "));
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
  tests.set(name, run);
}

/** Says a figure beside the test's result. */
export function note(text) {
  notes.push(text);
}

/** Has the errors so far been what was expected, each of them. */
export function expectErrors(pattern) {
  if (logged.length === 0) throw new Error(`no error was logged, and one like ${pattern} was expected`);
  logged = logged.filter((words) => !pattern.test(words));
}

export function equal(actual, expected, what = "the value") {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (found !== wanted) throw new Error(`${what} is ${found}, and should be ${wanted}`);
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Outside of Testing Library's `act`, as in a page that people use. */
export async function unattended(use) {
  globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  const place = document.body.appendChild(document.createElement("div"));
  try {
    await use(place);
  } finally {
    place.remove();
    globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  }
}

/** To be called when all tests of the page are declared. */
export function ready() {
  globalThis.tests = {
    version,
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
