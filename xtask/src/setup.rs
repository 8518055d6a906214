//! `cargo xtask setup`: makes a machine that has only Rust and Node able to build and to test. What is there is left
//! alone; what is installed goes into the repository, except the wasm32 target and the browsers.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place;
use crate::run::{self, answer, timed, visible};
use crate::{browsers, tools};

const OLDEST_NODE: u32 = 20;
/// What the package is tried in.
const RUNTIMES: &str = "tests/runtimes";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Whether browsers and their drivers are wanted too, and the runtimes and bundlers that the package is tried in: the
/// tests need them, the build and the demo do not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Browsers {
    Wanted,
    Unwanted,
}

pub fn setup(browsers: Browsers) -> Result<()> {
    let _alone = run::only_one_at_a_time()?;
    timed("setup", || {
        node()?;
        npm_packages("")?;
        wasm_target()?;
        standard_library()?;
        tools::wasm_bindgen()?;
        tools::wasm_pack()?;
        if browsers == Browsers::Wanted {
            npm_packages(RUNTIMES)?;
            browsers::setup()?;
        }
        Ok(())
    })
}

/// One line for what needs no work.
pub fn there(what: &str) {
    println!("  {what}: there");
}

fn node() -> Result<()> {
    let version = answer(place::command("node").arg("--version"));
    let version = version.with_context(|| format!("Node {OLDEST_NODE} or newer is needed: https://nodejs.org"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node {OLDEST_NODE} or newer is needed, `{version}` is installed");
    }
    there(&format!("Node {version}"));
    Ok(())
}

/// The npm packages of a folder of the repository. `npm ci` deletes `node_modules` and starts anew, so it runs only when
/// the lock file is not the one that was installed; a copy of that one lies beside the packages. Runtimes and bundlers
/// have programs for each platform, and a lock file that was written where the registry has them for its own platform
/// alone is refused by `npm ci`; `npm install` takes it, with the same versions and checksums, and leaves it as it is.
pub fn npm_packages(folder: &str) -> Result<()> {
    let place = place::root().join(folder);
    let wanted = fs::read(place.join("package-lock.json")).context("`package-lock.json` is not readable")?;
    let stamp = place.join("node_modules/.installed-lock.json");
    let what = format!("npm packages {folder}").trim_end().to_owned();
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        there(&what);
        return Ok(());
    }
    let words: &[&str] = if folder == RUNTIMES { &["install", "--no-save"] } else { &["ci"] };
    timed(&format!("  {what}"), || {
        visible(place::command("npm").args(words).args(["--no-audit", "--no-fund"]).current_dir(&place))?;
        fs::write(&stamp, &wanted).context("the mark of the installed npm packages cannot be written")
    })
}

/// The source of the standard library, which the module is built with (`build.rs` says why).
fn standard_library() -> Result<()> {
    let sysroot = answer(place::command("rustc").args(["--print", "sysroot"])).context("`rustc` does not answer")?;
    if Path::new(&sysroot).join("lib/rustlib/src/rust/library").is_dir() {
        there("rust-src");
        return Ok(());
    }
    timed("  rust-src", || {
        visible(place::command("rustup").args(["component", "add", "rust-src"]))
            .context("add the component `rust-src` to this Rust toolchain by hand")
    })
}

fn wasm_target() -> Result<()> {
    let sysroot = answer(place::command("rustc").args(["--print", "sysroot"])).context("`rustc` does not answer")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        there(WASM_TARGET);
        return Ok(());
    }
    timed(&format!("  {WASM_TARGET}"), || {
        visible(place::command("rustup").args(["target", "add", WASM_TARGET]))
            .with_context(|| format!("add the target `{WASM_TARGET}` to this Rust toolchain by hand"))
    })
}
