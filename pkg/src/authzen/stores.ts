// Where a decision point's facts and its policy can lie.

export type { D1DatabaseLike, D1ResultLike, D1StatementLike } from "./d1/database.js";
export { d1Directory, type D1DirectoryOptions } from "./d1/directory.js";
export { type D1Facts, type D1Keys, d1Store, type D1Store } from "./d1/store.js";
export { cached, type CachedOptions } from "./cached.js";
export { kvPolicies, type KVPoliciesOptions } from "./kv.js";
export type { KVNamespaceLike } from "./kv/namespace.js";
export { publish, type PublishedPolicy } from "./kv/publish.js";
export type { Pointer } from "./kv/record.js";
