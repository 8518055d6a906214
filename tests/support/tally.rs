//! Counts of what was compared, by kind, so that a suite can claim that each kind was met.

use std::cell::Cell;
use std::io::Write;

use proptest::prelude::*;

use super::cases;

/// Answers of each kind that were compared.
pub(crate) struct Tally<const KINDS: usize>([Cell<usize>; KINDS]);

impl<const KINDS: usize> Tally<KINDS> {
    pub(crate) fn new() -> Self {
        Tally(std::array::from_fn(|_| Cell::new(0)))
    }

    pub(crate) fn add(&self, kind: usize) {
        self.0[kind].set(self.0[kind].get() + 1);
    }

    /// Writes the counts past the capture of the test harness, for they belong in the log of every run, and
    /// asks for enough of them all and a hundredth of each kind.
    pub(crate) fn told(&self, what: &str, kinds: [&str; KINDS], least: usize) {
        let counts = self.0.each_ref().map(Cell::get);
        let all: usize = counts.iter().sum();
        let list: Vec<String> = counts.iter().zip(kinds).map(|(count, kind)| format!("{count} {kind}")).collect();
        let list = list.join(", ");
        let mut log = std::io::stderr();
        writeln!(log, "{what}: {all} compared, {list}").unwrap();
        assert!(all >= least, "{what}: {all} answers");
        for (count, kind) in counts.iter().zip(kinds) {
            assert!(count * 100 >= all, "{what}: {kind} in {count} of {all}");
        }
    }
}

/// Runs a test over so many cases, and panics with the first that fails, made small.
pub(crate) fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    if let Err(failure) = cases::runner(cases).run(strategy, test) {
        panic!("{failure}");
    }
}
