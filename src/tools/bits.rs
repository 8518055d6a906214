//! Sets of small numbers, a bit each. The sets that are compared are made for the same length.

/// A set of numbers below the length that it was made for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bits {
    words: Vec<u64>,
}

fn place(number: usize) -> (usize, u64) {
    (number / 64, 1_u64.wrapping_shl(u32::try_from(number % 64).unwrap_or_default()))
}

impl Bits {
    /// The empty set of numbers below `length`.
    #[must_use]
    pub fn new(length: usize) -> Bits {
        Bits { words: vec![0; length.div_ceil(64)] }
    }

    /// True where the number is in the set.
    #[must_use]
    pub fn has(&self, number: usize) -> bool {
        let (word, bit) = place(number);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds a number; nothing where it is beyond the length.
    pub fn insert(&mut self, number: usize) {
        let (word, bit) = place(number);
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: usize) {
        let (word, bit) = place(number);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Adds the numbers `start..end`.
    pub fn insert_run(&mut self, start: u32, end: u32) {
        for number in start..end {
            self.insert(usize::try_from(number).unwrap_or(usize::MAX));
        }
    }

    /// Adds the other's numbers.
    pub fn add(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes the other's numbers out.
    pub fn take(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Leaves only the numbers that the other has too.
    pub fn keep(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// This set without the other's numbers.
    #[must_use]
    pub fn without(&self, other: &Bits) -> Bits {
        let mut rest = self.clone();
        rest.take(other);
        rest
    }

    /// How many numbers are in the set.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().fold(0, |sum: u32, word| sum.saturating_add(word.count_ones()))
    }

    /// How many numbers both sets have.
    #[must_use]
    pub fn count_shared(&self, other: &Bits) -> u32 {
        let pairs = self.words.iter().zip(&other.words);
        pairs.fold(0, |sum: u32, (word, other)| sum.saturating_add((word & other).count_ones()))
    }

    /// True for the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// True where the other set has every number of this one.
    #[must_use]
    pub fn is_within(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).all(|(word, other)| word & !other == 0)
    }

    /// True where both sets have some number.
    #[must_use]
    pub fn meets(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    /// The numbers in ascending order.
    #[must_use]
    pub fn numbers(&self) -> Numbers<'_> {
        Numbers { words: &self.words, word: 0, base: 0 }
    }

    /// How many words a pass over the set reads.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words.len()
    }
}

/// The numbers of a set that are still to come.
#[derive(Debug)]
pub struct Numbers<'a> {
    words: &'a [u64],
    word: u64,
    /// The first number of the word after the one that is read.
    base: usize,
}

impl Iterator for Numbers<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.word == 0 {
            let (first, rest) = self.words.split_first()?;
            (self.word, self.words, self.base) = (*first, rest, self.base.saturating_add(64));
        }
        let bit = usize::try_from(self.word.trailing_zeros()).unwrap_or_default();
        self.word &= self.word.wrapping_sub(1);
        Some(self.base.saturating_sub(64).saturating_add(bit))
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    fn of(numbers: &[usize]) -> Bits {
        let mut bits = Bits::new(200);
        numbers.iter().for_each(|number| bits.insert(*number));
        bits
    }

    #[test]
    fn a_set_has_what_was_put_in_and_not_taken_out() {
        let mut bits = of(&[0, 63, 64, 199]);
        assert_eq!(bits.numbers().collect::<Vec<_>>(), [0, 63, 64, 199]);
        bits.remove(63);
        bits.insert(1000);
        assert!(bits.has(64) && !bits.has(63) && !bits.has(1000));
        bits.insert_run(60, 66);
        assert_eq!(bits.numbers().collect::<Vec<_>>(), [0, 60, 61, 62, 63, 64, 65, 199]);
        assert_eq!(bits.count(), 8);
    }

    #[test]
    fn sets_are_joined_taken_from_and_compared() {
        let (a, b) = (of(&[1, 70, 130]), of(&[70, 131]));
        assert!(a.meets(&b) && !a.is_within(&b) && of(&[70]).is_within(&a));
        assert_eq!(a.count_shared(&b), 1);
        assert_eq!(a.without(&b), of(&[1, 130]));
        let (mut joined, mut shared) = (a.clone(), a);
        joined.add(&b);
        shared.keep(&b);
        assert_eq!((joined, shared), (of(&[1, 70, 130, 131]), of(&[70])));
        assert!(of(&[]).is_empty() && !b.is_empty());
    }
}
