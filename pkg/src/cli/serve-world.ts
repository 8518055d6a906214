// What `grantlet serve` answers from: a policy and a directory, as their files hold them at one time.

import { createHash } from "node:crypto";
import { unwatchFile, watchFile } from "node:fs";
import type { Awaitable, Call as Asked, DecisionPoint, DecisionPointOptions, Reply } from "../authzen.js";
import { type Context, type Directory, loadPolicy, type Policy, type PolicyDocument, PolicyError, type Subject } from "../node.js";
import type { Call } from "./arguments.js";
import { directoryOf } from "./directory.js";
import { type Finding, readDocument, readPolicy, Refused, type Source } from "./read.js";
import { UsageError } from "./world.js";

/** What of a decision point's options comes from no file. */
type Options = Pick<DecisionPointOptions, "log" | "fault" | "url">;

interface Present {
  readonly point: DecisionPoint;
  readonly version: string;
}

/** The decision point of the present. Each request is answered by one policy and one directory, from beginning to end. */
export class Serving {
  #present: Present;
  readonly #options: Options;

  private constructor(options: Options, present: Present) {
    [this.#options, this.#present] = [options, present];
  }

  static async from(call: Call, options: Options): Promise<Serving> {
    return new Serving(options, await presentOf(call, options));
  }

  /** Takes over what the files hold now, all of it or, where anything is wrong, nothing. */
  async renew(call: Call): Promise<void> {
    this.#present = await presentOf(call, this.#options);
  }

  /** The beginning of the SHA-256 of the policy, which every answer names. */
  get version(): string {
    return this.#present.version;
  }

  answer(asked: Asked): Awaitable<Reply> {
    return this.#present.point.answer(asked);
  }
}

async function presentOf(call: Call, options: Options): Promise<Present> {
  const { text } = await readPolicy(call.need("policy", "say which policy answers with `--policy FILE`"), call.world);
  const policy: Policy<PolicyDocument> = await loadPolicy(text);
  const version = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = call.get("directory");
  const directory = file === undefined ? undefined : judged(await readDocument(file, call.world), policy);
  const { decisionPoint, memoryDirectory } = await import("../authzen.js");
  const point = decisionPoint({
    ...options,
    policy: { policy: policy as Policy, version },
    ...(directory !== undefined && { directory: memoryDirectory(directory) }),
  });
  return { point, version };
}

/** The directory whose every fact the evaluator takes: one that it does not would be a fault at each question about it. */
function judged(source: Source, policy: Policy<PolicyDocument>): Directory {
  const directory = directoryOf(source);
  const findings: Finding[] = [];
  const judge = (pointer: string, subject: Subject, context?: Context): void => {
    try {
      policy.session(subject, context).free();
    } catch (thrown) {
      if (!(thrown instanceof PolicyError)) throw thrown;
      findings.push(...thrown.diagnostics.map((one) => source.finding({ ...one, pointer: `${pointer}${one.pointer}` })));
    }
  };
  if (directory.context !== undefined) judge("/context", { id: "nobody" }, directory.context);
  directory.subjects.forEach((subject, index) => judge(`/subjects/${index}`, subject));
  if (findings.length > 0) throw new Refused(findings, [source]);
  return directory;
}

/** How often the files are looked at, in milliseconds. They are looked at by name, so that one put in their place counts. */
const OFTEN = 250;

/** Calls when one of the files of the call has changed, and again when one changed meanwhile. */
export function watch(call: Call, changed: () => Promise<void>): { stop(): void } {
  const files = [call.get("policy"), call.get("directory")].filter((file) => file !== undefined);
  if (files.includes("-")) throw new UsageError("the standard input cannot be watched", "name a file");
  const names = files.map((file) => file.split("#/")[0] ?? file);
  let waiting = Promise.resolve();
  let isWaiting = false;
  const look = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    waiting = waiting.then(() => {
      isWaiting = false;
      return changed();
    });
  };
  for (const name of names) watchFile(name, { interval: OFTEN }, look);
  return { stop: () => names.forEach((name) => unwatchFile(name, look)) };
}
