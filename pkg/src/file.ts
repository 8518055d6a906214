// The module as a file, for Node, Deno and Bun.

import { readFileSync } from "node:fs";

/**
 * Compiles the module in a file of that name, whose URL a bundler may have seen to: where it made an address for pages
 * of it, as Turbopack does for what it renders on a server, the file is still beside the script that it was bundled from.
 */
export function moduleIn(name: string, url: URL, script: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(url.protocol === "file:" ? url : new URL(name, script)));
}
