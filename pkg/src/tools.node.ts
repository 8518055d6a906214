// Questions over a policy, in Node, Deno and Bun: a build of the module that has them in it.

import { promises, readFileSync } from "node:fs";
import { imports, PolicyHandle, start } from "../../target/glue/grantlet-tools.js";
// Nothing of it is asked here. What all entries lead to is one file, and two would take longer to start.
import "./api.js";
import { moduleIn } from "./file.js";
import { provide } from "./tools/module.js";
import { started } from "./start.js";

provide({
  load: () => {
    const read = (): Uint8Array<ArrayBuffer> => readFileSync(new URL("./grantlet-tools.wasm", import.meta.url));
    started({ imports, start }, moduleIn(read, import.meta.url, "grantlet-tools.wasm"));
  },
  readFile: promises.readFile,
  PolicyHandle,
});

export * from "./tools/api.js";
