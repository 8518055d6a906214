// grantlet in a page, with a bundler or without one: the module is fetched from beside its glue.

import load from "./wasm/grantlet.js";
import { provide } from "./module.js";

provide({ load: () => load() });

export * from "./api.js";
