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

use crate::place;

/// The short name of the glue in the imports of a module.
const GLUE: &str = "g";

/// What the glue does without: each part from its first words to its last.
const UNUSED: [(&str, &str); 4] = [
    // Every engine since 2021 has these two.
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n"),
    ("(typeof FinalizationRegistry === 'undefined')", "\n    : "),
    // No call leaves this out.
    ("    if (realloc === undefined) {", "\n    }\n"),
    // The package's own classes are disposed of, and give these back.
    ("if (Symbol.dispose)", "\n"),
];

/// A text is copied into the module unit by unit, in a loop that nothing has compiled yet when the first policy comes. The
/// engine does that at once for a long one, and says whether there is anything in it that takes more than a byte.
const COPY: (&str, &str) = (
    "    for (; offset < len; offset++) {",
    "    if (len > 99) {\n        \
             const { read, written } = cachedTextEncoder.encodeInto(arg, mem.subarray(ptr, ptr + len));\n        \
             if (read === written) offset = len;\n    \
         }\n",
);

/// Where the glue begins to fetch and start the module, and its types those of that, up to their ends; and what stands
/// there instead.
const START: [(&str, &str); 2] = [
    ("async function __wbg_load(", "export { __wbg_get_imports as imports, __wbg_finalize_init as start };\n"),
    (
        "export type InitInput",
        "/** What the module is instantiated with. */\n\
         export function imports(): WebAssembly.Imports;\n\n\
         /** Has an instance of the module be the one that everything here asks. */\n\
         export function start(instance: WebAssembly.Instance, module: WebAssembly.Module): void;\n",
    ),
];

/// Renames in the module of that name and in its glue, both in `folder`.
pub fn shorten(folder: &str, name: &str) -> Result<()> {
    let folder = place::root().join(folder);
    let (module_file, glue_file) = (folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.js")));
    let long_glue = format!("./{name}_bg.js");
    let module = fs::read(&module_file).context("the module is not readable")?;
    let mut glue = fs::read_to_string(&glue_file).context("the glue is not readable")?;

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

    for (first, last) in UNUSED {
        ensure!(glue.contains(first), "the glue has no part that begins with `{first}`");
        while let Some(start) = glue.find(first) {
            let length =
                glue[start..].find(last).with_context(|| format!("the part `{first}` of the glue does not end"))?;
            glue.replace_range(start..start + length + last.len(), "");
        }
    }

    let (first, own) = COPY;
    let copy = glue.find(first).with_context(|| format!("the glue has no part that begins with `{first}`"))?;
    glue.insert_str(copy, own);
    let types_file = folder.join(format!("{name}.d.ts"));
    let mut types = fs::read_to_string(&types_file).context("the types of the glue are not readable")?;
    for (text, (first, own)) in [&mut glue, &mut types].into_iter().zip(START) {
        text.truncate(text.find(first).with_context(|| format!("the glue has no part that begins with `{first}`"))?);
        text.push_str(own);
    }

    fs::write(&module_file, renamed.finish()).context("the module cannot be written")?;
    fs::write(&types_file, types).context("the types of the glue cannot be written")?;
    fs::write(&glue_file, glue).context("the glue cannot be written")
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
        // The memory and what the glue itself lives on keep their names: what watches a module from outside tells them
        // from the calls that answer questions.
        if export.name == "memory" || export.name.starts_with("__wbindgen_") {
            return reencode::utils::parse_export(self, section, export);
        }
        if !self.glue.contains(&format!("wasm.{}", export.name)) {
            return Ok(());
        }
        let name = format!("e{}", self.exports.len());
        self.exports.insert(export.name.to_owned(), name.clone());
        reencode::utils::parse_export(self, section, wasmparser::Export { name: &name, ..export })
    }
}
