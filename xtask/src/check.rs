//! `cargo xtask check`: format, lints, documentation, licences and the repository's own rules. All of them are run,
//! whatever one of them finds.

use std::process::Command;

use anyhow::{Result, bail};

use crate::place::{self, cargo};
use crate::run::{timed, visible};
use crate::setup::{Browsers, setup};
use crate::tools;

pub fn check() -> Result<()> {
    setup(Browsers::Unwanted)?;
    tools::cargo_deny()?;
    let mut failed = Vec::new();
    for (name, mut command) in checks() {
        if let Err(error) = timed(name, || visible(&mut command)) {
            println!("error: {error:#}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("these checks failed: {}", failed.join(", "));
    }
    println!("all checks passed");
    Ok(())
}

fn checks() -> Vec<(&'static str, Command)> {
    let with = |mut command: Command, arguments: &[&str]| {
        command.args(arguments);
        command
    };
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let wasm = [
        "clippy",
        "--package",
        "grantlet",
        "--lib",
        "--features",
        "dom",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ];
    let mut documentation = with(cargo(), &["doc", "--workspace", "--no-deps"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    vec![
        ("format", with(cargo(), &["fmt", "--all", "--check"])),
        ("lints", with(cargo(), &clippy)),
        ("lints of the boundary", with(cargo(), &wasm)),
        ("documentation", documentation),
        ("licences and sources", with(cargo(), &["deny", "check", "licenses", "bans", "sources"])),
        ("repository", with(cargo(), &["test", "--quiet", "--package", "xtask"])),
        ("package", with(place::command("npm"), &["run", "check", "--workspaces", "--if-present"])),
    ]
}
