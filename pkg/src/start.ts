// How the module gets started, by the glue that knows what it is to be instantiated with.

/** What the glue of every build has. */
export interface Glue {
  imports(): WebAssembly.Imports;
  start(instance: WebAssembly.Instance, module: WebAssembly.Module): void;
}

/** In a page: fetches it, and compiles it while it arrives, where the server says what it is. */
export async function fetched({ imports, start }: Glue, url: URL): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`\`${url}\` has the status ${response.status}`);
  const streams = response.headers.get("content-type") === "application/wasm";
  const module = await (streams
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer()));
  start(await WebAssembly.instantiate(module, imports()), module);
}

/** Where it is at hand as bytes: compiled aside, while the page goes on. */
export async function compiled({ imports, start }: Glue, bytes: BufferSource): Promise<void> {
  const module = await WebAssembly.compile(bytes);
  start(await WebAssembly.instantiate(module, imports()), module);
}

/** Where nothing else waits for this thread: at once. */
export function started({ imports, start }: Glue, module: WebAssembly.Module): void {
  start(new WebAssembly.Instance(module, imports()), module);
}
