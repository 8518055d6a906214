// Cedar in a page.

import start, * as cedar from "@cedar-policy/cedar-wasm/web";
import { cedarEngine } from "./cedar-session.mjs";

await start();

export const { name, slow, write, open } = cedarEngine(cedar);
