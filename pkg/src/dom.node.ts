// All of grantlet, and what binds a page's elements to a session: a build of the module that has the binder in it.

import { promises, readFileSync } from "node:fs";
import { aside, Binder, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet-dom.js";
import { moduleIn } from "./file.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({
  load: () => {
    const read = (): Uint8Array<ArrayBuffer> => readFileSync(new URL("./grantlet-dom.wasm", import.meta.url));
    started({ imports, start }, moduleIn(read, import.meta.url, "grantlet-dom.wasm"));
  },
  readFile: promises.readFile,
  aside,
  check,
  memory,
  PolicyHandle,
  Binder,
});

export * from "./api.js";
export { bind, type Binding } from "./dom/bind.js";
