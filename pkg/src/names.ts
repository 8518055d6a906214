// The names of a policy as types: exact where the policy is a literal, `string` where it is data.

import type { PolicyDocument } from "./documents.js";

type ActionsOf<R> = R extends { readonly actions: readonly (infer A extends string)[] } ? A : never;

type PermissionsOf<R> = { [Path in keyof R & string]: `${Path}:${ActionsOf<R[Path]>}` }[keyof R & string];

type KeysOf<T> = keyof NonNullable<T> & string;

/** Every permission that the policy declares, `resource:action`. */
export type PermissionName<P extends PolicyDocument = PolicyDocument> =
  string extends KeysOf<P["resources"]> ? string : PermissionsOf<P["resources"]>;

/** Every role of the policy. */
export type RoleName<P extends PolicyDocument = PolicyDocument> = KeysOf<P["roles"]>;

/** Every section of the policy. */
export type SectionName<P extends PolicyDocument = PolicyDocument> = KeysOf<P["sections"]>;
