// A program as an editor sees it: TypeScript's language service over one file that is not on the disk, beside the
// fixtures and with their settings.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const ts = createRequire(import.meta.url)("typescript");
const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
const place = `${folder}editor.mts`;

const read = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder);
const settings = { ...options, module: ts.ModuleKind.NodeNext };

let [text, version] = ["", 0];

const service = ts.createLanguageService({
  getCompilationSettings: () => settings,
  getScriptFileNames: () => [place],
  getScriptVersion: (name) => (name === place ? String(version) : "0"),
  getScriptSnapshot: (name) => {
    const content = name === place ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  fileExists: (name) => name === place || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function open(program) {
  text = program;
  version += 1;
}

/** What is proposed where `|` stands in a program. */
export function proposed(program) {
  open(program.replace("|", ""));
  const list = service.getCompletionsAtPosition(place, program.indexOf("|"), {});
  return (list?.entries ?? []).map(({ name }) => name).sort();
}

/** What the compiler says of a program, each message on one line with what it is said of. */
export function said(program) {
  open(program);
  return service.getSemanticDiagnostics(place).map(({ start, length, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/g, " ");
    return [program.slice(start, start + length), message];
  });
}
