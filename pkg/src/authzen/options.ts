// What a decision point is made of, and what it is asked in a program.

import type { Json } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Awaitable, Directory } from "./directory.js";
import type { DecisionEntry } from "./log.js";
import type { Policies, VersionedPolicy } from "./policies.js";

/** What a decision point is made of. */
export interface DecisionPointOptions {
  /** The policy, with its version where it has one, or where the policy of the present comes from. */
  readonly policy: Policy | VersionedPolicy | Policies;
  /**
   * Who and what there is. Without one, subjects and resources are what the requests say of them: a subject then has no
   * assignments, and what it may comes from derived roles.
   */
  readonly directory?: Directory;
  /** The types of the directory's subjects, `["user"]` where absent; a subject of another type is nobody. */
  readonly subjectTypes?: readonly string[];
  /**
   * Told of each decision before the answer goes out. If it throws, the answer is a 500, which denies. Nothing waits for
   * a promise of it: what takes time is to be put into a queue. One that is rejected is told to `fault`.
   */
  readonly log?: (entry: DecisionEntry) => void;
  /** Told of what was thrown behind each answer with the status 500, and of a log that failed later. No answer says it. */
  readonly fault?: (thrown: unknown) => void;
  /**
   * The identifier of the decision point, an `https` URL without query: what its metadata say, and below which path it
   * answers. The origin of the request where absent.
   */
  readonly url?: string;
  /** Bounds on what comes in. */
  readonly limits?: Partial<DecisionPointLimits>;
}

/** Bounds on what comes in. What is over one of them is refused. */
export interface DecisionPointLimits {
  /** Bytes of a body. */
  readonly body: number;
  /** Evaluations in one request. */
  readonly evaluations: number;
  /** Results of a search in one response; there are more by the page. */
  readonly results: number;
  /** Subjects or resources that one search looks at for one response. */
  readonly looked: number;
}

/** What a request says of an entity beside its name. */
export type AuthzenProperties = Readonly<Record<string, Json>>;

/** A subject or a resource of a request. */
export interface AuthzenEntity {
  /** Of what kind it is. */
  readonly type: string;
  /** Which one it is. */
  readonly id: string;
  /** What the request says of it; it lies over the directory's attributes. */
  readonly properties?: AuthzenProperties;
}

/** A subject of a request. */
export interface AuthzenSubject extends AuthzenEntity {}

/** A resource of a request: its type is the resource of a permission. */
export interface AuthzenResource extends AuthzenEntity {}

/** An action of a request. */
export interface AuthzenAction {
  /** The action of a permission. */
  readonly name: string;
  /** What the request says of it: conditions read it as `action.…`. */
  readonly properties?: AuthzenProperties;
}

/** One question. */
export interface Evaluation {
  /** Who. */
  readonly subject: AuthzenSubject;
  /** What they want to do. */
  readonly action: AuthzenAction;
  /** With what. */
  readonly resource: AuthzenResource;
  /** The circumstances; they lie over the attributes of the directory's context. */
  readonly context?: AuthzenProperties;
}

/** One answer. */
export interface EvaluationResult {
  /** Whether they may. */
  readonly decision: boolean;
  /** What is said beside it. */
  readonly context: EvaluationContext;
}

/** What is said beside an answer. */
export interface EvaluationContext {
  /** Why: a reason of section 6 of the model, or `unknown-subject` for somebody who is not in the directory. */
  readonly reason?: string;
  /** The version of the policy that gave it. */
  readonly policyVersion?: string;
  /** What was wrong with this evaluation, of several in one request. */
  readonly error?: EvaluationError;
}

/** What is wrong with one evaluation of several. */
export interface EvaluationError {
  /** The status that it would have had by itself. */
  readonly status: number;
  /** What is wrong, with the JSON pointer of the place in backticks. */
  readonly message: string;
}

/** A decision point: the same answers for a program, for whatever speaks fetch, and for a server of its own. */
export interface DecisionPoint {
  /** Answers one question. Rejects where the answer would be an error; whoever asks must deny then. */
  evaluate(evaluation: Evaluation, about?: { readonly requestId?: string }): Promise<EvaluationResult>;
  /** Answers a request of the Authorization API, whatever it is. It never rejects. */
  fetch(request: Request): Promise<Response>;
  /** The same, for servers that have no `Request`: at once where nothing has to be waited for. It never throws. */
  answer(call: Call): Awaitable<Reply>;
}

/** A request as a server has it. */
export interface Call {
  /** In capital letters. */
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** Its path, where this is at hand by itself. */
  readonly path?: string | undefined;
  /** A header by its name in lower case. */
  header(name: string): string | null | undefined;
  /** The body, of which no more than `most` bytes are read: a longer one is undefined. */
  body(most: number): Awaitable<string | undefined>;
}

/** A response as a server sends it. */
export interface Reply {
  /** The status code. */
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, to be sent in UTF-8. */
  readonly body: string;
}
