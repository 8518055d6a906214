// Questions over a policy, in Node, Deno and Bun: a build of the module that has them in it.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { initSync, PolicyHandle } from "./wasm-tools/grantlet-tools.js";
import { provide } from "./tools-module.js";

provide({
  load: () => initSync({ module: readFileSync(new URL("./wasm-tools/grantlet-tools_bg.wasm", import.meta.url)) }),
  readFile,
  PolicyHandle,
});

export * from "./tools-api.js";
