// What a decision point is made with, the same for every runtime.

export type { Context, Directory as DirectoryFile, DirectoryResource, Json, Subject } from "../documents.js";
export type { Candidates, Residual, ResidualOperand } from "../tools/residual.js";
export type * from "./directory.js";
export type * from "./log.js";
export type * from "./options.js";
export type * from "./policies.js";
export { memoryDirectory } from "./memory.js";
export { authzenHandler, decisionPoint } from "./point.js";
export * from "./stores.js";
export { type IncomingRequest, nodeListener, type OutgoingResponse } from "./node.js";
