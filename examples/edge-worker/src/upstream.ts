import { announced, MOST } from "./body";
import type { Env } from "./env";
import { fault } from "./log";
import { Refusal } from "./refusal";

/**
 * What of a caller's headers the API gets to see. Everything else stays here: who the caller says to be, their token,
 * headers of the connection, and those by which some servers take one method for another.
 */
const FORWARDED = [
  "accept",
  "accept-language",
  "content-encoding",
  "content-type",
  "idempotency-key",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "range",
  "traceparent",
  "x-request-id",
];

/** Headers of the connection to the API, which are not for the caller. */
const OF_CONNECTION = ["connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade"];

/** Asks the API on behalf of a subject, by the path of a URL. What it answers gets further headers. */
export async function forward(
  request: Request,
  env: Env,
  url: URL,
  subject: string,
  further: Readonly<Record<string, string>>,
): Promise<Response> {
  const body = announced(request, MOST.forwarded);
  const signal = AbortSignal.timeout(env.UPSTREAM_TIMEOUT);
  try {
    const response = await fetch(targetOf(url, env), {
      method: request.method,
      headers: headersFor(request, env, subject),
      body,
      // Where the API sends somebody is theirs to follow: who they are is told to the API alone.
      redirect: "manual",
      signal,
    });
    return new Response(ending(response, signal), { status: response.status, headers: headersOf(response, further) });
  } catch (thrown) {
    fault("upstream", thrown);
    throw thrown instanceof Error && thrown.name === "TimeoutError" ? new Refusal(504, "upstream-late") : new Refusal(502, "upstream-failed");
  }
}

/** Where the API has a path: below that of its own URL. */
function targetOf({ pathname, search }: URL, env: Env): URL {
  const target = new URL(env.UPSTREAM);
  target.pathname = `${target.pathname.replace(/\/+$/, "")}${pathname}`;
  target.search = search;
  return target;
}

/** What the API says, cut off where it does not come to an end in time. */
function ending({ body }: Response, signal: AbortSignal): ReadableStream | null {
  if (body === null) return null;
  const { readable, writable } = new IdentityTransformStream();
  body.pipeTo(writable, { signal }).catch((thrown) => fault("upstream", thrown));
  return readable;
}

function headersFor(request: Request, env: Env, subject: string): Headers {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set("authorization", `Bearer ${env.UPSTREAM_TOKEN}`);
  headers.set("x-subject", encodeURIComponent(subject));
  return headers;
}

function headersOf(response: Response, further: Readonly<Record<string, string>>): Headers {
  const headers = new Headers(response.headers);
  const named = (headers.get("connection") ?? "").split(",").map((name) => name.trim());
  for (const name of [...OF_CONNECTION, ...named]) if (name !== "") headers.delete(name);
  // It is for whom it was decided, and decided anew each time.
  headers.set("cache-control", "private, no-cache");
  for (const [name, value] of Object.entries(further)) headers.set(name, value);
  return headers;
}
