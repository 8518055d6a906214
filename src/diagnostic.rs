//! What can be said about a document: a code for programs, a place, a sentence, and what to do.

use crate::limits;
use crate::pointer::Pointer;
use crate::text::{decimal, join};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is legal, but something in it is pointless or inert.
    Warning,
}

/// One thing said about one place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name for programs, in kebab-case.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// JSON pointer of the place; empty for the whole document.
    pub pointer: String,
    /// What is wrong, with the user's own words in backticks.
    pub message: String,
    /// What to do about it, where that can be said.
    pub help: Option<String>,
}

/// Diagnostics in the order they were found, at most [`limits::DIAGNOSTICS`] of them.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    dropped: usize,
}

impl Diagnostics {
    /// Notes an error at `at`.
    pub fn error(&mut self, code: &'static str, at: &Pointer<'_>, message: String, help: Option<String>) {
        self.note(Severity::Error, code, at, message, help);
    }

    /// Notes a warning at `at`.
    pub fn warning(&mut self, code: &'static str, at: &Pointer<'_>, message: String, help: Option<String>) {
        self.note(Severity::Warning, code, at, message, help);
    }

    /// Notes something at `at`.
    #[inline(never)]
    pub fn note(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: &Pointer<'_>,
        message: String,
        help: Option<String>,
    ) {
        self.errors = self.errors.saturating_add(usize::from(severity == Severity::Error));
        if self.list.len() >= limits::DIAGNOSTICS {
            self.dropped = self.dropped.saturating_add(1);
        } else {
            self.list.push(Diagnostic { code, severity, pointer: at.written(), message, help });
        }
    }

    /// True when at least one error was noted, listed or not.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The list, with a last entry that counts what did not fit.
    #[must_use]
    pub fn into_list(mut self) -> Vec<Diagnostic> {
        if self.dropped > 0 {
            let message = join(&[&decimal(self.dropped), " more diagnostics are not listed"]);
            self.list.push(Diagnostic {
                code: "too-many-diagnostics",
                severity: if self.errors > 0 { Severity::Error } else { Severity::Warning },
                pointer: String::new(),
                message,
                help: Some("mend the listed ones first and check again".to_owned()),
            });
        }
        self.list
    }
}
