//! Reads how many tests passed and failed from what the test runners print.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The two kinds of runner, told apart by the lines that they end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// `cargo test` and wasm-bindgen's runner, one line for each binary: `test result: ok. 3 passed; 0 failed; …`
    Rust,
    /// `node --test` with its spec reporter: `ℹ pass 3`, `ℹ fail 0`, `ℹ cancelled 0`
    Node,
}

impl Runner {
    /// What one line of output adds to the count.
    pub fn count(self, line: &str) -> Count {
        let mut count = Count::default();
        match self {
            Self::Rust => {
                let Some((_, numbers)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
                else {
                    return count;
                };
                for part in numbers.split("; ") {
                    match part.split_once(' ') {
                        Some((number, "passed")) => count.passed = number.parse().unwrap_or(0),
                        Some((number, "failed")) => count.failed = number.parse().unwrap_or(0),
                        _ => {}
                    }
                }
            }
            Self::Node => match line.strip_prefix("ℹ ").and_then(|rest| rest.split_once(' ')) {
                Some(("pass", number)) => count.passed = number.parse().unwrap_or(0),
                Some(("fail" | "cancelled", number)) => count.failed = number.parse().unwrap_or(0),
                _ => {}
            },
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Runner};

    fn counted(runner: Runner, output: &str) -> Count {
        let mut total = Count::default();
        output.lines().for_each(|line| total += runner.count(line));
        total
    }

    #[test]
    fn the_binaries_of_one_cargo_test_add_up() {
        let output = "running 3 tests\ntest one ... ok\n\
                      test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(counted(Runner::Rust, output), Count { passed: 4, failed: 2 });
    }

    #[test]
    fn a_cancelled_node_test_has_failed() {
        let output = "✔ one (1ms)\nℹ tests 7\nℹ suites 1\nℹ pass 4\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(counted(Runner::Node, output), Count { passed: 4, failed: 2 });
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(counted(Runner::Rust, "test passes_3_passed; ... ok\nℹ pass 4"), Count::default());
        assert_eq!(counted(Runner::Node, "test result: ok. 3 passed; 0 failed\n▶ pass 4"), Count::default());
    }
}
