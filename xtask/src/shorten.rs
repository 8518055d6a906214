//! Short names for what the module and its glue want of each other. wasm-bindgen gives most of it names with a hash in
//! them, which stand in the module and in the script and do not compress: together a kilobyte and a half (brotli).
//! And out of the glue goes what it has for engines and callers that this package does not have: 200 bytes; the package
//! starts the module itself.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ExportSection, Import, ImportSection, Imports, Module};
use wasmparser::Parser;

use crate::arrange::arranged;
use crate::place;

/// The build with the binder.
const BINDER: &str = "grantlet-dom";

/// The short name of the glue in the imports of a module.
const GLUE: &str = "g";

/// What the glue does better in another way, or does without: each part from its first words to its last, and what
/// stands there instead.
const GLUE_EDITS: [(&str, &str, &str); 14] = [
    // Every engine since 2021 has these two.
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n", ""),
    ("(typeof FinalizationRegistry === 'undefined')", "\n    : ", ""),
    // The package's own classes are disposed of, and give these back.
    ("if (Symbol.dispose)", "\n", ""),
    // Nothing but `free` gives an object back.
    ("__destroy_into_raw() {", "", "free() {"),
    ("        return ptr;\n    }\n    free() {", "__destroy_into_raw();\n", ""),
    // No minifier shortens what may be the name of a property.
    ("__wbg_ptr", "", "ptr"),
    ("__wrap", "", "of"),
    (" / 1", "", ""),
    (" * 1, 1)", "", ", 1)"),
    // A view of a memory that has grown since is empty.
    ("cachedDataViewMemory0.buffer.detached", "wasm.memory.buffer)", "cachedDataViewMemory0.buffer.byteLength === 0"),
    // A text that is handed over is said to lie in two neighbouring words.
    (
        "getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);",
        "ptr1, true);",
        "new Int32Array(wasm.memory.buffer).set([ptr1, len1], arg0 >> 2);",
    ),
    // A text is copied unit by unit, in a loop that nothing has compiled yet when the first policy comes. The engine
    // does it at once, and says how far it came if a character takes more than a byte.
    (", wasm.__wbindgen_malloc, wasm.__wbindgen_realloc)", "", ")"),
    (
        "function passStringToWasm0(arg, malloc, realloc) {",
        "\n}\n",
        "function passStringToWasm0(arg) {
    const { length } = arg;
    const copy = (text, start, end) =>
        cachedTextEncoder.encodeInto(text, getUint8ArrayMemory0().subarray(start, end));
    let ptr = wasm.__wbindgen_malloc(length, 1) >>> 0;
    let { read, written } = copy(arg, ptr, ptr + length);
    if (read < length) {
        const size = written + (length - read) * 3;
        ptr = wasm.__wbindgen_realloc(ptr, length, size, 1) >>> 0;
        written += copy(arg.slice(read), ptr + written, ptr + size).written;
        ptr = wasm.__wbindgen_realloc(ptr, size, written, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
",
    ),
    // The package fetches and starts the module itself. The glue asks the instance that `wasm` is of, and keeps views of
    // its memory.
    (
        "let wasmModule, wasmInstance, wasm;",
        "export { initSync, __wbg_init as default };\n",
        "let wasm, wasmModule;
function use(exports) {
    wasm = exports;
    cachedDataViewMemory0 = cachedUint8ArrayMemory0 = null;
}

export function start(instance, module) {
    wasmModule = module;
    use(instance.exports);
    wasm.__wbindgen_start();
}

export async function aside(run) {
    const main = wasm;
    const instance = await WebAssembly.instantiate(wasmModule, __wbg_get_imports());
    try {
        start(instance, wasmModule);
        return run();
    } finally {
        use(main);
    }
}

export { __wbg_get_imports as imports, getUint8ArrayMemory0 as memory };
",
    ),
];

/// The same of the glue of the build with the binder, which hands names of attributes and selectors over all the time:
/// decoding them took a third of a pass over the page. They are constants, so where they lie says which they are.
const BINDER_EDITS: [(&str, &str, &str); 6] = [
    ("arg1.getAttribute(getStringFromWasm0(", "", "arg1.getAttribute(constant("),
    (".matches(getStringFromWasm0(", "", ".matches(constant("),
    (".removeAttribute(getStringFromWasm0(", "", ".removeAttribute(constant("),
    (
        ".setAttribute(getStringFromWasm0(arg1, arg2), getStringFromWasm0(",
        "",
        ".setAttribute(constant(arg1, arg2), constant(",
    ),
    (".setAttribute(getStringFromWasm0(", "", ".setAttribute(constant("),
    (
        "function getStringFromWasm0(",
        "",
        "const constants = [];
function constant(ptr, len) {
    return (constants[ptr] ??= [])[len] ??= getStringFromWasm0(ptr, len);
}

function getStringFromWasm0 (",
    ),
];

/// The same of the glue's types.
const TYPE_EDITS: [(&str, &str, &str); 1] = [(
    "export type InitInput",
    "): Promise<InitOutput>;\n",
    "/** What the module is instantiated with. */
export function imports(): WebAssembly.Imports;

/** The memory of the instance that is asked, until the next call into it. */
export function memory(): Uint8Array;

/** Has an instance of the module be the one that everything here asks. */
export function start(instance: WebAssembly.Instance, module: WebAssembly.Module): void;

/** Has everything that `run` asks be asked of an instance that is dropped afterwards: it leaves nothing of it behind. */
export function aside<T>(run: () => T): Promise<T>;
",
)];

/// Renames in the module of that name and in its glue, both in `folder`.
pub fn shorten(folder: &str, name: &str) -> Result<()> {
    let folder = place::root().join(folder);
    let (module_file, glue_file) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let long_glue = format!("./{name}_bg.js");
    let module = fs::read(&module_file).context("the module is not readable")?;
    let mut glue = fs::read_to_string(&glue_file).context("the glue is not readable")?;

    edit(&mut glue, &GLUE_EDITS)?;
    if name == BINDER {
        edit(&mut glue, &BINDER_EDITS)?;
    }
    let mut renaming = Renaming { long_glue: long_glue.clone(), glue: glue.clone(), ..Renaming::default() };
    let mut renamed = Module::new();
    let reencoded = renaming.parse_core_module(&mut renamed, Parser::new(0), &module);
    reencoded.map_err(|error| anyhow!("the module cannot be read: {error}"))?;

    for (long, short) in &renaming.imports {
        let (key, new_key) = (format!("{long}: function"), format!("{short}: function"));
        ensure!(glue.matches(&key).count() == 1, "the glue does not define the import `{long}` once");
        glue = glue.replace(&key, &new_key);
    }
    // The longest first: one name may begin with another.
    let mut exports: Vec<_> = renaming.exports.iter().collect();
    exports.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in exports {
        glue = glue.replace(&format!("wasm.{long}"), &format!("wasm.{short}"));
    }
    let (module_name, new_module_name) = (format!("\"{long_glue}\""), format!("\"{GLUE}\""));
    ensure!(glue.contains(&module_name), "the glue does not name itself `{long_glue}`");
    glue = glue.replace(&module_name, &new_module_name);

    let types_file = folder.join(format!("{name}.d.ts"));
    let mut types = fs::read_to_string(&types_file).context("the types of the glue are not readable")?;
    edit(&mut types, &TYPE_EDITS)?;

    fs::write(&module_file, arranged(&renamed.finish())?).context("the module cannot be written")?;
    fs::write(&types_file, types).context("the types of the glue cannot be written")?;
    fs::write(&glue_file, glue).context("the glue cannot be written")
}

fn edit(text: &mut String, edits: &[(&str, &str, &str)]) -> Result<()> {
    for (first, last, own) in edits {
        ensure!(text.contains(first), "the glue has no part that begins with `{first}`");
        while let Some(start) = text.find(first) {
            let rest = start + first.len();
            let length =
                text[rest..].find(last).with_context(|| format!("the part `{first}` of the glue does not end"))?;
            text.replace_range(start..rest + length + last.len(), own);
        }
    }
    Ok(())
}

/// Short names by those that wasm-bindgen gave.
#[derive(Default)]
struct Renaming {
    /// What the module calls its glue.
    long_glue: String,
    glue: String,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

impl Reencode for Renaming {
    type Error = std::convert::Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: wasmparser::Imports<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let wasmparser::Imports::Single(_, import) = imports else {
            return reencode::utils::parse_imports(self, section, imports);
        };
        if import.module != self.long_glue {
            return reencode::utils::parse_imports(self, section, imports);
        }
        let next = format!("i{}", self.imports.len());
        let name = self.imports.entry(import.name.to_owned()).or_insert(next).clone();
        section.imports(Imports::Single(Import { module: GLUE, name: &name, ty: self.entity_type(import.ty)? }));
        Ok(())
    }

    fn parse_export(
        &mut self,
        section: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        // The memory keeps its name, and what the glue itself lives on the underscores: what watches a module from
        // outside tells them from the calls that answer questions.
        if export.name == "memory" {
            return reencode::utils::parse_export(self, section, export);
        }
        if !self.glue.contains(&format!("wasm.{}", export.name)) {
            return Ok(());
        }
        let kind = if export.name.starts_with("__wbindgen_") { "__" } else { "e" };
        let name = format!("{kind}{}", self.exports.len());
        self.exports.insert(export.name.to_owned(), name.clone());
        reencode::utils::parse_export(self, section, wasmparser::Export { name: &name, ..export })
    }
}
