// Questions over a policy, in a page: a build of the module that has them in it.

import { imports, PolicyHandle, start } from "../../target/glue/grantlet-tools.js";
import { provide } from "./tools/module.js";
import { fetched } from "./start.js";

provide({ load: () => fetched({ imports, start }, new URL("./grantlet-tools.wasm", import.meta.url)), PolicyHandle });

export * from "./tools/api.js";
