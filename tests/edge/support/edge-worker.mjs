// The example `examples/edge-worker` as its reader would have it, bundled by Wrangler and run in workerd, with KV, D1 and
// the Durable Object of miniflare; and what stands around it: who signs sessions, and the API that it guards.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { filesOf } from "../../runtimes/support/examples.mjs";
import { run, scratch } from "../../runtimes/support/pack.mjs";
import { bundled, started } from "../../runtimes/support/wrangler.mjs";

const require = createRequire(new URL("../../runtimes/package.json", import.meta.url));
const { exportJWK, generateKeyPair, SignJWT } = await import(pathToFileURL(require.resolve("jose")));

/** That of the example's `wrangler.jsonc`. */
const DATE = "2026-04-01";
export const ISSUER = "https://sign-in.example.com";
export const AUDIENCE = "back-office";
export const TOKENS = {
  UPSTREAM_TOKEN: "the-token-of-the-upstream",
  SERVICE_TOKEN: "the-token-of-services",
  PUBLISHER_TOKEN: "the-token-of-publishers",
};

/** A copy of the example for one file of tests, with what the tests add to it; gives its path. */
export function example(name, added = {}) {
  const { "package.json": manifest, ...files } = filesOf("edge-worker");
  return scratch(`example-edge-worker-${name}`, {
    files: { ...files, ...added },
    manifest: JSON.parse(manifest),
    packages: ["@cloudflare/workers-types", "jose", "typescript", "wrangler"],
  });
}

/** A JSON file of an example. */
export function json(project, name) {
  return JSON.parse(readFileSync(join(project, name), "utf8"));
}

/** A server on a free port; gives its origin. */
async function serving(handle) {
  const server = createServer(handle);
  // A connection that nobody uses is closed by whoever has opened it: else one might be used while it is being closed.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

/** Who signs sessions: a key pair by its id, and the server of the public ones. */
export async function signIn() {
  const pairs = new Map();
  const state = { answers: () => true, asked: 0 };
  const server = await serving(async (request, response) => {
    state.asked += 1;
    if (!state.answers()) return response.writeHead(500).end();
    const published = [...pairs].filter(([, { isPublished }]) => isPublished);
    const keys = await Promise.all(
      published.map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" })),
    );
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
  });
  const pair = async (kid, isPublished = true) => {
    const made = await generateKeyPair("ES256", { extractable: true });
    pairs.set(kid, { ...made, isPublished });
    return made;
  };
  await pair("k1");
  /** A token of a session. What is undefined among its claims is left out. */
  const token = async (sub, { kid = "k1", key, header = {}, ...claims } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { sub, iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + 300, ...claims };
    const signing = key ?? pairs.get(kid).privateKey;
    return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid, ...header }).sign(signing);
  };
  return { url: `${server.origin}/keys`, pair, pairs, token, state, stop: server.stop };
}

