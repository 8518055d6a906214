// The decision point: which request is which, and what becomes of what goes wrong.

import { type About, decide } from "./decide.js";
import type { Awaitable } from "./directory.js";
import { evaluations } from "./evaluations.js";
import { Fetched, HEADERS, responded } from "./fetch.js";
import { after, isLater } from "./later.js";
import { metadata, PATHS } from "./metadata.js";
import type { Call, DecisionPoint, DecisionPointOptions, Reply } from "./options.js";
import { body, evaluation, type Members } from "./read.js";
import { Refusal } from "./refusal.js";
import { searchActions } from "./search/actions.js";
import { searchResources } from "./search/resources.js";
import { searchSubjects } from "./search/subjects.js";
import { type Setting, settingOf } from "./setting.js";
import { identifierOf, originOf, pathOf } from "./url.js";
import { errorText, resultOf } from "./written.js";

/** An endpoint, by what the log calls it. */
interface Endpoint {
  readonly name: About["endpoint"];
  /** Reads a body; what it gives answers it, once the policy is there. */
  readonly read: (setting: Setting, text: string) => (about: About) => Awaitable<string>;
}

const reading =
  (run: (setting: Setting, body: Members, about: About) => Promise<string>): Endpoint["read"] =>
  (setting, text) => {
    const members = body(text);
    return (about) => run(setting, members, about);
  };

const searching = (search: (setting: Setting, body: Members, about: About) => Promise<object>): Endpoint["read"] =>
  reading(async (setting, body, about) => JSON.stringify(await search(setting, body, about)));

/** By their paths. */
const ENDPOINTS = new Map<string, Endpoint>([
  [PATHS.access_evaluation_endpoint, { name: "evaluation", read: evaluated }],
  [PATHS.access_evaluations_endpoint, { name: "evaluations", read: reading(evaluations) }],
  [PATHS.search_subject_endpoint, { name: "search/subject", read: searching(searchSubjects) }],
  [PATHS.search_resource_endpoint, { name: "search/resource", read: searching(searchResources) }],
  [PATHS.search_action_endpoint, { name: "search/action", read: searching(searchActions) }],
]);

const JSON_TYPE = "application/json";

const WELL_KNOWN = "/.well-known/authzen-configuration";

/**
 * A decision point of the AuthZEN Authorization API 1.0. A subject of a request is one of the directory, with the
 * properties that the request gives it over its attributes; the resource's type and the action's name make the
 * permission; conditions read the resource's attributes, with its properties over them and its `id` and `type` among
 * them, as `resource.…`, and the action's properties as `action.…`; the request's context lies over the attributes of the
 * directory's. Throws a `TypeError` for an identifier that is none.
 */
export function decisionPoint(options: DecisionPointOptions): DecisionPoint {
  const setting = settingOf(options);
  const identifier = options.url === undefined ? undefined : identifierOf(options.url);
  const base = identifier === undefined ? "" : new URL(identifier).pathname.replace(/\/$/, "");
  const wellKnown = `${WELL_KNOWN}${base}`;

  const answer = (call: Call): Awaitable<Reply> => {
    let requestId: string | undefined;
    try {
      requestId = call.header("x-request-id") ?? undefined;
      const path = call.path ?? pathOf(call.url);
      if (path === wellKnown) {
        only(call, "GET", "HEAD");
        return json(JSON.stringify(metadata(identifier ?? originOf(call.url))), requestId);
      }
      const endpoint = path.startsWith(base) ? ENDPOINTS.get(base === "" ? path : path.slice(base.length)) : undefined;
      if (endpoint === undefined) throw new Refusal("there is no such endpoint: the metadata name those that there are", 404);
      only(call, "POST");
      mustBeJson(call);
      const text = call.body(setting.limits.body);
      if (!isLater(text)) return answered(setting, endpoint, requestId, text);
      return text.then(
        (text) => answered(setting, endpoint, requestId, text),
        (thrown: unknown) => refused(thrown, setting, requestId),
      );
    } catch (thrown) {
      return refused(thrown, setting, requestId);
    }
  };
  return {
    evaluate: async (given, { requestId } = {}) => {
      const about = { endpoint: "evaluation", requestId, versioned: await setting.present() } as const;
      const { reason, versioned } = await decide(setting, evaluation({ ...given }), about);
      return resultOf(reason, versioned);
    },
    fetch: (request) => {
      const reply = answer(new Fetched(request));
      return isLater(reply) ? reply.then(responded) : Promise.resolve(responded(reply));
    },
    answer,
  };
}

/** `decisionPoint(options).fetch`, for whatever takes a function from a request to its response. */
export function authzenHandler(options: DecisionPointOptions): (request: Request) => Promise<Response> {
  return decisionPoint(options).fetch;
}

/** An evaluation: its answer is kept if nothing had to be waited for. */
function evaluated(setting: Setting, text: string): (about: About) => Awaitable<string> {
  const last = setting.answers.get(text);
  const question = last?.evaluation ?? evaluation(body(text));
  return (about) => {
    const answer = decide(setting, question, about, last);
    if (isLater(answer)) return answer.then(({ text }) => text);
    if (answer !== last) setting.answers.keep(text, answer);
    return answer.text;
  };
}

function mustBeJson(call: Call): void {
  const type = call.header("content-type") ?? "";
  if (type === JSON_TYPE || /^application\/json\s*(;|$)/i.test(type)) return;
  throw new Refusal("the `Content-Type` must be `application/json`");
}

/** Answers a body that has arrived. It never throws. */
function answered(
  setting: Setting,
  { name: endpoint, read }: Endpoint,
  requestId: string | undefined,
  text: string | undefined,
): Awaitable<Reply> {
  try {
    const most = setting.limits.body;
    if (text === undefined || text.length > most) throw new Refusal(`the body has more than ${most} bytes`, 413);
    const answer = read(setting, text);
    const written = after(setting.present(), (versioned) => answer({ endpoint, requestId, versioned }));
    if (!isLater(written)) return json(written, requestId);
    return written.then(
      (written) => json(written, requestId),
      (thrown: unknown) => refused(thrown, setting, requestId),
    );
  } catch (thrown) {
    return refused(thrown, setting, requestId);
  }
}

function only({ method }: Call, one: string, other = one): void {
  if (method === one || method === other) return;
  const allow = one === other ? [one] : [one, other];
  throw new Refusal(`the method must be ${allow.join(" or ")}`, 405, { allow: allow.join(", ") });
}

function json(text: string, requestId: string | undefined): Reply {
  return requestId === undefined ? { status: 200, headers: HEADERS, body: text } : reply(200, JSON_TYPE, text, requestId);
}

/** What is wrong with a request is said to whoever sent it. Anything else is nobody's business, and nothing is allowed. */
function refused(thrown: unknown, { fault }: Setting, requestId: string | undefined): Reply {
  if (thrown instanceof Refusal) {
    return reply(thrown.status, "text/plain; charset=utf-8", `${thrown.message}\n`, requestId, thrown.headers);
  }
  fault(thrown);
  const error = { status: 500, message: "the decision point failed, and nothing is allowed" };
  return reply(500, JSON_TYPE, errorText(error), requestId);
}

function reply(status: number, type: string, body: string, requestId: string | undefined, more: object = {}): Reply {
  const headers: Record<string, string> = { "content-type": type, "cache-control": "no-store", ...more };
  if (requestId !== undefined) headers["x-request-id"] = requestId;
  return { status, headers, body };
}
