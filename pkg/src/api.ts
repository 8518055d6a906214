// The public surface, the same for every runtime.

export type * from "./answers.js";
export type { Change } from "./change.js";
export type * from "./documents.js";
export type * from "./names.js";
export type { SessionOptions } from "./policy.js";
export type { FactsUpdate } from "./session.js";
export type { Snapshot, SnapshotAnswers, SnapshotOptions } from "./snapshot.js";
export type { PolicySource } from "./source.js";
export { PolicyError } from "./error.js";
export { checkPolicy, definePolicy, loadPolicy } from "./load.js";
export { Permission } from "./permission.js";
export { Policy } from "./policy.js";
export { Session } from "./session.js";
