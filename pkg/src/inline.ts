// All of grantlet in one file, with the module in it as text: for what is bundled into one file, and for places that
// cannot fetch. It has a state of its own, whatever else of grantlet is loaded.

import base64 from "../../target/glue/grantlet_bg.wasm?base64";
import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { provide } from "./module.js";
import { compiled } from "./start.js";

provide({
  load: () => compiled({ imports, start }, Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))),
  // Asked for at run time, so that no bundler looks for it.
  readFile: (url) => globalThis.process?.getBuiltinModule?.("node:fs").promises.readFile(url),
  aside,
  check,
  memory,
  PolicyHandle,
});

export * from "./api.js";
