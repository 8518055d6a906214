// grantlet in Node, Deno and Bun: the module is a file.

import { promises, readFileSync } from "node:fs";
import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { moduleIn } from "./file.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({
  load: () => {
    const read = (): Uint8Array<ArrayBuffer> => readFileSync(new URL("./grantlet.wasm", import.meta.url));
    started({ imports, start }, moduleIn(read, import.meta.url, "grantlet.wasm"));
  },
  readFile: promises.readFile,
  aside,
  check,
  memory,
  PolicyHandle,
});

export * from "./api.js";
