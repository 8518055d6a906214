//! Runs commands so that one sees what runs, how it ends and how long it took. None of them reads from the terminal.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place;

/// Runs a command with its output on the terminal; an exit code other than 0 is an error.
pub fn visible(command: &mut Command) -> Result<()> {
    let line = describe(command);
    println!("  $ {line}");
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("`{line}` did not start"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What a command prints, or nothing if it is not there or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}

/// Prints a heading, does the work, and prints the time it took.
pub fn timed<T>(heading: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{heading}");
    let start = Instant::now();
    let result = work().with_context(|| heading.to_owned())?;
    println!("{heading}: done in {}", seconds(start.elapsed()));
    Ok(result)
}

pub fn seconds(elapsed: Duration) -> String {
    format!("{:.1} s", elapsed.as_secs_f64())
}

/// The command as one would type it, without the folder of the program.
pub fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Holds back a second `setup` or `build` in the same repository until the first is through: both write to the same
/// folders. The lock ends with the returned file.
pub fn only_one_at_a_time() -> Result<File> {
    fs::create_dir_all(place::tools())?;
    let file = File::create(place::tools().join("lock"))?;
    if file.try_lock().is_err() {
        println!("waiting for another `cargo xtask` to end its setup or build");
        file.lock()?;
    }
    Ok(file)
}
