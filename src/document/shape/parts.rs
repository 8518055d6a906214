//! The shapes that a document is made of, for whoever writes its form down elsewhere.

use super::{CONDITION, Kind, Shape};

/// Every shape of these documents, each once and before those that it is made of.
#[must_use]
pub fn shapes(documents: &[&'static Shape]) -> Vec<&'static Shape> {
    let mut found = Vec::new();
    documents.iter().for_each(|shape| with_parts(shape, &mut found));
    found
}

fn with_parts(shape: &'static Shape, found: &mut Vec<&'static Shape>) {
    if found.iter().any(|other| other.name == shape.name) {
        return;
    }
    found.push(shape);
    shape.fields.iter().for_each(|field| parts(field.kind, found));
}

fn parts(kind: &'static Kind, found: &mut Vec<&'static Shape>) {
    match kind {
        Kind::Object(shape) => with_parts(shape, found),
        Kind::Condition => with_parts(&CONDITION, found),
        Kind::Pair(inner) | Kind::List(inner, _) | Kind::Map(_, inner) => parts(inner, found),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| parts(kind, found)),
        _ => {}
    }
}
