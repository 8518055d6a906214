// The decision on one evaluation, and what is told of it.

import { type Answer, holds } from "./answer.js";
import { type Asker, found, judged } from "./ask.js";
import type { Awaitable } from "./directory.js";
import type { Place } from "./facts.js";
import { loggable } from "./loggable.js";
import type { DecisionEntry } from "./log.js";
import type { Evaluation } from "./options.js";
import type { VersionedPolicy } from "./policies.js";
import type { Setting } from "./setting.js";
import { textOf, versionOf } from "./written.js";

/** In what request something is asked, and which policy answers. */
export interface About {
  readonly endpoint: DecisionEntry["endpoint"];
  readonly requestId: string | undefined;
  readonly versioned: VersionedPolicy;
}

/** Decides, and tells the log. What was answered last is the answer again if it holds. */
export function decide(setting: Setting, evaluation: Evaluation, about: About, last?: Answer): Awaitable<Answer> {
  const began = setting.log === undefined ? 0 : performance.now();
  if (last !== undefined && holds(last, about.versioned, setting.directory)) return told(setting, about, last, began);
  const { subject, resource, context } = evaluation;
  return found(setting, subject, resource, context, (asker, place) =>
    told(setting, about, answerOf(evaluation, about, asker, place), began),
  );
}

/** The answer from these facts. */
function answerOf(evaluation: Evaluation, { versioned }: About, asker: Asker | undefined, place: Place): Answer {
  const { action, resource } = evaluation;
  const { reason, until } =
    asker === undefined ? NOBODY : judged(versioned.policy, asker, `${resource.type}:${action.name}`, action, place);
  const decision = reason === "granted";
  return { evaluation, decision, reason, text: textOf(reason, versioned), versioned, asker, place, until, lasts: undefined };
}

const NOBODY = { reason: "unknown-subject", until: Infinity };

function told(setting: Setting, about: About, answer: Answer, began: number): Answer {
  if (setting.log === undefined) return answer;
  const { evaluation, decision, reason, asker, place } = answer;
  const { subject, action, resource } = evaluation;
  setting.log({
    ...headOf(about),
    subject: { type: subject.type, id: subject.id },
    action: action.name,
    resource: { type: resource.type, id: resource.id },
    ...(place.scope !== undefined && { scope: place.scope }),
    decision,
    reason,
    ...loggable(about.versioned.loggable, { subject: asker?.subject, context: asker?.context, action: action.properties, place }),
    duration: performance.now() - began,
  });
  return answer;
}

/** What every entry of the log begins with. */
export function headOf({ endpoint, requestId, versioned }: About): Pick<DecisionEntry, "time" | "endpoint"> {
  return {
    time: Date.now(),
    endpoint,
    ...(requestId !== undefined && { requestId }),
    ...versionOf(versioned),
  };
}
