// Inside a page of Vue: the tests' list, and which Vue it is.

import { cleanup } from "@testing-library/vue";
import { version } from "vue";
import { ready as isReady } from "../../support/page.js";

export { equal, expectLogged, note, sleep, test } from "../../support/page.js";

/** To be called when all tests of the page are declared. */
export function ready() {
  globalThis.version = version;
  isReady(cleanup);
}
