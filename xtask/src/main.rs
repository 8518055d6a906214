//! The project's own commands, `cargo xtask …`.

mod browsers;
mod place;
mod run;
mod setup;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  setup [--no-browsers]     install what building and testing need and this machine lacks
";

fn main() -> ExitCode {
    match dispatch(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["setup"] => setup::setup(setup::Browsers::Wanted),
        ["setup", "--no-browsers"] => setup::setup(setup::Browsers::Unwanted),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("`{}` is no command\n\n{HELP}", words.join(" ")),
    }
}
