// grantlet in a page, with a bundler or without one: the module is fetched from beside its glue.

import load, { check, PolicyHandle } from "./wasm/grantlet.js";
import { provide } from "./module.js";

provide({ load: () => load(), check, PolicyHandle });

export * from "./api.js";