/** The API that is guarded. It answers with what it was sent, and keeps it; `answer` can be changed. */
export async function upstream() {
  const api = { requests: [], answer: undefined };
  const server = await serving(async (request, response) => {
    const chunks = [];
    const received = { method: request.method, url: request.url, headers: request.headers, size: 0 };
    api.requests.push(received);
    if (api.answer !== undefined) return api.answer(request, response, received);
    try {
      for await (const chunk of request) {
        received.size += chunk.length;
        chunks.push(chunk);
      }
    } catch {
      return;
    }
    const { method, url, headers } = request;
    const body = JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  return Object.assign(api, { origin: server.origin, stop: server.stop });
}

/** Everything that a test file started, to be ended after it. */
export function ending(after) {
  const started = [];
  after(async () => {
    for (const end of started.reverse()) await end();
  });
  return (end) => started.push(end);
}

/** What Wrangler made of a script, by its place. */
const bundles = new Map();

/**
 * The worker, bundled from a copy of the example and started, with what surrounds it. `script` is what is bundled, and
 * `variables` go over those of `wrangler.jsonc`; `options` are miniflare's.
 */
export async function running(project, ends, { script = "src/worker.ts", variables = {}, options = {} } = {}) {
  const keys = await signIn();
  ends(keys.stop);
  const api = await upstream();
  ends(api.stop);
  const lines = [];
  const settings = {
    UPSTREAM: api.origin,
    UPSTREAM_TIMEOUT: 5000,
    POLICY_REFRESH: 10_000,
    POLICY_MAX_STALE: 300_000,
    DIRECTORY_KEPT: 5000,
    ISSUER,
    AUDIENCE,
    KEYS_URL: keys.url,
    ...TOKENS,
    ...variables,
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const place = `${project}/${script}`;
  if (!bundles.has(place)) bundles.set(place, bundled(project, script, DATE));
  const miniflare = started(bundles.get(place), DATE, {
    bindings: Object.fromEntries(given),
    kvNamespaces: ["POLICIES"],
    d1Databases: ["DIRECTORY", "KEYS"],
    durableObjects: { VERSIONS: { className: "PolicyVersions", useSQLite: true } },
    handleRuntimeStdio: (stdout, stderr) => {
      for (const stream of [stdout, stderr]) createInterface(stream).on("line", (line) => lines.push(line));
    },
    ...options,
  });
  ends(() => miniflare.dispose());
  const origin = (await miniflare.ready).origin;
  await migrate(await miniflare.getD1Database("KEYS"), join(project, "migrations"));
  await migrate(await miniflare.getD1Database("DIRECTORY"), join(project, "node_modules/grantlet/d1/migrations"));
  // The certificate is miniflare's own, where there is one.
  const ask = (path, options) => (origin.startsWith("https:") ? miniflare.dispatchFetch : fetch)(`${origin}${path}`, options);
  const as = async (sub, path, { headers, token, ...options } = {}) =>
    ask(path, { ...options, headers: { authorization: `Bearer ${token ?? (await keys.token(sub))}`, ...headers } });
  const publish = (policy, query = "") =>
    ask(`/policies${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKENS.PUBLISHER_TOKEN}` },
      body: typeof policy === "string" ? policy : JSON.stringify(policy),
    });
  /** Asks as a service. */
  const service = (path, question, headers = {}) =>
    ask(`/access/v1/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKENS.SERVICE_TOKEN}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(question),
    });
  return { project, miniflare, origin, keys, api, lines, ask, as, publish, service, logged: (kind) => logged(lines, kind) };
}

/** The lines of a kind that the worker wrote so far, once what it wrote before has arrived. */
async function logged(lines, kind) {
  let before;
  do {
    before = lines.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (lines.length !== before);
  return lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter((entry) => entry.kind === kind);
}

/** Runs the migrations of a folder, in their order. */
export async function migrate(database, folder) {
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".sql")).sort()) {
    await executed(database, readFileSync(join(folder, name), "utf8"));
  }
}

/** Runs the statements of a script. None of those that are run here has a semicolon in a string. */
async function executed(database, script) {
  const statements = script.replaceAll(/--.*$/gm, "").split(";").map((statement) => statement.trim());
  await database.batch(statements.filter((statement) => statement !== "").map((statement) => database.prepare(statement)));
}

/** Publishes the example's policy, and puts its directory in. */
export async function seed(edge, query = "?loggable=resource.status") {
  const published = await edge.publish(readFileSync(join(edge.project, "seed/policy.json"), "utf8"), query);
  if (published.status !== 201) throw new Error(await published.text());
  await seedDirectory(edge);
}

/** Puts the example's directory in. */
export async function seedDirectory(edge) {
  const sql = run(process.execPath, ["seed/to-sql.mjs", "seed/directory.json"], { cwd: edge.project });
  await executed(await edge.miniflare.getD1Database("DIRECTORY"), sql);
}
