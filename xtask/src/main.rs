//! The project's own commands, `cargo xtask …`; CI calls the same ones.

mod arrange;
mod bench;
mod browsers;
mod build;
mod check;
mod count;
mod demo;
mod docs;
mod meter;
mod place;
mod run;
mod setup;
mod shorten;
mod suites;
mod test;
#[cfg(test)]
mod tidy;
mod tools;
mod watch;

use std::process::ExitCode;

use anyhow::{Result, bail};

use demo::Serve;
use setup::Browsers;

const HELP: &str = "\
cargo xtask COMMAND

  setup [--no-browsers]         install what building and testing need and this machine lacks
  build                         the WebAssembly module and the npm package, with their size
  demo [--no-serve] [--port N]  set up, build and serve the demo on 127.0.0.1
  serve [--port N]              serve the demo as it was built
  docs                          the API reference of the package, into target/docs/api
  test                          set up, build and run every test suite
  meter MODULE OUT              the module with a counter of the instructions that it executes
  bench [--quick] [PART…]       measure beside other engines: checks, cold, memory, chromium, dom, edge; or time, instructions
  check                         format, lints, documentation, licences, the rules of the repository
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<ExitCode> {
    match words {
        ["setup"] => setup::setup(Browsers::Wanted)?,
        ["setup", "--no-browsers"] => setup::setup(Browsers::Unwanted)?,
        ["build"] => build::build()?,
        ["demo"] => demo::demo(&Serve::Yes { port: None })?,
        ["demo", "--port", port] => demo::demo(&Serve::Yes { port: Some(port) })?,
        ["demo", "--no-serve"] => demo::demo(&Serve::No)?,
        ["serve"] => demo::serve(None)?,
        ["serve", "--port", port] => demo::serve(Some(port))?,
        // The total is this command's last line, so that a failure adds nothing to it.
        ["test"] if !test::test() => return Ok(ExitCode::FAILURE),
        ["test"] => {}
        ["check"] => check::check()?,
        ["docs"] => docs::docs()?,
        ["bench", words @ ..] => bench::bench(words)?,
        ["meter", module, out] => meter::meter(module, out)?,
        [] | ["help" | "--help" | "-h"] => print!("{HELP}"),
        _ => bail!("`{}` is no command\n\n{HELP}", words.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}
