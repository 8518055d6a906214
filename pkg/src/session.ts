// One subject's session: what is asked all the time is answered from bytes on this side, the rest by the module.
//
// Unconditional answers are two bits per permission, copied out of the module once and again whenever they can have
// turned. The copy is this side's own: a view of the module's memory goes stale when that memory grows.

import type { Decision, Diagnostic, SectionState } from "./answers.js";
import type { Context, PolicyDocument, Request, Subject } from "./documents.js";
import { Alarm } from "./alarm.js";
import { refusal } from "./error.js";
import { cross, enter, leave, parts, release } from "./module.js";
import type { PermissionName, PolicyNames, RoleName, SectionName } from "./names.js";
import { numberOf, type Permission } from "./permission.js";
import { asked, reference } from "./request.js";
import { reading } from "./reading.js";
import { Question } from "./record.js";
import { Answers, effectOf, packedLength, ScopeTables } from "./scope-tables.js";
import { type Snapshot, type SnapshotAnswers, type SnapshotOptions, STATES } from "./snapshot.js";
import { factsText } from "./source.js";
import { Compiled, type Numbers, type Survey, Told } from "./compiled.js";
import type { SessionHandle } from "../../target/glue/grantlet.js";

/** The questions that the module answers, by its numbers. */
const enum Ask {
  Effect,
  Section,
  Effects,
  Sections,
  Decide,
  Warnings,
  ValidUntil,
  TurnsAt,
  Attributes,
  Reasons,
}

/** Of whatever is no permission of the policy. */
const NO_NUMBER = 0xffff_ffff;

/** Of a freed session. It lies before every present, so that the one comparison with the clock finds it too. */
const FREED = -Infinity;

const NO_ANSWERS = new Answers(new Uint8Array(0));

/** What an update of a session replaces. */
export interface FactsUpdate<P extends PolicyNames = PolicyDocument> {
  /** Who is asked about. */
  readonly subject?: Subject;
  /** The circumstances. */
  readonly context?: Context;
  /** The roles to activate; null: all of them again. */
  readonly roles?: readonly RoleName<P>[] | null;
}

/** @internal Opens a session with the JSON text of its facts. */
export let makeSession: <P extends PolicyNames>(compiled: Compiled, facts: string) => Session<P>;

/** @internal The module's side of a session, for what follows it on a page and is told when it is freed. */
export let follow: <P extends PolicyNames>(
  session: Session<P>,
  ended: () => void,
) => { handle: SessionHandle; leave: () => void };

/** One subject's session with a policy. */
export class Session<P extends PolicyNames = any> {
  readonly #compiled: Compiled;
  readonly #numbers: Numbers;
  /** The module's side, once something was asked that needs it. */
  #handle: SessionHandle | undefined;
  /** The answers at the root. */
  #root: Answers = NO_ANSWERS;
  /** The same, without a record, by permission. */
  #effects: Uint8Array = NO_ANSWERS.effects;
  /** The instant at which they can turn. */
  #turns: number = FREED;
  /** Whether they can turn, or the session was freed. A boolean is there faster than a number is compared. */
  #fleeting = true;
  #facts: string;
  /** A record is being read, whose getters may ask the session, and even free it. */
  #reading = false;
  #scopes: ScopeTables | undefined;
  #sections: Uint8Array | undefined;
  #warnings: readonly Diagnostic[] | undefined;
  #alarm: Alarm | undefined;
  /** Who is to be told when the session is freed. */
  #followers: Set<() => void> | undefined;

  private constructor(compiled: Compiled, facts: string) {
    if (!(compiled instanceof Compiled)) throw new TypeError("a session is opened with `policy.session`");
    this.#compiled = compiled;
    this.#numbers = compiled.numbers;
    this.#facts = facts;
    this.#survey(facts);
    compiled.hold();
  }

