// Who and what there is: what a decision point asks of whatever holds subjects and resources.

import type { Context, DirectoryResource, Subject } from "../documents.js";
import type { Residual } from "../tools/residual.js";

/** A value, at once or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Subjects, resources and the context, from a file, a database or a service. A method that throws, or whose promise is
 * rejected, makes the answer a 500, which denies. What it gives is a fact in the sense of sections 3 and 4 of the model,
 * and is not changed afterwards: what an object was understood as is kept for when it is given again.
 */
export interface Directory {
  /** The subject with this id; undefined: there is none, and the answer is a deny. */
  subject(id: string): Awaitable<Subject | undefined>;
  /**
   * The resource of this type and id; undefined: what the request says of it is all that is known. `scope` is the one that
   * the request names, where it does: the context of it is asked for next, and a directory may read the two together.
   */
  resource(type: string, id: string, scope?: string): Awaitable<DirectoryResource | undefined>;
  /** Subjects, in an order of the directory's own that does not change. It may give more than was asked for. */
  subjects(question: SubjectsQuestion): Awaitable<Found<Subject>>;
  /** Resources of a type, likewise. */
  resources(question: ResourcesQuestion): Awaitable<Found<DirectoryResource>>;
  /**
   * The context. It may hold more than was asked for. What was read at `since` or after it will do, in milliseconds of
   * `performance.now()`: a directory may read the context together with whom it is asked for. Absent: it is read now.
   */
  context(question: ContextQuestion, since?: number): Awaitable<Context>;
}

/** Some of what was asked for, in order. */
export interface Found<T> {
  /** At most as many as the question's `limit`. */
  readonly found: readonly T[];
  /** Where to go on, for `after`; absent: there are no more. */
  readonly next?: string;
}

/** Which subjects are asked for. A directory that cannot tell them apart gives all: each one is judged afterwards. */
export interface SubjectsQuestion {
  /**
   * Those that have a direct grant, or an assignment of one of these roles at one of `scopes` or at the root, whatever
   * its status and time; absent: all.
   */
  readonly roles?: readonly string[];
  /** And those that have an assignment of one of these, wherever. */
  readonly below?: readonly string[];
  /** The scope that is asked about and those above it. */
  readonly scopes: readonly string[];
  /** Only what comes after this, a `next` of before. */
  readonly after?: string;
  /** How many at most, at least 1. */
  readonly limit: number;
}

/** Which resources are asked for. */
export interface ResourcesQuestion {
  /** Of this type. */
  readonly type: string;
  /**
   * What is left of the policy's conditions at each of these scopes, in their order; undefined stands for the root. A
   * resource for which it is not true is no answer. A directory that cannot ask it gives all of the type: each one is
   * judged afterwards.
   */
  readonly conditions: (scopes: readonly (string | undefined)[]) => Promise<readonly Residual[]>;
  /** Only what comes after this, a `next` of before. */
  readonly after?: string;
  /** How many at most, at least 1. */
  readonly limit: number;
}

/** What the context is needed for. */
export interface ContextQuestion {
  /** Scopes whose entries are needed, with those of all that they are in. */
  readonly scopes: readonly string[];
}
