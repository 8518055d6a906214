//! The test suites that this repository has, in the order in which they run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::browsers;
use crate::count::Runner;
use crate::place;

/// Building for the first time on two cores is the long part.
const RUST_LIMIT: Duration = Duration::from_secs(15 * 60);
const NODE_LIMIT: Duration = Duration::from_secs(10 * 60);
/// A browser on a loaded machine takes longer than the runner's own 20 seconds.
const WASM_TEST_SECONDS: &str = "120";

pub struct Suite {
    pub name: String,
    pub runner: Runner,
    pub command: Command,
    pub limit: Duration,
}

/// Every suite that is there. One that lacks its browser is among them, and fails.
pub fn all() -> Result<Vec<Suite>> {
    // The crate of the benchmarks has no test, and would be built with all that it measures with.
    let mut suites = vec![
        rust("rust", &["--workspace", "--exclude", "xtask", "--exclude", "grantlet-scenario"]),
        rust("repository", &["--package", "xtask"]),
    ];
    // The tests of the boundary, compiled to WebAssembly and run inside a page.
    if ["tests/wasm.rs", "tests/wasm/main.rs"].iter().any(|file| place::root().join(file).is_file()) {
        suites.push(wasm("wasm in Chromium", "CHROMEDRIVER", browsers::chromedriver()));
        suites.push(wasm("wasm in Firefox", "GECKODRIVER", browsers::geckodriver()));
    }
    let mut folders: Vec<PathBuf> = folders(&place::root().join("tests"))?;
    folders.sort();
    for folder in folders {
        let mut files = Vec::new();
        node_tests(&folder, &mut files)?;
        files.sort();
        if !files.is_empty() {
            suites.push(node(&folder, &files));
        }
    }
    Ok(suites)
}

fn rust(name: &str, packages: &[&str]) -> Suite {
    let mut command = place::cargo();
    command.args(["test", "--no-fail-fast"]).args(packages);
    Suite { name: name.to_owned(), runner: Runner::Rust, command, limit: RUST_LIMIT }
}

/// The suite inside a browser: `wasm-bindgen-test-runner` takes the one whose driver it is told of. Only this test is
/// built for it; `wasm-pack test` would build all of them, and most are of the evaluator alone.
fn wasm(name: &str, variable: &str, driver: Option<PathBuf>) -> Suite {
    let mut command = place::cargo();
    command.args(["test", "--target", "wasm32-unknown-unknown", "--features", "dom", "--test", "wasm"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    command.env("WASM_BINDGEN_TEST_TIMEOUT", WASM_TEST_SECONDS);
    command.env(variable, driver.unwrap_or_default());
    Suite { name: name.to_owned(), runner: Runner::Rust, command, limit: RUST_LIMIT }
}

/// Each folder of `tests/` with files `*.test.mjs` is a suite. The files are named one by one because Node 20 does not
/// expand patterns.
fn node(folder: &Path, files: &[PathBuf]) -> Suite {
    let mut command = place::command("node");
    command.args(["--test", "--test-reporter=spec"]);
    command.args(files.iter().map(|file| file.strip_prefix(place::root()).unwrap_or(file)));
    command.env_remove("FORCE_COLOR");
    if let Some(chromium) = browsers::chromium() {
        command.env("CHROMIUM", chromium);
    }
    if let Some(firefox) = browsers::firefox() {
        command.env("FIREFOX", firefox);
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Suite { name, runner: Runner::Node, command, limit: NODE_LIMIT }
}

fn folders(parent: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(parent)?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.iter().map(fs::DirEntry::path).filter(|path| path.is_dir()).collect())
}

fn node_tests(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "node_modules" {
            node_tests(&path, found)?;
        } else if name.ends_with(".test.mjs") {
            found.push(path);
        }
    }
    Ok(())
}
