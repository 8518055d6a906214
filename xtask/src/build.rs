//! `cargo xtask build`: the WebAssembly module with its glue, then the npm package around it, then its size in bytes.

use std::process::Command;

use anyhow::Result;

use crate::place;
use crate::run::{only_one_at_a_time, timed, visible};
use crate::shorten;

/// One build of the crate: what its glue and its module are called, and the features it is built with.
struct Build {
    name: &'static str,
    features: &'static str,
}

const BUILDS: [Build; 3] = [
    Build { name: "grantlet", features: "" },
    Build { name: "grantlet-dom", features: "dom" },
    Build { name: "grantlet-tools", features: "tools" },
];

/// Where glue and modules go, for the package to be put together of, relative to the repository.
const GLUE: &str = "target/glue";

pub fn build() -> Result<()> {
    package()?;
    // Fails when an entry of the package has grown over its budget.
    timed("size", || visible(place::command("node").arg("xtask/size.mjs")))
}

/// The package, whatever its size.
pub fn package() -> Result<()> {
    let _alone = only_one_at_a_time()?;
    timed("build", || {
        for build in BUILDS {
            timed(&format!("  module {}", build.name), || module(&build))?;
        }
        if !place::root().join("pkg/package.json").is_file() {
            println!("  package: there is no `pkg/package.json`");
            return Ok(());
        }
        timed("  package", || visible(place::command("npm").args(["run", "build", "--workspace", "pkg"])))
    })
}

fn module(build: &Build) -> Result<()> {
    let mut pack = place::command("wasm-pack");
    // Nothing is fetched here: `setup` has put wasm-bindgen and wasm-opt on the search path. The package's manifest
    // is written by hand, so none is generated.
    pack.args(["build", "module", "--mode", "no-install", "--no-pack", "--no-gitignore"]);
    pack.args(["--release", "--target", "web", "--out-name", build.name]);
    pack.arg("--out-dir").arg(place::root().join(GLUE));
    pack.args(["--", "--features", build.features]);
    smallest_standard_library(&mut pack);
    visible(&mut pack)?;
    shorten::shorten(GLUE, build.name)
}

/// Builds the standard library along with the module, for size and with panics that only stop: the one that comes
/// with the toolchain is built for speed and carries the texts of its panics, which costs two and a half kilobytes (brotli).
/// Cargo's `build-std` is not stable, so this toolchain is told to allow it; the flags change no behaviour but that a
/// panic, which the lints keep out of the library, stops without a text. Places in the source are left out, so that the
/// module does not depend on the folder it was built in.
fn smallest_standard_library(pack: &mut Command) {
    pack.env("RUSTC_BOOTSTRAP", "1");
    pack.env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none");
    pack.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
}
