// Questions over a policy, in a page: a build of the module that has them in it.

import load, { PolicyHandle } from "./wasm-tools/grantlet-tools.js";
import { provide } from "./tools-module.js";

provide({ load: () => load(), PolicyHandle });

export * from "./tools-api.js";
