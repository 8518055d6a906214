// grantlet in Workers, which compile no module from bytes: it is imported.

import module from "./wasm/grantlet_bg.wasm";
import { initSync } from "./wasm/grantlet.js";
import { provide } from "./module.js";

provide({ load: () => initSync({ module }) });

export * from "./api.js";
