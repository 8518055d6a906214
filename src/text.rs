//! Sentences put together from parts, without the formatting machinery of the standard library, which
//! would cost the module more than the sentences.

/// The parts one after the other.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number in decimal digits.
pub(crate) fn decimal(number: usize) -> String {
    let mut text = if number > 9 { decimal(number / 10) } else { String::new() };
    text.push(char::from(b"0123456789".get(number % 10).copied().unwrap_or(b'0')));
    text
}

/// A sentence with the parts in the places of its `%`, in order.
pub(crate) fn fill(sentence: &str, parts: &[&str]) -> String {
    let mut text = String::new();
    let mut parts = parts.iter();
    for piece in pieces(sentence, b'%') {
        text.push_str(piece);
        text.push_str(parts.next().unwrap_or(&""));
    }
    text
}

/// What stands before and after the first such byte of ASCII, if there is one. The standard library's search
/// for any character would cost the module more than a loop costs in texts as short as names.
#[inline(never)]
pub(crate) fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let place = text.as_bytes().iter().position(|other| *other == byte)?;
    Some((text.get(..place)?, text.get(place.saturating_add(1)..)?))
}

/// What stands between such bytes of ASCII.
pub(crate) fn pieces(text: &str, byte: u8) -> Pieces<'_> {
    Pieces { rest: Some(text), byte }
}

/// The pieces that are left of a text.
pub(crate) struct Pieces<'t> {
    rest: Option<&'t str>,
    byte: u8,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest?;
        let Some((piece, rest)) = cut(rest, self.byte) else { return self.rest.take() };
        self.rest = Some(rest);
        Some(piece)
    }
}

/// Names in backticks; `between` has the backticks that end one and begin the next.
pub(crate) fn listed(names: &[&str], between: &str) -> String {
    let mut text = String::from("`");
    for (place, name) in names.iter().enumerate() {
        text.push_str(if place > 0 { between } else { "" });
        text.push_str(name);
    }
    text.push('`');
    text
}
