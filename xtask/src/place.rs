//! Where things are: the repository, the tools that `setup` installs into it, and programs on the search path.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's top folder.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Cargo's `--root` for installed tools. Git-ignored, and apart from `target/`, so that `cargo clean` leaves the tools.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

/// The search path of every command run from here: the repository's own tools come before the machine's, so that a
/// `wasm-bindgen` or a `wasm-opt` of another version is never picked up.
fn search_path() -> OsString {
    let mut folders = vec![tools().join("bin"), root().join("node_modules/.bin")];
    if let Some(inherited) = env::var_os("PATH") {
        folders.extend(env::split_paths(&inherited));
    }
    env::join_paths(folders).unwrap_or_default()
}

/// The first of these programs that is on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = search_path();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

/// A command that starts in the repository and sees its tools first.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(find(&[program]).unwrap_or_else(|| program.into()));
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// The cargo that runs this program, and so the same toolchain.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).env("PATH", search_path());
    command
}
