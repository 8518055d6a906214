// All of grantlet, and what binds a page's elements to a session: a build of the module that has the binder in it.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Binder, check, initSync, PolicyHandle } from "./wasm-dom/grantlet-dom.js";
import { provide } from "./module.js";

provide({
  load: () => initSync({ module: readFileSync(new URL("./wasm-dom/grantlet-dom_bg.wasm", import.meta.url)) }),
  readFile,
  check,
  PolicyHandle,
  Binder,
});

export * from "./api.js";
export { bind, type Binding } from "./bind.js";
