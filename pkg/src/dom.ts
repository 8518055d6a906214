// All of grantlet, and what binds a page's elements to a session: a build of the module that has the binder in it.

import load, { Binder, check, PolicyHandle } from "./wasm-dom/grantlet-dom.js";
import { provide } from "./module.js";

provide({ load: () => load(), check, PolicyHandle, Binder });

export * from "./api.js";
export { bind, type Binding } from "./bind.js";
