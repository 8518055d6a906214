//! Sentences put together from parts, without the formatting machinery of the standard library, which
//! would cost the module more than the sentences.

/// The parts one after the other.
pub(crate) fn join(parts: &[&str]) -> String {
    parts.concat()
}

/// A sentence with the parts in the places of its `%`, in order.
pub(crate) fn fill(sentence: &str, parts: &[&str]) -> String {
    let mut text = String::new();
    let mut parts = parts.iter();
    for piece in sentence.split('%') {
        text.push_str(piece);
        text.push_str(parts.next().unwrap_or(&""));
    }
    text
}

/// Names in backticks; `between` has the backticks that end one and begin the next.
pub(crate) fn listed(names: &[&str], between: &str) -> String {
    join(&["`", &names.join(between), "`"])
}
