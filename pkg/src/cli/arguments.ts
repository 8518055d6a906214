// What commands are, and how the words of a command line are read.

import { parseArgs } from "node:util";
import { didYouMean, listed } from "./nearest.js";
import { UsageError, type World } from "./world.js";

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** What its value is called; without one the option is given or not. */
  readonly value?: string;
  /** Whether it can be given more than once. */
  readonly several?: boolean;
  /** The only values that it takes. */
  readonly of?: readonly string[];
  readonly about: string;
}

export interface Example {
  /** What follows `grantlet`. */
  readonly line: string;
  readonly about: string;
}

/** One command: what its help says and what it does. */
export interface Command {
  readonly name: string;
  /** The arguments as they are written in the help. */
  readonly usage: string;
  /** In the list of commands. */
  readonly summary: string;
  /** Paragraphs of the help. */
  readonly about: readonly string[];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** What exit code 1 means. */
  readonly one: string;
  /** How many arguments there have to be, and what they are called. */
  readonly least: number;
  readonly most: number;
  run(call: Call): Promise<number>;
}

export const JSON_OPTION: Option = { name: "json", about: "write one JSON document for machines" };

/** Of every command. */
export const HELP_OPTION: Option = { name: "help", short: "h", about: "show this help" };

/** The words of one call. */
export class Call {
  readonly world: World;
  readonly words: readonly string[];
  readonly #options: ReadonlyMap<string, readonly string[]>;

  constructor(world: World, words: readonly string[], options: ReadonlyMap<string, readonly string[]>) {
    [this.world, this.words, this.#options] = [world, words, options];
  }

  has(name: string): boolean {
    return this.#options.has(name);
  }

  /** The value of an option. */
  get(name: string): string | undefined {
    return this.#options.get(name)?.[0];
  }

  /** The value of an option that has to be given. */
  need(name: string, help?: string): string {
    const value = this.get(name);
    if (value === undefined) throw new UsageError(`\`--${name}\` is missing`, help);
    return value;
  }

  /** Every value of an option. */
  all(name: string): readonly string[] {
    return this.#options.get(name) ?? [];
  }

  word(index: number): string {
    return this.words[index] ?? "";
  }
}

/** Reads the words behind the name of a command. */
export function readCall(command: Command, words: readonly string[], world: World): Call {
  const options = [...command.options, HELP_OPTION];
  const { positionals, tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      options.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? ("boolean" as const) : ("string" as const), ...(short === undefined ? {} : { short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options.find(({ name }) => name === token.name);
    if (option === undefined) throw unknownOption(token.rawName, options, command);
    const values = given.get(option.name) ?? [];
    if (values.length > 0 && option.several !== true) throw new UsageError(`\`${token.rawName}\` is given twice`);
    given.set(option.name, [...values, valueOf(option, token)]);
  }
  if (!given.has("help")) checkWords(command, positionals);
  return new Call(world, positionals, given);
}

function valueOf(option: Option, token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined }): string {
  const { rawName, value, inlineValue } = token;
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`\`${rawName}\` takes no value`);
    return "";
  }
  const isOption = inlineValue !== true && value !== undefined && value.length > 1 && value.startsWith("-");
  if (value === undefined || value === "" || isOption) throw new UsageError(`\`${rawName}\` needs a value, ${option.value}`);
  if (option.of !== undefined && !option.of.includes(value)) {
    throw new UsageError(`\`${value}\` is no ${option.name}`, didYouMean(value, option.of) ?? `there is ${listed(option.of)}`);
  }
  return value;
}

function unknownOption(written: string, options: readonly Option[], command: Command): UsageError {
  const near = didYouMean(written, options.map(({ name }) => `--${name}`));
  return new UsageError(`unknown option \`${written}\``, near ?? `\`grantlet help ${command.name}\` lists them`);
}

function checkWords({ name, usage, least, most }: Command, words: readonly string[]): void {
  if (words.length < least) throw new UsageError("an argument is missing", `write \`grantlet ${name} ${usage}\``);
  const first = words[most];
  if (first !== undefined) throw new UsageError(`\`${first}\` is one argument too many`, `write \`grantlet ${name} ${usage}\``);
}
