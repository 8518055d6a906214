// A static server for the browser suites: the demo at `/`, the built package at `/pkg/`, the policies at `/policies/`.
// It listens on this machine only, and on a port that is free.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const MOUNTS = { "/pkg/": join(ROOT, "pkg"), "/policies/": join(ROOT, "policies"), "/": join(ROOT, "www") };

function fileFor(address, mounts) {
  const path = normalize(decodeURIComponent(new URL(address, "http://localhost").pathname));
  const [prefix, directory] = Object.entries(mounts).find(([mount]) => path.startsWith(mount));
  const rest = path.slice(prefix.length);
  return join(directory, rest === "" ? "index.html" : rest);
}

/** Starts the server; `mounts` replaces single directories. Answers its address and how to stop it. */
export async function serve(mounts = {}, port = 0) {
  const places = { ...MOUNTS, ...mounts };
  const server = createServer(async (request, response) => {
    try {
      const file = fileFor(request.url, places);
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end("not found");
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
