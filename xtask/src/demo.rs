//! `cargo xtask demo` and `cargo xtask serve`: the demo on the built package, served on this machine alone.

use anyhow::Result;

use crate::place;
use crate::run::visible;
use crate::setup::{Browsers, setup};

/// Whether the demo is served once it is built, and on which port; no port means 8080 or the next free one.
pub enum Serve<'a> {
    No,
    Yes { port: Option<&'a str> },
}

pub fn demo(then: &Serve<'_>) -> Result<()> {
    setup(Browsers::Unwanted)?;
    crate::build::build()?;
    match then {
        Serve::No => Ok(()),
        Serve::Yes { port } => serve(*port),
    }
}

/// Serves until it is interrupted.
pub fn serve(port: Option<&str>) -> Result<()> {
    let mut server = place::command("node");
    server.arg("xtask/serve.mjs");
    if let Some(port) = port {
        server.args(["--port", port]);
    }
    visible(&mut server)
}
