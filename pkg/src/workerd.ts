// grantlet in Workers, which compile no module from bytes: it is imported.

import module from "./wasm/grantlet_bg.wasm";
import { check, initSync, PolicyHandle } from "./wasm/grantlet.js";
import { provide } from "./module.js";

provide({ load: () => initSync({ module }), check, PolicyHandle });

export * from "./api.js";
