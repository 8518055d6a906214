// All of grantlet, and what binds a page's elements to a session.

export * from "./workerd.js";
export { bind, type Binding } from "./bind.js";
