// The server of `grantlet serve`: how it listens, how long it waits, and how it ends.

import { lookup } from "node:dns/promises";
import { createServer, IncomingMessage, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { isIPv6 } from "node:net";
import type { Call } from "./arguments.js";
import { readWords } from "./read.js";
import type { Place } from "./serve-guard.js";
import { UsageError } from "./world.js";

/**
 * How long nothing may go in or out of a connection before it is closed, longer than proxies keep theirs open. In
 * milliseconds. A time of its own for what lies between two requests would have Node set two timers for each of them.
 */
const SILENCE = 75_000;
/** How long what was asked may take to be answered when the server ends. */
const PATIENCE = 10_000;

/**
 * A request whose body is handed over as Node's parser has it, and not put through a stream first: that takes as long as
 * all that a decision point does with it.
 */
class Direct extends IncomingMessage {
  #taker: ((chunk: Uint8Array | null) => void) | undefined;

  /** Has what arrives from now on handed to the taker; without one it is a stream again. */
  handOver(taker: ((chunk: Uint8Array | null) => void) | undefined): void {
    this.#taker = taker;
    // Node passes over what nobody reads once the answer is out. Here there is nothing left.
    (this as { _consumed?: boolean })._consumed = true;
  }

  override push(chunk: Uint8Array | null, encoding?: BufferEncoding): boolean {
    if (this.#taker === undefined) return super.push(chunk, encoding);
    this.#taker(chunk);
    return true;
  }
}

/** A server that does not listen yet. A request has so many seconds to arrive. */
export async function serverOf(call: Call, seconds: number, listener: RequestListener): Promise<Server> {
  const [cert, key] = [call.get("cert"), call.get("key")];
  if ((cert === undefined) !== (key === undefined)) throw new UsageError("`--cert` and `--key` belong together");
  const timeouts: ServerOptions = {
    IncomingMessage: Direct,
    headersTimeout: seconds * 1000,
    requestTimeout: seconds * 1000,
    connectionsCheckingInterval: Math.min(1000, seconds * 500),
    keepAliveTimeout: 0,
  };
  const server =
    cert === undefined || key === undefined
      ? createServer(timeouts, listener)
      : secure({ ...timeouts, cert: await readWords(cert, call.world), key: await readWords(key, call.world) }, [cert, key], listener);
  return server.setTimeout(SILENCE);
}

function secure(options: object, [cert, key]: readonly [string, string], listener: RequestListener): Server {
  try {
    return createSecureServer(options, listener);
  } catch (thrown) {
    const { message } = thrown as Error;
    throw new UsageError(`\`${cert}\` and \`${key}\` are no certificate with its key: ${message}`, "both are text in PEM");
  }
}

/** The address that a host stands for. */
export async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new UsageError(`\`${host}\` is no host`, "name one of this machine, such as `127.0.0.1`, or `0.0.0.0` for all");
  }
}

/** Listens, and gives the URL of it. */
export async function listening(server: Server, port: number, { host, address }: Place): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => reject(refusedBy(code ?? message, port, host)));
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  const scheme = "setSecureContext" in server ? "https" : "http";
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${typeof bound === "object" && bound !== null ? bound.port : port}`;
}

function refusedBy(code: string, port: number, host: string): UsageError {
  if (code === "EADDRINUSE") return new UsageError(`port ${port} of \`${host}\` is in use`, "name another one with `--port`, or 0 for one that is free");
  if (code === "EACCES") return new UsageError(`port ${port} may not be listened on`, "name one from 1024 on with `--port`");
  if (code === "EADDRNOTAVAIL") return new UsageError(`\`${host}\` is no host of this machine`);
  return new UsageError(`nothing can listen on port ${port} of \`${host}\` (${code})`);
}

/** Resolves when a signal has come and what was asked is answered. A second signal ends the process at once. */
export function endOf(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const one of SIGNALS) process.off(one, end);
      // Whoever asks on an open connection is answered, and told to ask elsewhere.
      server.prependListener("request", (_, response) => void response.setHeader("connection", "close"));
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const last = setTimeout(() => server.closeAllConnections(), PATIENCE);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(last);
        resolve();
      });
    };
    for (const one of SIGNALS) process.on(one, end);
  });
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
