//! Names that stand twice: in a list, or as keys of one object, wherever it lies, in a literal too.

use super::walk::Walk;
use crate::index::Index;
use crate::pointer::Pointer;
use crate::value::{Member, Value};

/// Nearly every object and list is this short, and then comparing each with each needs no memory.
const FEW: usize = 8;

/// The names that were met so far.
#[derive(Default)]
pub(super) struct Seen<'v> {
    few: [&'v str; FEW],
    used: usize,
    more: Index,
}

impl<'v> Seen<'v> {
    /// True where the name was met before.
    pub(super) fn again(&mut self, name: &'v str) -> bool {
        if self.few.iter().take(self.used).any(|other| *other == name) {
            return true;
        }
        if let Some(slot) = self.few.get_mut(self.used) {
            *slot = name;
            self.used = self.used.saturating_add(1);
            return false;
        }
        let before = self.more.len();
        self.more.insert(name);
        self.more.len() == before
    }
}

impl Walk<'_> {
    /// Notes every repeated key of an object.
    #[inline(never)]
    pub(super) fn repeated_keys(&mut self, members: &[Member<'_>], at: &Pointer<'_>) {
        let mut seen = Seen::default();
        for (key, _) in members {
            if seen.again(key) {
                self.repeated_key(key, &at.key(key));
            }
        }
    }

    /// Notes every repeated key at or below a place where what stands is data: in the literals of a condition too.
    pub(super) fn literals(&mut self, value: &Value<'_>, at: &Pointer<'_>) {
        match value {
            Value::Array(elements) => {
                for (i, element) in elements.iter().enumerate() {
                    self.literals(element, &at.index(i));
                }
            }
            Value::Object(members) => {
                self.repeated_keys(members, at);
                for (key, value) in members {
                    self.literals(value, &at.key(key));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn every_name_but_the_first_of_its_kind_is_found_in_short_lists_and_long_ones() {
        let again = |names: &[&'static str]| {
            let mut seen = Seen::default();
            names.iter().map(|name| seen.again(name)).collect::<Vec<_>>()
        };
        assert_eq!(again(&["a", "b", "a", "c", "b", "a"]), [false, false, true, false, true, true]);
        let long: Vec<&str> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "a", "k"].to_vec();
        let found = again(&long);
        assert!(found.iter().take(11).all(|again| !again) && found.iter().skip(11).all(|again| *again));
    }
}
