// The AuthZEN decision point. It asks the entries of its runtime for sessions and for the tools that searches need, and
// has no copy of them.

export * from "./authzen/api.js";
