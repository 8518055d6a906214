//! `cargo xtask docs`: the API reference of the npm package, from the comments in `pkg/src`. A public item without one, or
//! a link that leads nowhere, fails it.

use anyhow::Result;

use crate::place;
use crate::run::{timed, visible};
use crate::setup::{Browsers, setup};

pub fn docs() -> Result<()> {
    setup(Browsers::Unwanted)?;
    // The package's sources name the types of the module's glue, which is built.
    if !place::root().join("target/glue/grantlet-tools.d.ts").is_file() {
        crate::build::build()?;
    }
    timed("API reference", || visible(&mut place::command("typedoc")))?;
    println!("target/docs/api/index.html");
    Ok(())
}
