// `grantlet serve` as a program of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../pkg/dist/cli.js", import.meta.url));

/** A folder of files that is gone when the test is over; what is no text is written as JSON. */
export function folder(t, files) {
  const path = mkdtempSync(join(tmpdir(), "grantlet-edge-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return path;
}

const LISTENING = /(?:listening on |"url":")([^",\s]+)/;

/** Starts the command in a folder and waits until it listens; it ends with the test. */
export async function serving(t, cwd, words, port = 0) {
  const child = spawn(process.execPath, [PROGRAM, "serve", "--port", `${port}`, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (written.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (written.err += text));
  const closed = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  const url = await until(() => LISTENING.exec(written.out + written.err)?.[1], () => `it does not listen: ${written.err}`, child);
  return { url, child, written, closed };
}

/** Waits until something is there. */
export async function until(found, complaint, child) {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((go) => setTimeout(go, 20))) {
    const value = found();
    if (value !== undefined && value !== false) return value;
    if (child !== undefined && child.exitCode !== null) break;
  }
  throw new Error(complaint());
}

/** A function that sends requests there, as fetch does; `ca` is the certificate to trust. */
export function sender(url, { ca, agent } = {}) {
  const { protocol, hostname, port } = new URL(url);
  const request = protocol === "https:" ? secure : plain;
  return (path, { method = "GET", headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const sent = { "content-length": Buffer.byteLength(body ?? ""), ...headers };
      const asking = request({ hostname: hostname.replace(/[[\]]/g, ""), port, path, method, headers: sent, ca, agent }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => resolve(new Response(Buffer.concat(chunks), { status: response.statusCode, headers: headersOf(response) })));
      });
      asking.on("error", reject);
      asking.end(body);
    });
}

function headersOf({ rawHeaders }) {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at], rawHeaders[at + 1]);
  return headers;
}
