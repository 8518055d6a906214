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

/**
 * The policy of the program, for whatever is not handed it: the components and hooks of `grantlet/react` and
 * `grantlet/vue`. A program says it once: `declare module "grantlet" { interface Register { policy: typeof policy } }`.
 */
export interface Register {}

/** The policy that the program registered; without one any name is taken. */
export type RegisteredPolicy = Register extends { readonly policy: infer P extends PolicyDocument } ? P : PolicyDocument;
