//! `cargo xtask bench [--quick] [PART…]`: measures the package beside other engines, in Node and in Chromium, and the
//! crate outside JavaScript. A whole run writes its tables into README.md and benches/README.md, and one of the edge alone
//! those of the edge; a short one, or one of other parts, only prints them.

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::place;
use crate::run::{describe, timed, visible};
use crate::setup::{Browsers, npm_packages, setup};
use crate::{browsers, tools};

/// A part that Node runs: its name, the script in `benches/`, and the options that Node needs for it.
const SCRIPTS: [(&str, &str, &[&str]); 6] = [
    ("checks", "node/checks.mjs", &["--no-turbo-inline-js-wasm-calls"]),
    ("cold", "node/cold.mjs", &[]),
    ("memory", "node/memory.mjs", &[]),
    ("chromium", "web/chromium.mjs", &[]),
    ("dom", "web/dom.mjs", &[]),
    ("edge", "edge/run.mjs", &[]),
];
/// Benchmarks of the crate, run by cargo. They print, and stand in no table.
const NATIVE: [&str; 2] = ["time", "instructions"];

pub fn bench(words: &[&str]) -> Result<()> {
    let is_quick = words.contains(&"--quick");
    let parts: Vec<&str> = words.iter().copied().filter(|word| *word != "--quick").collect();
    let known = |part: &&str| SCRIPTS.iter().any(|(name, ..)| name == part) || NATIVE.contains(part);
    if let Some(unknown) = parts.iter().find(|part| !known(part)) {
        bail!("`{unknown}` is no part: there are checks, cold, memory, chromium, dom, edge, time and instructions");
    }
    // Outside JavaScript nothing is compared with a bound, so a run without words leaves that out.
    let scripts = SCRIPTS.iter().filter(|(name, ..)| parts.is_empty() || parts.contains(name));
    let scripts: Vec<_> = scripts.collect();
    if !scripts.is_empty() {
        setup(Browsers::Wanted)?;
        build::package()?;
        timed("peers", || npm_packages("benches"))?;
        if scripts.iter().any(|(name, ..)| *name == "edge") {
            browsers::debian("wrk", &["wrk"])?;
        }
        timed("bench", || scripts.iter().try_for_each(|script| measure(script, is_quick)))?;
        let mut report = place::command("node");
        report.arg("benches/report.mjs");
        match parts.as_slice() {
            [] if !is_quick => drop(report.arg("--write")),
            ["edge"] if !is_quick => drop(report.arg("--write-edge")),
            _ => {}
        }
        visible(&mut report)?;
    }
    NATIVE.iter().filter(|name| parts.contains(name)).try_for_each(|name| native(name, is_quick))
}

/// Runs a script, and keeps what it measured for the report.
fn measure((name, script, options): &(&str, &str, &[&str]), is_quick: bool) -> Result<()> {
    let mut command = place::command("node");
    command.args(*options).arg(format!("benches/{script}")).arg(if is_quick { "quick" } else { "whole" });
    if let Some(chromium) = browsers::chromium() {
        command.env("CHROMIUM", chromium);
    }
    let line = describe(&command);
    timed(&format!("  {name}"), || {
        println!("  $ {line}");
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output = output.with_context(|| format!("`{line}` did not start"))?;
        if !output.status.success() {
            bail!("`{line}` failed ({})", output.status);
        }
        let folder = place::root().join("target/bench");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}.json")), output.stdout).context("the figures cannot be written")
    })
}

fn native(name: &str, is_quick: bool) -> Result<()> {
    let mut command = place::cargo();
    command.args(["bench", "--package", "grantlet-scenario", "--bench", name]);
    if name == "instructions" {
        browsers::debian("valgrind", &["valgrind"])?;
        tools::iai_callgrind_runner()?;
    } else if is_quick {
        command.args(["--", "--max-time", "0.2"]);
    }
    visible(&mut command)
}
