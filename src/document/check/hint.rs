//! The declared name that was probably meant.

use crate::text::{join, listed};

/// A name this long at most is compared: longer ones are no typing mistakes.
const LONGEST: usize = 80;

/// More names than this are no help in one sentence.
const FEW: usize = 13;

/// What was written, and the names that could stand there instead.
pub(crate) struct Hint<'n> {
    written: &'n str,
    nearest: Option<&'n str>,
    /// Only a name with fewer edits than this is nearer: the first of equals stays.
    below: usize,
    few: Vec<&'n str>,
}

impl<'n> Hint<'n> {
    /// A name is near if it is at most one edit for every three characters away, and three at most. An
    /// edit is a character more, less or other, or two swapped.
    pub(crate) fn new(written: &'n str) -> Hint<'n> {
        let most = (written.len().saturating_add(1) / 3).min(3);
        Hint { written, nearest: None, below: most.saturating_add(1), few: Vec::new() }
    }

    /// Takes a name into account.
    #[inline(never)]
    pub(crate) fn offer(&mut self, name: &'n str) {
        if self.few.len() <= FEW && !self.few.contains(&name) {
            self.few.push(name);
        }
        let (a, b) = (self.written.as_bytes(), name.as_bytes());
        if a.len().max(b.len()) > LONGEST {
            return;
        }
        let same = a.eq_ignore_ascii_case(b);
        if let Some(edits) = (0..self.below).find(|edits| same || is_near(a, b, *edits)) {
            self.nearest = Some(name);
            self.below = edits;
        }
    }

    /// Asks whether the nearest name was meant; where none is near, lists all if they are few and
    /// `lead` says what they are. Empty where there is nothing to say.
    pub(crate) fn say(self, lead: &str) -> String {
        match self.nearest {
            Some(name) => join(&["did you mean `", name, "`?"]),
            None if lead.is_empty() || self.few.is_empty() || self.few.len() > FEW => String::new(),
            None => join(&[lead, &listed(&self.few, "`, `")]),
        }
    }
}

/// True where so many edits at most lie between two names.
fn is_near(a: &[u8], b: &[u8], edits: usize) -> bool {
    match (a, b) {
        ([], []) => true,
        ([x, a @ ..], [y, b @ ..]) if x == y => is_near(a, b, edits),
        _ if a.len().abs_diff(b.len()) > edits => false,
        _ => {
            let Some(edits) = edits.checked_sub(1) else { return false };
            let (shorter_a, shorter_b) = (a.get(1..).unwrap_or_default(), b.get(1..).unwrap_or_default());
            is_near(shorter_a, shorter_b, edits)
                || is_near(shorter_a, b, edits)
                || is_near(a, shorter_b, edits)
                || matches!((a, b), ([x, y, a @ ..], [v, w, b @ ..]) if x == w && y == v && is_near(a, b, edits))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hint;

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        let near = |written: &'static str| {
            let mut hint = Hint::new(written);
            ["editor", "reader", "owner", "a"].iter().for_each(|name| hint.offer(name));
            hint.nearest
        };
        assert_eq!(near("edtior"), Some("editor"));
        assert_eq!(near("Owner"), Some("owner"));
        assert_eq!(near("readers"), Some("reader"));
        assert_eq!(near("ownr"), Some("owner"));
        for other in ["b", "guest", "rotide", ""] {
            assert_eq!(near(other), None, "{other}");
        }
    }

    #[test]
    fn few_names_are_listed_where_none_is_near() {
        let say = |names: &[&'static str]| {
            let mut hint = Hint::new("x");
            names.iter().for_each(|name| hint.offer(name));
            hint.say("there are ")
        };
        assert_eq!(say(&["edit", "view", "edit"]), "there are `edit`, `view`");
        assert_eq!(say(&[]), "");
    }
}
