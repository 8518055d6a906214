// Records as prepared questions read them: only the attributes that are left to be compared. Which of the literals an
// attribute is, or between which of them it lies, is its kind; what the kinds come to is decided in the module, and kept.

import { ALLOW } from "./compiled.js";
import { fault } from "./module.js";
import type { SessionHandle } from "./wasm-dom/grantlet-dom.js";

/** The kinds of an attribute, as the module numbers them. From `TEXT` on each text has its own, then come the numbers. */
const MISSING = 0;
const OPAQUE = 1;
const NULL = 2;
const FALSE = 3;
const TRUE = 4;
const OTHER_TEXT = 5;
const TEXT = 6;

/** Of an object, which only the module can look into. */
const LARGER = -1;

/** So many answers are kept of one question at most. */
const MOST = 4096;

/** Half a character. */
const BROKEN_TEXT = /\p{Surrogate}/u;

/** One attribute to read. */
class Attribute {
  /** Own keys. */
  readonly path: readonly string[];
  /** The strings that it is compared with. */
  readonly texts: readonly string[];
  /** The numbers that it is compared with, ascending. */
  readonly numbers: readonly number[];
  /** How many kinds it has. */
  readonly kinds: number;

  constructor(path: readonly string[], texts: readonly string[], numbers: readonly number[]) {
    this.path = path;
    this.texts = texts;
    this.numbers = numbers;
    this.kinds = TEXT + texts.length + 2 * numbers.length + 1;
  }

  /** What lies at the path; undefined where nothing does. A list has no keys. */
  read(record: unknown): unknown {
    const { path } = this;
    let found = record;
    for (let step = 0; step < path.length; step += 1) {
      const key = path[step] as string;
      if (typeof found !== "object" || found === null || Array.isArray(found) || !Object.hasOwn(found, key)) {
        return undefined;
      }
      found = (found as Record<string, unknown>)[key];
    }
    return found;
  }

  kindOf(found: unknown): number {
    switch (typeof found) {
      case "string": {
        const place = this.texts.indexOf(found);
        return place === -1 ? OTHER_TEXT : TEXT + place;
      }
      case "number":
        return Number.isFinite(found) ? this.#placeOf(found) : OPAQUE;
      case "boolean":
        return found ? TRUE : FALSE;
      case "undefined":
        return MISSING;
      case "object":
        return found === null ? NULL : LARGER;
      default:
        return OPAQUE;
    }
  }

  #placeOf(found: number): number {
    let place = TEXT + this.texts.length;
    for (const each of this.numbers) {
      if (found === each) return place + 1;
      if (found < each) return place;
      place += 2;
    }
    return place;
  }
}

/** What the module tells of a prepared question: its place, and for each attribute path, texts and numbers. */
export type Told = readonly [place: number, ...attributes: (readonly never[])[]];

/** A question about records at one scope that the module keeps prepared. */
export class Question {
  readonly place: number;
  readonly #attributes: Attribute[] = [];
  /** The effects that are known, each with one added, by combination of kinds. */
  readonly #known: Uint8Array;

  constructor([place, ...told]: Told) {
    this.place = place;
    let combinations = 1;
    for (let each = 0; each < told.length; each += 3) {
      const attribute = new Attribute(told[each] ?? [], told[each + 1] ?? [], told[each + 2] ?? []);
      this.#attributes.push(attribute);
      combinations *= attribute.kinds;
    }
    this.#known = new Uint8Array(combinations > MOST ? 0 : combinations);
  }

  /** The effect for a record; undefined where the module has to look at the record itself. */
  ask(handle: SessionHandle, record: unknown): number | undefined {
    const attributes = this.#attributes;
    let combination = 0;
    let stride = 1;
    let other = "";
    for (let place = 0; place < attributes.length; place += 1) {
      const attribute = attributes[place] as Attribute;
      const found = attribute.read(record);
      const kind = attribute.kindOf(found);
      if (kind === LARGER) return undefined;
      if (kind === OTHER_TEXT) {
        if (other !== "" && BROKEN_TEXT.test(other)) return undefined;
        other = found as string;
      }
      combination += kind * stride;
      stride *= attribute.kinds;
    }
    const known = this.#known[combination];
    const effect = known ? known - 1 : this.#learn(handle, combination);
    // A string with half a character is unknown to every comparison. That can only take rights away: no denial turns
    // on it.
    return effect === ALLOW && other !== "" && BROKEN_TEXT.test(other) ? undefined : effect;
  }

  #learn(handle: SessionHandle, combination: number): number {
    try {
      const effect = handle.answer(this.place, combination);
      this.#known[combination] = effect + 1;
      return effect;
    } catch (thrown) {
      throw fault(thrown);
    }
  }
}
