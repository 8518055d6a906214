//! A tape of choices: every document is built by reading bytes off a tape, so that whatever the bytes are the
//! document is valid, and whatever shrinks the tape shrinks the document. A zero, which is also what an exhausted tape
//! gives, always chooses the plainest thing.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

/// The bytes that one part of a document is built from.
pub(super) type Tape = Vec<u8>;

/// Tapes of up to `length` bytes, most of them whole. Where a tape is cut is chosen first, so that shrinking starts by
/// making everything beyond the cut plain at once.
pub(super) fn tape(length: usize) -> impl Strategy<Value = Tape> {
    (0..=4 * length, vec(any::<u8>(), length)).prop_map(|(cut, mut bytes)| {
        bytes.truncate(cut);
        bytes
    })
}

/// Between `least` and `most` tapes: one for each element of a list, so that an element goes when its tape goes.
pub(super) fn tapes(least: usize, most: usize, length: usize) -> impl Strategy<Value = Vec<Tape>> {
    vec(tape(length), least..=most)
}

/// The choices that are left on a tape.
pub(super) struct Choices<'a>(std::slice::Iter<'a, u8>);

impl<'a> Choices<'a> {
    pub(super) fn new(tape: &'a [u8]) -> Self {
        Choices(tape.iter())
    }

    fn next(&mut self) -> usize {
        self.0.next().copied().map_or(0, usize::from)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.next() % bound
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.next() * 100 >= (100 - percent) * 256
    }

    pub(super) fn pick<'b, T>(&mut self, pool: &'b [T]) -> &'b T {
        &pool[self.below(pool.len())]
    }

    /// Between `least` and `most` different elements of the pool, as far as it has them.
    pub(super) fn some<T: Clone>(&mut self, pool: &[T], least: usize, most: usize) -> Vec<T> {
        let mut left = pool.to_vec();
        let count = least + self.below(most - least + 1);
        let mut chosen = Vec::new();
        while chosen.len() < count && !left.is_empty() {
            let index = self.below(left.len());
            chosen.push(left.remove(index));
        }
        chosen
    }

    /// The elements of the pool that a chance each lets through.
    pub(super) fn each<T: Clone>(&mut self, pool: &[T], percent: usize) -> Vec<T> {
        pool.iter().filter(|_| self.chance(percent)).cloned().collect()
    }
}
