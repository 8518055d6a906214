// Questions over a policy, in Workers: a build of the module that has them in it.

import module from "./grantlet-tools.wasm";
import { imports, PolicyHandle, start } from "../../target/glue/grantlet-tools.js";
import { provide } from "./tools/module.js";
import { started } from "./start.js";

provide({ load: () => started({ imports, start }, module), PolicyHandle });

export * from "./tools/api.js";
