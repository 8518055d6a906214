// Files as they are written: whole or not at all.

import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { failureOf } from "./read.js";
import { UsageError } from "./world.js";

/**
 * Writes a file under another name beside it and then gives it its own, so that nobody ever reads half of it. What is
 * no ordinary file, such as a pipe, is written to as it is.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const kind = await stat(file).catch(() => undefined);
    if (kind?.isDirectory() === true) throw Object.assign(new Error(), { code: "EISDIR" });
    if (kind !== undefined && !kind.isFile()) return await written(file, content, "w");
    // A link stays a link.
    const target = kind === undefined ? file : await realpath(file);
    const beside = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
    try {
      await written(beside, content, "wx", kind?.mode);
      await rename(beside, target);
    } catch (thrown) {
      await rm(beside, { force: true });
      throw thrown;
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "cannot be written: its folder is not there" : failureOf(thrown);
    throw new UsageError(`\`${file}\` ${why}`);
  }
}

async function written(file: string, content: string | Uint8Array, how: "w" | "wx", mode?: number): Promise<void> {
  const handle = await open(file, how, mode);
  try {
    await handle.writeFile(content);
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
