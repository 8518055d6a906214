//! Sentences put together from parts, without the formatting machinery of the standard library, which
//! would cost the module more than the sentences.

/// The parts one after the other.
pub(crate) fn join(parts: &[&str]) -> String {
    parts.concat()
}
