// grantlet in Node, Deno and Bun: the module is a file.

import { promises, readFileSync } from "node:fs";
import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({
  load: () =>
    started({ imports, start }, new WebAssembly.Module(readFileSync(new URL("./grantlet.wasm", import.meta.url)))),
  readFile: promises.readFile,
  aside,
  check,
  memory,
  PolicyHandle,
});

export * from "./api.js";
