//! The programs that cargo installs into `.tools/`, each at one version. They are built without optimisation: they
//! run for a second or two, and optimising them takes minutes.

use std::fs;

use anyhow::{Context, Result};

use crate::place;
use crate::run::{answer, timed, visible};
use crate::setup::there;

const WASM_PACK: &str = "0.15.1";
const GECKODRIVER: &str = "0.37.1";
const CARGO_DENY: &str = "0.20.2";

/// Whether cargo keeps to the versions in the lock file that the package was published with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    Kept,
    Renewed,
}

pub fn wasm_pack() -> Result<()> {
    installed("wasm-pack", "wasm-pack", WASM_PACK, Lock::Kept, &[])
}

/// The glue and the module must come from the same wasm-bindgen, so the version is the one in `Cargo.lock`. Its test
/// runner comes with it. The published lock file names a package that was withdrawn, hence not kept.
pub fn wasm_bindgen() -> Result<()> {
    let lock = fs::read_to_string(place::root().join("Cargo.lock")).context("`Cargo.lock` is not readable")?;
    let version = locked_version(&lock, "wasm-bindgen").context("`Cargo.lock` has no wasm-bindgen")?;
    installed("wasm-bindgen", "wasm-bindgen-cli", version, Lock::Renewed, &["--no-default-features"])
}

pub fn geckodriver() -> Result<()> {
    installed("geckodriver", "geckodriver", GECKODRIVER, Lock::Kept, &[])
}

pub fn cargo_deny() -> Result<()> {
    installed("cargo-deny", "cargo-deny", CARGO_DENY, Lock::Kept, &[])
}

/// Runs what valgrind counts. It has to be of the library's version, and tells its own to nobody but the library, so what
/// cargo noted of it is looked at instead.
pub fn iai_callgrind_runner() -> Result<()> {
    let package = "iai-callgrind-runner";
    let lock = fs::read_to_string(place::root().join("Cargo.lock")).context("`Cargo.lock` is not readable")?;
    let version = locked_version(&lock, package).with_context(|| format!("`Cargo.lock` has no {package}"))?;
    let noted = fs::read_to_string(place::tools().join(".crates.toml")).unwrap_or_default();
    if noted.contains(&format!("\"{package} {version} ")) {
        there(&format!("{package} {version}"));
        return Ok(());
    }
    installed(package, package, version, Lock::Kept, &[])
}

fn installed(program: &str, package: &str, version: &str, lock: Lock, options: &[&str]) -> Result<()> {
    let name = format!("{program} {version}");
    // The version is the second word, as in `geckodriver 0.37.1 (…)`.
    let found = answer(place::command(program).arg("--version"));
    if found.as_deref().and_then(|line| line.split_whitespace().nth(1)) == Some(version) {
        there(&name);
        return Ok(());
    }
    let mut install = place::cargo();
    install.args(["install", package, "--version", version, "--debug", "--force", "--root", ".tools"]);
    // One target folder for all of them: they share many dependencies, and a second machine run can cache it.
    install.args(["--target-dir", "target/tools"]).args(options);
    if lock == Lock::Kept {
        install.arg("--locked");
    }
    install.env("CARGO_PROFILE_DEV_DEBUG", "false");
    timed(&format!("  {name}"), || visible(&mut install))
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| line.strip_prefix("name = ").is_some_and(|name| name.trim_matches('"') == package))?;
    lines.next()?.strip_prefix("version = ").map(|version| version.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
