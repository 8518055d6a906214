// Cedar in Node.

import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { cedarEngine } from "./cedar-session.mjs";

export const { name, slow, write, open } = cedarEngine(cedar);
