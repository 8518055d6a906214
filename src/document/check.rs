//! All that can be said of a policy before it is compiled.
//!
//! `walk` looks at each place by itself, along the tables of `shape`; `structure` at what several
//! places decide together; `pointless` at what is legal and of no use, and only where nothing is
//! wrong, because what is pointless in a broken document is often the break.

use super::Document;
use super::shape::{Kind, POLICY, VERSION};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::value::Value;

mod cycles;
mod duplicates;
mod excepts;
mod names;
mod near;
mod patterns;
mod pointless;
mod structure;
mod walk;

pub(super) use duplicates::repeated;

/// Notes everything that is wrong or pointless in a policy.
pub(super) fn check(root: &Value, document: &Document, out: &mut Diagnostics) {
    if let Some(Value::Number(version)) = root.get("grantlet")
        && *version > f64::from(VERSION)
        && version.fract() == 0.0
    {
        // Whatever else is unknown in it is likely not wrong but newer.
        let message = "this version of the format is newer than this grantlet, which reads version 1".to_owned();
        let help = Some("update grantlet".to_owned());
        return out.error("unsupported-version", &Pointer::Root.key("grantlet"), message, help);
    }
    duplicates::check(root, &Pointer::Root, out);
    let names = names::Names::gather(root);
    walk::Walk::new(&names, out).value(&Kind::Object(&POLICY), root, &Pointer::Root);
    structure::check(root, document, &names, out);
    if !out.has_errors() {
        pointless::check(root, document, &names, out);
    }
}
