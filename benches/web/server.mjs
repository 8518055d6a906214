// Serves the benchmark to this machine alone: the package, this folder with the peers that are installed in it, casbin
// as one file (it is written for bundlers), and the policies that engines are handed. Two headers give pages a clock that
// tells microseconds.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import sirv from "sirv";

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-store",
};

async function casbin() {
  const { outputFiles } = await build({
    stdin: { contents: `export * from "casbin"`, resolveDir: place("..") },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    inject: [place("buffer.mjs")],
    // Read only by what loads policies from files.
    external: ["fs"],
    logLevel: "silent",
  });
  return outputFiles[0].contents;
}

/** Starts the server; `documents` are served at their names. */
export async function serve(documents) {
  const files = new Map(Object.entries(documents));
  files.set("/casbin.mjs", await casbin());
  const mounts = ["/pkg/", "/benches/"].map((prefix) => [prefix, sirv(place(`../..${prefix}`), { dev: true })]);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const file = files.get(request.url);
    if (file !== undefined) {
      response.setHeader("Content-Type", request.url.endsWith(".mjs") ? "text/javascript" : "application/octet-stream");
      response.end(file);
      return;
    }
    const mount = mounts.find(([prefix]) => request.url.startsWith(prefix));
    if (mount === undefined) {
      response.writeHead(404).end();
      return;
    }
    request.url = request.url.slice(mount[0].length - 1);
    mount[1](request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
