//! Functions that are alike beside each other: what is repeated lies near then, and compresses better. The module gets
//! half a kilobyte (brotli) smaller, and does the same.

use std::collections::BTreeSet;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many neighbouring bytes are compared as one.
const RUN: usize = 4;

/// So many runs a function has more than it has: else the shortest would be like every other.
const FLOOR: usize = 20;

/// The module with its functions in another order.
pub fn arranged(module: &[u8]) -> Result<Vec<u8>> {
    let (imported, bodies) = functions(module)?;
    let order = chain(&bodies);
    let mut places = vec![0; order.len()];
    for (new, old) in (0_u32..).zip(&order) {
        *places.get_mut(*old).context("a function that is not there")? = new;
    }
    let mut arranged = Module::new();
    let reencoded = Arranging { imported, order, places }.parse_core_module(&mut arranged, Parser::new(0), module);
    reencoded.map_err(|error| anyhow!("the module cannot be read: {error}"))?;
    Ok(arranged.finish())
}

/// How many functions are imported, and the runs of bytes of each of the others.
fn functions(module: &[u8]) -> Result<(u32, Vec<BTreeSet<&[u8]>>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => {
                bodies.push(body.as_bytes().windows(RUN).collect());
            }
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// Each function once: behind each the one that has most in common with it, for its length.
fn chain(bodies: &[BTreeSet<&[u8]>]) -> Vec<usize> {
    let mut left: Vec<usize> = (1..bodies.len()).collect();
    let mut order: Vec<usize> = (0..bodies.len().min(1)).collect();
    while let Some(last) = order.last().and_then(|last| bodies.get(*last)) {
        let likeness = |number: &usize| {
            let body = bodies
                .get(*number)
                .map_or(0, |body| body.intersection(last).count() * 1_000_000 / (body.len() + FLOOR));
            (body, std::cmp::Reverse(*number))
        };
        let Some(place) = (0..left.len()).max_by_key(|place| left.get(*place).map(likeness)) else { break };
        order.push(left.swap_remove(place));
    }
    order
}

struct Arranging {
    imported: u32,
    /// The old numbers of the functions that are not imported, in their new order.
    order: Vec<usize>,
    /// The new number of each.
    places: Vec<u32>,
}

impl Arranging {
    /// A section's entries in the new order.
    fn sorted<T>(&self, entries: Vec<T>) -> impl Iterator<Item = T> {
        let mut entries: Vec<_> = entries.into_iter().map(Some).collect();
        self.order.iter().filter_map(move |old| entries.get_mut(*old).and_then(Option::take))
    }
}

impl Reencode for Arranging {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Self::Error>> {
        let own = function.checked_sub(self.imported).and_then(|own| self.places.get(usize::try_from(own).ok()?));
        Ok(own.map_or(function, |place| place + self.imported))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for kind in self.sorted(types) {
            functions.function(kind);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        let bodies: Vec<_> = self.sorted(bodies).collect();
        for body in bodies {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}
