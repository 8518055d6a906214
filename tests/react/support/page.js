// Inside a page of React: the tests' list, and what of React they need.

import { cleanup } from "@testing-library/react";
import { version } from "react";
import { ready as isReady } from "../../support/page.js";

export { equal, expectLogged as expectErrors, note, sleep, test } from "../../support/page.js";

// Has React complain of what happens outside of `act`.
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

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
  globalThis.version = version;
  isReady(cleanup);
}
