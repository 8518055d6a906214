//! Prints the compiled form of a policy as the package's `toBytes` gives it.
//!
//! `cargo run -q --example compile < policies/sys.json > sys.bin`

use std::io::{Error, Read, Write, stdin, stdout};

fn main() -> Result<(), Error> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    match grantlet::bytes::load(&text) {
        Ok(policy) => stdout().write_all(&policy.to_bytes()),
        Err(list) => Err(Error::other(format!("{list:#?}"))),
    }
}
