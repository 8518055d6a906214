// The names of a policy as types: exact where its type tells them, `string` where it is data.
//
// The names are written out where they are asked for instead of behind further aliases: a compiler prints an alias with
// the whole policy in it, where a reader wants the list of names.

import type { PolicyDocument } from "./documents.js";

/**
 * What has the names of a policy: the type of one that `definePolicy` was given, of an imported JSON file, or what
 * `npx grantlet types` prints. Only the keys count, and the actions of a resource.
 */
export interface PolicyNames {
  /** By path, each with its `actions`. */
  readonly resources: object;
  /** By name. */
  readonly roles: object;
  /** By name. */
  readonly sections?: object | undefined;
}

/**
 * The type of a policy in an imported JSON file: TypeScript has made `number` and `string` of what stands in it, so it
 * is no `PolicyDocument`. The names of resources, roles and sections are exact, those of actions are any string.
 */
export interface ImportedPolicy extends PolicyNames {
  /** The version of the format; that it is 1 is found when the policy is loaded. */
  readonly grantlet: number;
}

/** Every permission that the policy declares, `resource:action`. */
export type PermissionName<P extends PolicyNames = PolicyDocument> = string extends keyof P["resources"]
  ? string
  : {
      [Path in keyof P["resources"] & string]: P["resources"][Path] extends { readonly actions: readonly (infer Action extends string)[] }
        ? `${Path}:${Action}`
        : never;
    }[keyof P["resources"] & string];

/** Every role of the policy. */
export type RoleName<P extends PolicyNames = PolicyDocument> = string extends keyof P["roles"]
  ? string
  : keyof P["roles"] & string;

/** Every section of the policy. */
export type SectionName<P extends PolicyNames = PolicyDocument> = string extends keyof NonNullable<P["sections"]>
  ? string
  : keyof NonNullable<P["sections"]> & string;

/**
 * The policy of the program, for whatever is not handed it: the components and hooks of `grantlet/react` and
 * `grantlet/vue`. A program says it once: `declare module "grantlet" { interface Register { policy: typeof policy } }`.
 */
export interface Register {}

/** The policy that the program registered; without one any name is taken. */
export type RegisteredPolicy = Register extends { readonly policy: infer P extends PolicyNames } ? P : PolicyDocument;
