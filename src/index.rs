//! Numbers by name, in the order in which the names were first met.
//!
//! A crit-bit tree: each branch looks at the first bit in which the names below it differ, so a look-up
//! costs the length of the name whoever chose the names, and nothing has to be balanced or hashed. The
//! standard library's maps would cost the module three kilobytes (brotli).

use crate::policy::{at, count, slot};

/// Names and their numbers.
#[derive(Clone, Debug)]
pub struct Index {
    /// All names, one behind the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    branches: Vec<Branch>,
    root: Child,
}

/// One branch: names without the bit are below the first child, names with it below the second.
#[derive(Clone, Copy, Debug)]
struct Branch {
    /// The byte in which the names below differ first.
    byte: u32,
    /// The bit of it.
    mask: u32,
    children: [Child; 2],
}

/// A branch by its number, or with the bit [`NAME`] a name by its own.
type Child = u32;

const NAME: Child = 1 << 31;

impl Default for Index {
    /// Without a name, what is below the root is a name that is not there.
    fn default() -> Index {
        Index { text: String::new(), ends: Vec::new(), branches: Vec::new(), root: NAME }
    }
}

/// A bit of every byte that is there.
const PRESENT: u32 = 1 << 8;

/// A byte of a name; past its end there is zero.
#[inline(always)]
fn byte(name: &[u8], place: u32) -> u32 {
    at(name, place).map_or(0, |byte| u32::from(*byte) | PRESENT)
}

impl Branch {
    fn side(&self, name: &[u8]) -> usize {
        usize::from(byte(name, self.byte) & self.mask != 0)
    }

    #[inline(always)]
    fn child(&self, name: &[u8]) -> Child {
        let [without, with] = self.children;
        if byte(name, self.byte) & self.mask == 0 { without } else { with }
    }
}

impl Index {
    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name of that number; empty where there is none.
    #[inline(never)]
    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        let end = |number| at(&self.ends, number).and_then(|end| usize::try_from(*end).ok());
        let begin = number.checked_sub(1).and_then(end).unwrap_or_default();
        self.text.get(begin..end(number).unwrap_or_default()).unwrap_or_default()
    }

    /// The names, by number.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..count(&self.ends)).map(|number| self.name(number))
    }

    /// The number of a name, if it was met.
    #[inline(never)]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u32> {
        let nearest = self.nearest(name.as_bytes());
        (nearest < count(&self.ends) && self.name(nearest) == name).then_some(nearest)
    }

    /// The only name that can be this one.
    fn nearest(&self, name: &[u8]) -> u32 {
        let mut child = self.root;
        while let Some(branch) = at(&self.branches, child) {
            child = branch.child(name);
        }
        child & !NAME
    }

    /// The number of a name, a new one if it was not met before.
    #[inline(never)]
    pub fn insert(&mut self, name: &str) -> u32 {
        let (new, bytes) = (count(&self.ends), name.as_bytes());
        let nearest = self.nearest(bytes);
        if nearest < new {
            let other = self.name(nearest);
            if other == name {
                return nearest;
            }
            let other = other.as_bytes();
            let alike = bytes.iter().zip(other).take_while(|(here, there)| here == there).count();
            let place = u32::try_from(alike).unwrap_or(u32::MAX);
            let differing = byte(bytes, place) ^ byte(other, place);
            let mask = NAME.checked_shr(differing.leading_zeros()).unwrap_or_default();
            self.splice(bytes, Branch { byte: place, mask, children: [new | NAME; 2] });
        } else {
            self.root = new | NAME;
        }
        self.text.push_str(name);
        self.ends.push(count(self.text.as_bytes()));
        new
    }

    /// Puts a branch to a new name where names begin to differ at its bit; what is there already becomes its other
    /// child.
    fn splice(&mut self, name: &[u8], mut branch: Branch) {
        let new = count(&self.branches);
        let mut above: Option<(u32, usize)> = None;
        let mut child = self.root;
        while let Some(next) = at(&self.branches, child) {
            if next.byte > branch.byte || (next.byte == branch.byte && next.mask < branch.mask) {
                break;
            }
            let side = next.side(name);
            above = Some((child, side));
            child = next.child(name);
        }
        let other = usize::from(branch.side(name) == 0);
        if let Some(slot) = branch.children.get_mut(other) {
            *slot = child;
        }
        self.branches.push(branch);
        let below = above.and_then(|(parent, side)| slot(&mut self.branches, parent)?.children.get_mut(side));
        *below.unwrap_or(&mut self.root) = new;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Index;

    #[test]
    fn every_name_keeps_its_number_among_many() {
        let mut index = Index::default();
        let mut expected = BTreeMap::new();
        let mut state = 7_u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let name: String = format!("{:x}", state >> 40).chars().take((state >> 33) as usize % 6).collect();
            let next = u32::try_from(expected.len()).unwrap();
            let number = *expected.entry(name.clone()).or_insert(next);
            assert_eq!(index.insert(&name), number, "{name}");
        }
        for (name, number) in &expected {
            assert_eq!(index.get(name), Some(*number));
            let longer = format!("{name}y");
            assert_eq!(index.get(&longer), None, "{longer}");
        }
        assert_eq!(index.names().count(), expected.len());
        assert!(expected.iter().all(|(name, number)| index.name(*number) == name));
    }

    const NAMES: [&str; 10] =
        ["crm", "crm.relation", "crm.relation.iban", "cr", "", "constructor", "é", "crm.relatioo", "crm\0", "\0"];

    #[test]
    fn names_that_begin_alike_are_told_apart() {
        let mut index = Index::default();
        for name in NAMES {
            assert_eq!(index.get(name), None);
            index.insert(name);
        }
        for (number, name) in NAMES.iter().enumerate() {
            assert_eq!(index.get(name), Some(u32::try_from(number).unwrap()), "{name}");
        }
        assert_eq!(index.get("crm.relatio"), None);
        assert_eq!(index.get("crm\0\0"), None);
    }
}
