//! A compiled policy as bytes that any build of the same form takes back, without reading and expanding its
//! grants again.
//!
//! In it stands what the policy declares as it was written, labels, descriptions and grants aside; then what
//! grants are made of, the conditions, the patterns and the covers, each once; and then the grants as numbers. What is
//! declared is checked on the way in as a document is, and all of it compiled as that is, so no name, cycle or
//! bound is trusted. Of the numbers none can lead a walk astray: one that leads nowhere reads as nothing.
//!
//! The bytes are text in UTF-8, so that the module takes one kind of string from its host and a host one kind
//! of content. They begin with a character that no other text of a policy begins with, and a sum of what
//! follows, which tells damage and cuts. It is no signature.
//!
//! A number is written in characters below 128, six bits each, the least first, with a seventh where more
//! follow.

mod read;
mod write;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::{compile, document};
pub(crate) use write::{cover, kept, value};

/// What the bytes begin with: a character that no JSON begins with, a name, and the version of this form. Another
/// form has another version.
const HEAD: &str = "\u{1}grantlet2";

// The kinds of value. None of these ends a list.
const NULL: u64 = 1;
const FALSE: u64 = 2;
const TRUE: u64 = 3;
const NUMBER: u64 = 4;
const STRING: u64 = 5;
const ARRAY: u64 = 6;
const OBJECT: u64 = 7;

/// A policy from its text: its JSON, or what [`Policy::to_bytes`] made of it.
///
/// # Errors
/// What is wrong with the document, with its warnings; or `wrong-version` for a compiled form that this build
/// does not read, `corrupt` for one that is not as it was written.
pub fn load(text: &str) -> Result<Policy, Vec<Diagnostic>> {
    if !text.starts_with('\u{1}') {
        return document::read(text).map(|(document, _)| compile::compile(document));
    }
    let (code, message) = if text.starts_with(HEAD) {
        if let Some(policy) = read::policy(text) {
            return Ok(policy);
        }
        ("corrupt", "the compiled policy is damaged")
    } else {
        ("wrong-version", "the policy was compiled by another version of grantlet")
    };
    let mut list = Diagnostics::default();
    let help = "compile its document with this version";
    list.error(code, &Pointer::Root, message.to_owned(), Some(help.to_owned()));
    Err(list.into_list())
}

impl Policy {
    /// The policy as bytes for [`Policy::from_bytes`]. The same document gives the same bytes on every host;
    /// labels and descriptions are not among them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        write::policy(self).into_bytes()
    }

    /// The policy that [`Policy::to_bytes`] made bytes of.
    ///
    /// # Errors
    /// Those of [`load`]. Bytes that are no text in UTF-8 are `corrupt`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Policy, Vec<Diagnostic>> {
        load(&String::from_utf8_lossy(bytes))
    }
}

/// The sum of a text, ten characters of it. Each step takes different states to different ones, and the last bits of
/// the state are left out; so a text that differs has another sum but for one in 2⁶⁰.
fn sum(text: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    state >> 4
}
