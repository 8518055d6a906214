// The module as a file, for Node, Deno and Bun.

import { readFileSync } from "node:fs";

/**
 * Compiles the module that `read` reads from its URL, which a bundler may have seen to. Turbopack learns there that the
 * file has to be deployed, but where it renders on a server it makes an address for pages of the URL: then the file is
 * read by its name, from beside the script that was bundled.
 */
export function moduleIn(read: () => Uint8Array<ArrayBuffer>, script: string, name: string): WebAssembly.Module {
  let bytes;
  try {
    bytes = read();
  } catch {
    bytes = readFileSync(new URL(name, script));
  }
  return new WebAssembly.Module(bytes);
}
