// grantlet in a page, with a bundler or without one: the module is fetched from beside its glue.

import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { provide } from "./module.js";
import { fetched } from "./start.js";

provide({
  load: () => fetched({ imports, start }, new URL("./grantlet.wasm", import.meta.url)),
  aside,
  check,
  memory,
  PolicyHandle,
});

export * from "./api.js";
