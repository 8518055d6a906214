// All of grantlet, and what binds a page's elements to a session: a build of the module that has the binder in it.

import { aside, Binder, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet-dom.js";
import { provide } from "./module.js";
import { fetched } from "./start.js";

provide({
  load: () => fetched({ imports, start }, new URL("./grantlet-dom.wasm", import.meta.url)),
  aside,
  check,
  memory,
  PolicyHandle,
  Binder,
});

export * from "./api.js";
export { bind, type Binding } from "./dom/bind.js";
