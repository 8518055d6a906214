//! `cargo xtask meter MODULE OUT`: the module with a counter of the instructions that it executes, which it exports as
//! `instructions`. The guard of the test run loads it in place of the module, so what is counted is exactly what pages
//! execute, and the same number on every machine. An instruction that copies or fills memory counts as one.

use std::fs;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType, Instruction, Module,
    ValType,
};
use wasmparser::{FunctionBody, Operator, Parser, Payload, TypeRef};

use crate::place;

/// The name of the counter among the exports.
const EXPORT: &str = "instructions";

pub fn meter(from: &str, to: &str) -> Result<()> {
    let (from, to) = (place::root().join(from), place::root().join(to));
    let module = fs::read(&from).with_context(|| format!("`{}` is not readable", from.display()))?;
    let metered = metered(&module)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&to, metered).with_context(|| format!("`{}` cannot be written", to.display()))
}

fn metered(module: &[u8]) -> Result<Vec<u8>> {
    let mut metering = Metering { counter: globals(module)? };
    let mut out = Module::new();
    let reencoded = metering.parse_core_module(&mut out, Parser::new(0), module);
    reencoded.map_err(|error| anyhow!("the module cannot be read: {error}"))?;
    Ok(out.finish())
}

/// How many globals the module has: the number of the next one.
fn globals(module: &[u8]) -> Result<u32> {
    let mut count = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    count += u32::from(matches!(import?.ty, TypeRef::Global(_)));
                }
            }
            Payload::GlobalSection(section) => count += section.count(),
            _ => {}
        }
    }
    Ok(count)
}

struct Metering {
    /// The number of the global that counts.
    counter: u32,
}

impl Metering {
    /// Adds what was executed since the last time. It leaves the operands as they are.
    fn add(&self, function: &mut Function, executed: &mut i64) {
        if *executed > 0 {
            function.instruction(&Instruction::GlobalGet(self.counter));
            function.instruction(&Instruction::I64Const(*executed));
            function.instruction(&Instruction::I64Add);
            function.instruction(&Instruction::GlobalSet(self.counter));
        }
        *executed = 0;
    }
}

/// True where a run of instructions that are always executed together ends: before a jump, and where one may land.
fn ends_a_run(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Loop { .. }
            | Operator::Return
            | Operator::Unreachable
    )
}

/// True for what only marks a place in the code.
fn is_mark(operator: &Operator<'_>) -> bool {
    matches!(operator, Operator::Block { .. } | Operator::Loop { .. } | Operator::Else | Operator::End | Operator::Nop)
}

impl Reencode for Metering {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut executed = 0;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            executed += i64::from(!is_mark(&operator));
            if ends_a_run(&operator) {
                self.add(&mut function, &mut executed);
            }
            function.instruction(&self.instruction(operator)?);
        }
        code.function(&function);
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: wasmparser::GlobalSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        reencode::utils::parse_global_section(self, globals, section)?;
        globals.global(GlobalType { val_type: ValType::I64, mutable: true, shared: false }, &ConstExpr::i64_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        reencode::utils::parse_export_section(self, exports, section)?;
        exports.export(EXPORT, ExportKind::Global, self.counter);
        Ok(())
    }
}