  /**
   * Whether the subject may. Without a record, a permission that depends on the record is not allowed; nor is one that
   * the policy does not have.
   */
  can(permission: PermissionName<P> | Permission, request?: Request): boolean {
    if (this.#fleeting) this.#present();
    const number =
      typeof permission === "string" ? this.#numbers[permission] : numberOf(permission, this.#compiled);
    if (number === undefined) return false;
    return (request === undefined ? effectOf(this.#effects, number) : this.#effect(number, request)) === Told.Allow;
  }

  /** The answer with its reason and what is behind it. */
  decide(permission: PermissionName<P> | Permission, request?: Request): Decision {
    this.#present();
    const number = this.#compiled.number(permission) ?? NO_NUMBER;
    const { scope, resource, action } = asked(request);
    return this.#answer<Decision>(Ask.Decide, number, scope, resource, action);
  }

  /** What becomes of a section; one that the policy does not have is hidden. */
  section(name: SectionName<P>, request?: Request): SectionState {
    this.#present();
    const number = this.#compiled.sections.indexOf(name);
    if (number === -1) return "hidden";
    const { scope, resource, action } = asked(request);
    if (request === undefined) return state(this.#rootSections()[number]);
    return state(this.#ask(Ask.Section, number, scope, resource, action));
  }

  /** What becomes of every section. */
  sections(request?: Request): Record<SectionName<P>, SectionState> {
    this.#present();
    const { sections } = this.#compiled;
    const { scope, resource, action } = asked(request);
    const states =
      request === undefined ? this.#rootSections() : this.#bytes(Ask.Sections, sections.length, scope, resource, action);
    const entries = sections.map((name, number) => [name, state(states[number])]);
    return Object.fromEntries(entries) as Record<SectionName<P>, SectionState>;
  }

  /** Every permission whose decision is allow. */
  allowed(request?: Request): string[] {
    this.#present();
    const { permissions } = this.#compiled;
    const { scope, resource, action } = asked(request);
    const effects =
      request === undefined ? this.#effects : this.#table(scope, resource, action);
    return permissions.filter((_, number) => effectOf(effects, number) === Told.Allow);
  }

  /**
   * Replaces what is given and tells the subscribers. Malformed facts are a `PolicyError`, and leave the session as it
   * was.
   */
  update(facts: FactsUpdate<P>): void {
    this.#present();
    if (this.#reading) throw busy();
    const { subject, context, roles } = facts;
    const before = JSON.parse(this.#facts) as Record<string, unknown>;
    const text = factsText({
      subject: subject === undefined ? before["subject"] : subject,
      context: context === undefined ? before["context"] : context,
      roles: roles === undefined ? before["roles"] : (roles ?? undefined),
    });
    const handle = this.#handle;
    if (handle === undefined) this.#survey(text);
    else {
      const clock = Date.now();
      if (!cross(() => handle.update(text, clock))) throw busy();
      this.#renew();
    }
    this.#facts = text;
    this.#alarm?.ring();
  }

  /**
   * Has the listener called whenever answers may have changed. Returns what ends that. `freed` is called, where given,
   * when the session is freed and answers no more; each subscription has one of its own.
   */
  subscribe(listener: () => void, freed?: () => void): () => void {
    this.#present();
    this.#alarm ??= new Alarm(() => {
      this.#present();
      return this.#turns;
    });
    const leave = this.#alarm.add(listener);
    if (freed !== undefined) (this.#followers ??= new Set()).add(freed);
    return () => {
      leave();
      if (freed !== undefined) this.#followers?.delete(freed);
    };
  }

  /** The earliest later instant, in milliseconds, at which an answer can turn; infinite where none is ahead. */
  get validUntil(): number {
    this.#present();
    return this.#ask(Ask.ValidUntil);
  }

  /** @internal The earliest later instant at which an answer does turn, in milliseconds; infinite where none is ahead. */
  get turnsAt(): number {
    this.#present();
    return this.#turns;
  }

  /** What of the facts is inert or passed over. */
  get warnings(): readonly Diagnostic[] {
    this.#present();
    this.#warnings ??= Object.freeze(this.#answer<Diagnostic[]>(Ask.Warnings));
    return this.#warnings;
  }

  /**
   * This subject's answers at the root and at these scopes, without a record, for `openSnapshot` of `grantlet/client`.
   * It has in it the names of the policy's permissions and sections, and nothing else of the policy or of the facts.
   */
  snapshot({ scopes = [] }: SnapshotOptions = {}): Snapshot<P> {
    const { permissions, sections } = this.#compiled;
    const until = this.validUntil;
    const digits = (question: number, names: readonly string[], scope?: string): string =>
      this.#bytes(question, names.length, scope).join("");
    const at = (scope?: string): SnapshotAnswers => ({
      reasons: digits(Ask.Reasons, permissions, reference(scope)),
      states: digits(Ask.Sections, sections, reference(scope)),
    });
    return {
      grantlet: 1,
      validUntil: until < Infinity ? until : null,
      permissions: permissions as Snapshot<P>["permissions"],
      sections: sections as Snapshot<P>["sections"],
      root: at(),
      scopes: Object.fromEntries(scopes.map((scope) => [scope, at(scope)])),
    };
  }

  /** Gives its memory back at once. Every later call throws, but for this one. */
  free(): void {
    if (this.#turns === FREED) return;
    this.#turns = FREED;
    this.#fleeting = true;
    this.#effects = NO_ANSWERS.effects;
    this.#alarm?.end();
    this.#followers?.forEach((ended) => ended());
    if (this.#handle !== undefined) release(this.#handle);
    this.#compiled.letGo();
  }

  /** Calls `free`, at the end of the block of a `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  /** Takes the session to the present where an answer can have turned since. Throws if it was freed. */
  #present(): void {
    if (this.#turns === FREED) throw new Error("this session was freed");
    if (!this.#fleeting || this.#reading) return;
    const clock = Date.now();
    if (clock < this.#turns) return;
    const handle = this.#handle;
    if (handle === undefined) this.#survey(this.#facts);
    else {
      cross(() => handle.advance(clock));
      this.#renew();
    }
  }

  /**
   * The module's side. Most sessions are asked nothing that needs it: they take one call into the module, keep no
   * memory there, and the garbage collector has nothing to give back for them.
   */
  #module(): SessionHandle {
    if (this.#handle === undefined) {
      const clock = Date.now();
      this.#handle = cross(() => this.#compiled.policy.open(this.#facts, clock));
    }
    return this.#handle;
  }

  /** Takes the answers over from facts that the module reads for that alone. */
  #survey(facts: string): void {
    const { policy, permissions } = this.#compiled;
    this.#take(
      this.#compiled.survey(facts, (clock) => {
        const start = cross(() => policy.survey(facts, clock));
        // Of malformed facts, opening the session throws what is wrong with them.
        if (start === 0) throw cross(() => policy.open(facts, clock));
        const end = start + packedLength(permissions.length);
        const memory = parts().memory();
        const turns = memory[end + 7] === 0 ? Infinity : new DataView(memory.buffer).getFloat64(end, true);
        return { effects: memory.slice(start, end), since: clock, turns };
      }),
    );
  }

  /** Takes the answers over from the module's side. Where that fails, the next question tries anew. */
  #renew(): void {
    this.#take({ effects: this.#table(), turns: this.#ask(Ask.TurnsAt) });
  }

  #take({ effects, turns }: Omit<Survey, "since">): void {
    this.#root = new Answers(effects);
    this.#effects = effects;
    this.#turns = turns;
    this.#fleeting = turns < Infinity;
    this.#scopes = this.#sections = this.#warnings = undefined;
  }

  /** The effect of a permission for a request. */
  #effect(number: number, request: unknown): number | undefined {
    if (typeof request !== "object" || request === null) return undefined;
    const { scope: given, resource, action } = request as Request;
    const scope = reference(given);
    const answers = action !== undefined ? undefined : scope === undefined ? this.#root : this.#answersAt(scope);
    if (answers === undefined) return this.#ask(Ask.Effect, number, scope, resource, action);
    const effect = effectOf(answers.effects, number);
    // What holds for every record there could be holds for this one.
    if (resource === undefined || effect !== Told.Conditional) return effect;
    const question = (answers.questions[number] ??= new Question(this.#answer(Ask.Attributes, number, scope)));
    if (!question.isOpen || !this.#read(question, resource)) return this.#ask(Ask.Effect, number, scope, resource);
    return question.known() ?? question.keep(this.#ask(Ask.Effect, number, scope, question.record()));
  }

  /** The answers at a scope, from the second time on that it is asked about. */
  #answersAt(scope: string): Answers | undefined {
    this.#scopes ??= new ScopeTables();
    return this.#scopes.at(scope, () => this.#table(scope));
  }

  /**
   * Reads what a question asks of a record. False where the module has to look at the record itself: a getter of it may
   * ask the same question of another record.
   */
  #read(question: Question, resource: unknown): boolean {
    if (this.#reading) return false;
    this.#reading = true;
    enter();
    try {
      return question.read(resource);
    } finally {
      leave();
      this.#reading = false;
    }
  }

  /** What the module answers with an object. */
  #answer<T>(question: number, number = 0, scope?: string, resource?: unknown, action?: unknown): T {
    const answer: T[] = [];
    this.#ask(question, number, scope, resource, action, answer);
    return answer[0] as T;
  }

  /** The effects of all permissions, packed. */
  #table(scope?: string, resource?: unknown, action?: unknown): Uint8Array {
    return this.#bytes(Ask.Effects, packedLength(this.#compiled.permissions.length), scope, resource, action);
  }

  /** What it answers with so many bytes. */
  #bytes(question: number, length: number, scope?: string, resource?: unknown, action?: unknown): Uint8Array {
    const start = this.#ask(question, 0, scope, resource, action);
    return parts().memory().slice(start, start + length);
  }

  #ask(
    question: number,
    number = 0,
    scope?: string,
    resource?: unknown,
    action?: unknown,
    into?: unknown[],
  ): number {
    const handle = this.#handle ?? this.#module();
    return reading(resource, action, (resource, action) =>
      cross(() => handle.ask(question, number, scope, resource, action, into)),
    );
  }

  #rootSections(): Uint8Array {
    this.#sections ??= this.#bytes(Ask.Sections, this.#compiled.sections.length);
    return this.#sections;
  }

  static {
    makeSession = (compiled, facts) => new this(compiled, facts);
    follow = (session, ended) => {
      session.#present();
      const followers = (session.#followers ??= new Set());
      followers.add(ended);
      return { handle: session.#module(), leave: () => followers.delete(ended) };
    };
  }
}

function busy(): Error {
  return refusal("busy", "the session is being read by the record that changes it");
}

function state(number: number | undefined): SectionState {
  return STATES[number ?? 0] ?? "hidden";
}
