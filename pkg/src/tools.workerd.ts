// Questions over a policy, in Workers: a build of the module that has them in it.

import module from "./wasm-tools/grantlet-tools_bg.wasm";
import { initSync, PolicyHandle } from "./wasm-tools/grantlet-tools.js";
import { provide } from "./tools-module.js";

provide({ load: () => initSync({ module }), PolicyHandle });

export * from "./tools-api.js";
