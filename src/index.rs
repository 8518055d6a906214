//! Numbers by name, in the order in which the names were first met.
//!
//! A crit-bit tree: each branch looks at the first bit in which the names below it differ, so a look-up
//! costs the length of the name whoever chose the names, and nothing has to be balanced or hashed. The
//! standard library's maps would cost the module three kilobytes (brotli).

/// Names and their numbers.
#[derive(Clone, Debug, Default)]
pub struct Index {
    names: Vec<Box<str>>,
    branches: Vec<Branch>,
    root: Option<Child>,
}

/// One branch: names without the bit are below the first child, names with it below the second.
#[derive(Clone, Copy, Debug)]
struct Branch {
    /// The byte in which the names below differ first.
    byte: usize,
    /// The bit of it.
    mask: u16,
    children: [Child; 2],
}

#[derive(Clone, Copy, Debug)]
enum Child {
    Branch(u32),
    Name(u32),
}

/// A byte of a name, counted from one; past its end there is zero.
fn byte(name: &str, place: usize) -> u16 {
    name.as_bytes().get(place).map_or(0, |byte| u16::from(*byte).saturating_add(1))
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Branch {
    fn child(&self, name: &str) -> Child {
        let [without, with] = self.children;
        if byte(name, self.byte) & self.mask == 0 { without } else { with }
    }
}

impl Index {
    /// The names, by number.
    #[must_use]
    pub fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// The number of a name, if it was met.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u32> {
        let nearest = self.nearest(name)?;
        (&**self.names.get(place(nearest))? == name).then_some(nearest)
    }

    /// The only name that can be this one.
    fn nearest(&self, name: &str) -> Option<u32> {
        let mut child = self.root?;
        loop {
            match child {
                Child::Name(number) => return Some(number),
                Child::Branch(branch) => child = self.branches.get(place(branch))?.child(name),
            }
        }
    }

    /// The number of a name, a new one if it was not met before.
    pub fn insert(&mut self, name: &str) -> u32 {
        let new = number(self.names.len());
        let Some(nearest) = self.nearest(name) else {
            self.names.push(name.into());
            self.root = Some(Child::Name(new));
            return new;
        };
        let other = self.names.get(place(nearest)).map_or("", |other| other);
        let longest = name.len().max(other.len());
        let differing = (0..longest).find(|at| byte(name, *at) != byte(other, *at));
        let Some(at) = differing else {
            return nearest;
        };
        let mask = highest_bit(byte(name, at) ^ byte(other, at));
        let with = byte(name, at) & mask != 0;
        self.names.push(name.into());
        self.splice(name, Branch { byte: at, mask, children: [Child::Name(new); 2] }, usize::from(!with));
        new
    }

    /// Puts a branch where names begin to differ at its bit; what is there already becomes its child
    /// number `other`.
    fn splice(&mut self, name: &str, mut branch: Branch, other: usize) {
        let new = Child::Branch(number(self.branches.len()));
        let mut above: Option<(usize, usize)> = None;
        let mut child = self.root;
        while let Some(Child::Branch(below)) = child {
            let Some(next) = self.branches.get(place(below)) else { break };
            if (next.byte, std::cmp::Reverse(next.mask)) > (branch.byte, std::cmp::Reverse(branch.mask)) {
                break;
            }
            let side = usize::from(byte(name, next.byte) & next.mask != 0);
            above = Some((place(below), side));
            child = next.children.get(side).copied();
        }
        if let (Some(slot), Some(child)) = (branch.children.get_mut(other), child) {
            *slot = child;
        }
        self.branches.push(branch);
        let slot = above
            .and_then(|(parent, side)| self.branches.get_mut(parent).and_then(|parent| parent.children.get_mut(side)));
        match slot {
            Some(slot) => *slot = new,
            None => self.root = Some(new),
        }
    }
}

fn highest_bit(difference: u16) -> u16 {
    0x8000_u16.checked_shr(difference.leading_zeros()).unwrap_or_default()
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
        assert_eq!(index.names().len(), expected.len());
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
