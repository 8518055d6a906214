// casbin wants Node's `Buffer`; a bundle for pages gets it from here.

export { Buffer } from "buffer";
