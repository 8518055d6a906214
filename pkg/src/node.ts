// grantlet in Node, Deno and Bun: the module is a file.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { check, initSync, PolicyHandle } from "./wasm/grantlet.js";
import { provide } from "./module.js";

provide({
  load: () => initSync({ module: readFileSync(new URL("./wasm/grantlet_bg.wasm", import.meta.url)) }),
  readFile,
  check,
  PolicyHandle,
});

export * from "./api.js";
