// The list in Next.js with the app router: in server components, in client components, in edge routes, and in middleware
// at the edge. One build has all of them, and its own server runs it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { within } from "./support/browsers.mjs";
import { program, run, scratch, version } from "./support/pack.mjs";
import { PROGRAMS, runtime } from "./support/runtime.mjs";

const NAMES = ["main", "dom"];
const ENVIRONMENT = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

const server = (name) => `import { run } from "../../${name}.mjs";

export const dynamic = "force-dynamic";

export default async function Page() {
  return <pre id="results">{JSON.stringify(await run())}</pre>;
}
`;

const client = (name) => `"use client";
import { useEffect } from "react";
import { run } from "../../${name}.mjs";

export default function Page() {
  useEffect(() => {
    run().then((results) => (document.documentElement.dataset.results = JSON.stringify(results)));
  }, []);
  return <p>grantlet</p>;
}
`;

const edge = (name) => `import { run } from "../../${name}.mjs";

export const runtime = "edge";
export const GET = async () => Response.json(await run());
`;

const FILES = {
  ...PROGRAMS,
  // The packages are links out of the project, which Turbopack follows below its root alone.
  "next.config.mjs": `import { fileURLToPath } from "node:url";
export default { turbopack: { root: fileURLToPath(new URL("../../../", import.meta.url)) } };
`,
  "app/layout.jsx": `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  "middleware.js": `import { run as main } from "./main.mjs";
import { run as dom } from "./dom.mjs";

export const config = { matcher: "/middleware" };
export const middleware = async () => Response.json([...(await main()), ...(await dom())]);
`,
  ...Object.fromEntries(
    NAMES.flatMap((name) => [
      [`app/server-${name}/page.jsx`, server(name)],
      [`app/client-${name}/page.jsx`, client(name)],
      [`app/edge-${name}/route.js`, edge(name)],
    ]),
  ),
};

let started;
let child;

after(async () => {
  if (child === undefined) return;
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
});

/** Builds the project and starts its server; gives the address. */
async function start() {
  const project = scratch("next", { files: FILES, packages: ["next", "react", "react-dom"] });
  run(process.execPath, [program("next"), "build"], { cwd: project, env: ENVIRONMENT });
  // What is deployed may lack what was bundled.
  rmSync(join(project, "node_modules/grantlet/dist/grantlet.wasm"));
  const words = [program("next"), "start", "--hostname", "127.0.0.1", "--port", "0"];
  child = spawn(process.execPath, words, { cwd: project, env: ENVIRONMENT, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface(child.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return `${address}/`;
  }
  throw new Error("the server of Next.js ended");
}

/** A row for what is told at these paths. */
function asked(id, paths, ask, page = false) {
  runtime(id, {
    page,
    run: async () => {
      const address = await (started ??= start());
      const results = [];
      for (const path of paths) results.push(...(await ask(`${address}${path}`)));
      return { version: version("next"), results };
    },
  });
}

async function json(url) {
  return (await fetch(url)).json();
}

/** The text of a page that was rendered on the server, as HTML writes it. */
async function rendered(url) {
  const [, text] = /<pre id="results">(.*?)<\/pre>/s.exec(await (await fetch(url)).text());
  const letters = { "&quot;": '"', "&lt;": "<", "&gt;": ">", "&#x27;": "'", "&amp;": "&" };
  return JSON.parse(text.replace(/&[^;]+;/g, (letter) => letters[letter]));
}

const each = (kind) => NAMES.map((name) => `${kind}-${name}`);

asked("next-server", each("server"), rendered);
asked("next-client", each("client"), (url) => within("chromium", ({ results }) => results(url)), true);
asked("next-edge", each("edge"), json);
asked("next-middleware", ["middleware"], json);
