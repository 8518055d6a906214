// All of grantlet, and what binds a page's elements to a session: a build of the module that has the binder in it.

import { promises } from "node:fs";
import { aside, Binder, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet-dom.js";
import { moduleIn } from "./file.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({
  load: () => {
    const url = new URL("./grantlet-dom.wasm", import.meta.url);
    started({ imports, start }, moduleIn("./grantlet-dom.wasm", url, import.meta.url));
  },
  readFile: promises.readFile,
  aside,
  check,
  memory,
  PolicyHandle,
  Binder,
});

export * from "./api.js";
export { bind, type Binding } from "./bind.js";
