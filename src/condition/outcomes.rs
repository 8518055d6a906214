//! Sets of truth values: what a condition can still come to (section 5, «no resource given»).

/// A truth value of Kleene's strong logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Nobody can say.
    Unknown,
}

/// A set of truth values, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes(u8);

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const UNKNOWN: u8 = 4;

impl Outcomes {
    /// Certainly true: what a grant without a condition has.
    pub const TRUE: Outcomes = Outcomes(TRUE);
    /// Certainly false.
    pub const FALSE: Outcomes = Outcomes(FALSE);
    /// Certainly unknown.
    pub const UNKNOWN: Outcomes = Outcomes(UNKNOWN);
    /// What reads a resource that was not given.
    pub const OPEN: Outcomes = Outcomes(TRUE | FALSE);

    /// True for exactly `{true}`.
    #[must_use]
    pub fn is_exactly_true(self) -> bool {
        self.0 == TRUE
    }

    /// True where only one thing can come of it.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    /// True where the set has true in it.
    #[must_use]
    pub fn may_be_true(self) -> bool {
        self.0 & TRUE != 0
    }

    /// True where the set has false in it.
    #[must_use]
    pub fn may_be_false(self) -> bool {
        self.0 & FALSE != 0
    }

    /// True where the set has something else than false in it.
    #[must_use]
    pub fn may_be_other_than_false(self) -> bool {
        self.0 & !FALSE != 0
    }

    /// The conjunction of each with each.
    #[must_use]
    pub fn and(self, other: Outcomes) -> Outcomes {
        let (a, b) = (self.0, other.0);
        let mut set = (a & b) & TRUE;
        set |= (a | b) & FALSE;
        // Unknown arises where one side can be unknown and the other unknown or true.
        if (a & UNKNOWN != 0 && b & (UNKNOWN | TRUE) != 0) || (b & UNKNOWN != 0 && a & (UNKNOWN | TRUE) != 0) {
            set |= UNKNOWN;
        }
        Outcomes(set)
    }

    /// The disjunction of each with each.
    #[must_use]
    pub fn or(self, other: Outcomes) -> Outcomes {
        self.negate().and(other.negate()).negate()
    }

    /// The negation of each.
    #[must_use]
    pub fn negate(self) -> Outcomes {
        let swapped = (self.0 & TRUE) << 1 | (self.0 & FALSE) >> 1;
        Outcomes(swapped | (self.0 & UNKNOWN))
    }
}

impl From<Truth> for Outcomes {
    fn from(truth: Truth) -> Outcomes {
        Outcomes(match truth {
            Truth::True => TRUE,
            Truth::False => FALSE,
            Truth::Unknown => UNKNOWN,
        })
    }
}

impl From<bool> for Outcomes {
    fn from(truth: bool) -> Outcomes {
        if truth { Outcomes::TRUE } else { Outcomes::FALSE }
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcomes, Truth};

    const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

    fn elements(set: Outcomes) -> Vec<usize> {
        (0..3).filter(|i| set.0 & Outcomes::from(TRUTHS[*i]).0 != 0).collect()
    }

    #[test]
    fn every_operator_works_on_each_pair_of_elements() {
        for a in 1..8 {
            for b in 1..8 {
                let (x, y) = (Outcomes(a), Outcomes(b));
                let mut and = Vec::new();
                let mut or = Vec::new();
                for i in elements(x) {
                    for j in elements(y) {
                        and.push(i.min(j));
                        or.push(i.max(j));
                    }
                }
                for list in [&mut and, &mut or] {
                    list.sort_unstable();
                    list.dedup();
                }
                assert_eq!(elements(x.and(y)), and, "{a} and {b}");
                assert_eq!(elements(x.or(y)), or, "{a} or {b}");
            }
        }
    }
}
