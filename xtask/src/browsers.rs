//! The browsers that the tests drive, and their drivers: those of the machine, or Debian's where `apt-get` can be used.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::place;
use crate::run::{answer, timed, visible};
use crate::setup::there;
use crate::tools;

pub fn chromium() -> Option<PathBuf> {
    place::find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

pub fn firefox() -> Option<PathBuf> {
    place::find(&["firefox-esr", "firefox"])
}

/// The driver of Chromium; a path in the environment goes before the search path.
pub fn chromedriver() -> Option<PathBuf> {
    env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| place::find(&["chromedriver"]))
}

/// The driver of Firefox; a path in the environment goes before the search path.
pub fn geckodriver() -> Option<PathBuf> {
    env::var_os("GECKODRIVER").map(PathBuf::from).or_else(|| place::find(&["geckodriver"]))
}

/// A missing browser does not stop the setup: all that needs no browser still works, and the tests that need one say
/// what they lack.
pub fn setup() -> Result<()> {
    // Fonts come along because a page whose text has no glyphs has elements without a size.
    let wanted = [
        ("Chromium", chromium(), ["chromium", "fonts-liberation"].as_slice()),
        ("chromedriver", chromedriver(), &["chromium-driver"]),
        ("Firefox", firefox(), &["firefox-esr"]),
    ];
    let mut missing = Vec::new();
    for (name, found, packages) in wanted {
        match found {
            Some(path) => there(&format!("{name} ({})", path.display())),
            None => missing.extend_from_slice(packages),
        }
    }
    if !missing.is_empty() {
        match apt_get() {
            Some(apt_get) => timed("  browsers", || install(&apt_get, &missing))?,
            None => println!("  browsers: install {} (no `apt-get` as root here)", missing.join(", ")),
        }
    }
    match geckodriver() {
        Some(path) => there(&format!("geckodriver ({})", path.display())),
        None => tools::geckodriver()?,
    }
    Ok(())
}

/// A program that is looked for on the search path, or else installed where `apt-get` can be used.
pub fn debian(program: &str, packages: &[&str]) -> Result<()> {
    if place::find(&[program]).is_some() {
        there(program);
        return Ok(());
    }
    let Some(apt_get) = apt_get() else { bail!("install {} (no `apt-get` as root here)", packages.join(", ")) };
    timed(&format!("  {program}"), || install(&apt_get, packages))
}

/// The words that start `apt-get` with the rights to install, if there are any.
fn apt_get() -> Option<Vec<&'static str>> {
    place::find(&["apt-get"])?;
    if answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(vec!["apt-get"]);
    }
    answer(Command::new("sudo").args(["-n", "true"]))?;
    Some(vec!["sudo", "-n", "apt-get"])
}

fn install(apt_get: &[&str], packages: &[&str]) -> Result<()> {
    let run = |arguments: &[&str]| {
        // Another apt-get at work is waited for.
        let options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=600"];
        let words = ["DEBIAN_FRONTEND=noninteractive"].iter().chain(apt_get).chain(&options).chain(arguments);
        visible(place::command("env").args(words))
    };
    // Lists that cannot be renewed are no reason to stop: the ones of before may do.
    if let Err(error) = run(&["update"]) {
        println!("  {error}");
    }
    let arguments: Vec<&str> = ["install", "--no-install-recommends"].iter().chain(packages).copied().collect();
    run(&arguments)
}
