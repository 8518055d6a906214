//! All that can be said of a policy before it is compiled.
//!
//! `walk` looks at each place by itself, along the tables of `shape`; `structure` at what several
//! places decide together; `pointless` at what is legal and of no use, and only where nothing is
//! wrong, because what is pointless in a broken document is often the break.

use super::read::count;
use super::shape::{Kind, POLICY, VERSION};
use crate::compile::{Implications, Patterns};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::value::Value;

mod cycles;
pub(crate) mod hint;
mod names;
mod patterns;
mod pointless;
mod seen;
mod structure;
mod walk;

/// Notes everything that is wrong or pointless in a policy that declares this. Its patterns are kept; where nothing is
/// wrong, `implies` is known afterwards.
pub(super) fn check(root: &Value<'_>, declared: &mut Policy, out: &mut Diagnostics) {
    let mut patterns = Patterns::default();
    let mut walk = walk::Walk::new(declared, &mut patterns, out);
    if count(root.get("grantlet")).is_some_and(|version| version > VERSION) {
        // Whatever else is unknown in it is likely not wrong but newer.
        let message = "this version of the format is newer than this grantlet, which reads version 1";
        return walk.error("unsupported-version", &Pointer::Root.key("grantlet"), message, &[], "update grantlet");
    }
    walk.value(&Kind::Object(&POLICY), root, &Pointer::Root);
    structure::check(root, &mut walk);
    if !out.has_errors() {
        declared.covers.implies = Implications::new(root, &mut declared.names.actions);
        pointless::check(root, &mut walk::Walk::new(declared, &mut patterns, out));
    }
    declared.patterns = patterns;
}
