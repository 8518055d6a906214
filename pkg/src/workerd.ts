// grantlet in Workers, which compile no module from bytes: it is imported.

import module from "./grantlet.wasm";
import { aside, check, imports, memory, PolicyHandle, start } from "../../target/glue/grantlet.js";
import { provide } from "./module.js";
import { started } from "./start.js";

provide({ load: () => started({ imports, start }, module), aside, check, memory, PolicyHandle });

export * from "./api.js";
