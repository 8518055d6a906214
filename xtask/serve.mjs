// Serves the demo to this machine alone: `www/` at the top, the built package under `/pkg/`, the policies under
// `/policies/`. Files are read anew at each request. Tests start it with `serve({ port: 0 })`.

import { createServer } from "node:http";
import { pathToFileURL, fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import sirv from "sirv";

const HOST = "127.0.0.1";
const FIRST_PORT = 8080;
const PORTS_TRIED = 100;

const root = new URL("../", import.meta.url);
const folder = (name) => sirv(fileURLToPath(new URL(name, root)), { dev: true });
const mounts = [
  ["/pkg/", folder("pkg")],
  ["/policies/", folder("policies")],
  ["/", folder("www")],
];

function answer(request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  response.setHeader("X-Content-Type-Options", "nosniff");
  const [prefix, files] = mounts.find(([prefix]) => request.url.startsWith(prefix)) ?? mounts.at(-1);
  request.url = request.url.slice(prefix.length - 1);
  files(request, response, () => response.writeHead(404).end("not found\n"));
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/**
 * Starts the server. Without a port it takes 8080 or the next free one; port 0 is any free one.
 * @param {{ port?: number }} [options]
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ port } = {}) {
  const server = createServer(answer);
  const last = port ?? FIRST_PORT + PORTS_TRIED;
  for (let tried = port ?? FIRST_PORT; ; tried += 1) {
    try {
      await listen(server, tried);
      break;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || tried >= last) throw error;
    }
  }
  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${server.address().port}/`, close };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const { url } = await serve(values.port === undefined ? {} : { port: Number(values.port) });
  console.log(`the demo is at ${url} (stop it with Ctrl-C)`);
}
