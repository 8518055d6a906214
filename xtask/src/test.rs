//! `cargo xtask test`: sets up, builds and runs every suite, whatever the one before it came to. The last line is the
//! total over everything: `N passed, M failed`.

use std::time::Instant;

use anyhow::Result;

use crate::build::build;
use crate::count::Count;
use crate::run::seconds;
use crate::setup::{Browsers, setup};
use crate::suites::{self, Suite};
use crate::watch::{End, watch};

/// One line of the summary.
struct Row {
    name: String,
    count: Count,
    time: String,
    remark: &'static str,
}

/// Whether all is well.
pub fn test() -> bool {
    let mut rows = Vec::new();
    rows.extend(failed_step("setup", || setup(Browsers::Wanted)));
    rows.extend(failed_step("build", build));
    match suites::all() {
        Ok(suites) => rows.extend(suites.into_iter().map(run)),
        Err(error) => rows.extend(failed_step("suites", || Err(error))),
    }
    summary(&rows)
}

/// Setting up and building are no tests: they count only when they fail, as one failure.
fn failed_step(name: &str, step: impl FnOnce() -> Result<()>) -> Option<Row> {
    let start = Instant::now();
    let error = step().err()?;
    println!("error: {error:#}");
    let count = Count { passed: 0, failed: 1 };
    Some(Row { name: name.to_owned(), count, time: seconds(start.elapsed()), remark: "" })
}

fn run(mut suite: Suite) -> Row {
    println!("\nsuite {}", suite.name);
    let start = Instant::now();
    let mut count = Count::default();
    let end = watch(&mut suite.command, suite.limit, |line| count += suite.runner.count(line));
    let end = end.unwrap_or_else(|error| {
        println!("error: {error:#}");
        End::Failure
    });
    let (count, remark) = verdict(count, &end);
    Row { name: suite.name, count, time: seconds(start.elapsed()), remark }
}

/// A suite that fails without a failed test, or passes without a test, is one failure: nothing that went wrong is
/// hidden behind a count of 0.
fn verdict(mut count: Count, end: &End) -> (Count, &'static str) {
    let remark = match end {
        End::OutOfTime => "out of time",
        End::Failure if count.failed == 0 => "ended with an error",
        End::Success if count == Count::default() => "ran no test",
        End::Success | End::Failure => return (count, ""),
    };
    count.failed += 1;
    (count, remark)
}

fn summary(rows: &[Row]) -> bool {
    println!("\n{:<20}{:>8}{:>8}{:>10}", "suite", "passed", "failed", "time");
    let mut total = Count::default();
    for Row { name, count, time, remark } in rows {
        println!("{name:<20}{:>8}{:>8}{time:>10}  {remark}", count.passed, count.failed);
        total += *count;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    total.failed == 0 && total.passed > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_without_a_test_has_failed() {
        assert_eq!(verdict(Count::default(), &End::Success).0.failed, 1);
    }

    #[test]
    fn an_error_without_a_failed_test_counts_as_one_failure() {
        let passed = Count { passed: 2, failed: 0 };
        assert_eq!(verdict(passed, &End::Failure).0, Count { passed: 2, failed: 1 });
        assert_eq!(verdict(passed, &End::OutOfTime).0, Count { passed: 2, failed: 1 });
        assert_eq!(verdict(passed, &End::Success).0, passed);
    }

    #[test]
    fn failed_tests_are_not_counted_twice() {
        let count = Count { passed: 1, failed: 2 };
        assert_eq!(verdict(count, &End::Failure).0, count);
    }
}
