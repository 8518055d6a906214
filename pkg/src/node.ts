// grantlet in Node, Deno and Bun: the module is a file.

import { promises } from "node:fs";
import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { moduleIn } from "./file.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({
  load: () => {
    const url = new URL("./grantlet.wasm", import.meta.url);
    started({ imports, start }, moduleIn("./grantlet.wasm", url, import.meta.url));
  },
  readFile: promises.readFile,
  aside,
  check,
  memory,
  PolicyHandle,
});

export * from "./api.js";
