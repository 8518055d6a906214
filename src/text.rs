//! Sentences put together from parts, without the formatting machinery of the standard library, which
//! would cost the module more than the sentences.

/// The parts one after the other.
pub(crate) fn join(parts: &[&str]) -> String {
    parts.concat()
}

/// Names in backticks; `between` has the backticks that end one and begin the next.
pub(crate) fn listed(names: &[&str], between: &str) -> String {
    join(&["`", &names.join(between), "`"])
}
