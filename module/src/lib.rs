//! The evaluator as a WebAssembly module, and nothing else: cargo optimises across all crates at the link only where
//! a library is of no other kind, which makes the module three kilobytes smaller (brotli).

pub use grantlet::*;
