// The help: of all commands, and of each.

import { type Command, HELP_OPTION, type Option } from "./arguments.js";
import type { Paint } from "./paint.js";

/** The widest text. */
const WIDTH = 100;

export function helpOfAll(commands: readonly Command[], paint: Paint): string {
  return `${paint.bold("grantlet")}: roles, plans, scopes and conditions, decided, and why

${paint.bold("Usage")}
  grantlet COMMAND …

${paint.bold("Commands")}
${rows(commands.map(({ name, summary }) => [name, summary]))}
  ${"help [COMMAND]".padEnd(widest(commands.map(({ name }) => [name, ""])))}  this, or all about one command

Policies and facts are read as JSON or YAML, by the name of the file or else by how it begins; \`-\` is the
standard input. \`--json\` of every command writes one document for machines.

${exits("something was found: `grantlet help COMMAND` says what")}

\`grantlet --version\` says which one this is.
`;
}

export function helpOf(command: Command, paint: Paint): string {
  const { name, usage, about, options, examples, one } = command;
  const parts = [
    `${paint.bold(`grantlet ${name}`)} ${wrapped(usage, name.length + 10)}`,
    ...about.map((paragraph) => wrapped(paragraph, 0)),
    `${paint.bold("Options")}\n${rows([...options, HELP_OPTION].map(optionRow))}`,
    exits(one),
    `${paint.bold("Examples")}\n${examples.map(({ line, about }) => `  ${paint.dim(`# ${about}`)}\n  grantlet ${line}`).join("\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function exits(one: string): string {
  return wrapped(`Exit codes: 0 if all is well; 1 if ${one}; 2 if it cannot be done as it was asked.`, 0);
}

function optionRow({ name, short, value, several, about }: Option): [string, string] {
  const written = `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
  return [written, several === true ? `${about} (may be given again)` : about];
}

function widest(table: readonly (readonly [string, string])[]): number {
  return Math.max(14, ...table.map(([left]) => left.length));
}

function rows(table: readonly (readonly [string, string])[]): string {
  const width = widest(table);
  return table.map(([left, right]) => `  ${left.padEnd(width)}  ${wrapped(right, width + 4)}`).join("\n");
}

/** A paragraph in lines, all but the first with a margin. */
function wrapped(text: string, margin: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && margin + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(margin)}`);
}
