//! A permission evaluator: roles that inherit, grants on a tree of resources, scopes, plans,
//! invitations and stand-ins, answered in three values and with reasons.
//!
//! The semantics live here and know no clock, no I/O and no host; everything that touches
//! JavaScript is in `wasm` and `dom`, which exist only in the WebAssembly builds: `dom` in the one with
//! the feature of that name.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

pub mod administration;
pub mod bytes;
pub mod compile;
pub mod condition;
pub mod decide;
pub mod diagnostic;
pub mod document;
#[cfg(all(target_arch = "wasm32", feature = "dom"))]
pub mod dom;
pub mod explain;
pub mod facts;
pub mod index;
mod json;
pub mod limits;
pub mod name;
mod order;
pub mod plain;
pub mod pointer;
pub mod policy;
pub mod section;
pub mod session;
mod text;
pub mod time;
// No other build has them: even what is left out at the end moves what is kept while it is optimised.
#[cfg(any(feature = "tools", not(target_arch = "wasm32")))]
pub mod tools;
pub mod value;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
