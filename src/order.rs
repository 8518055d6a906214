//! Sorting for a module whose size is a feature: one small heap sort for each type, where the standard
//! library's fast sorts take three to ten kilobytes each.

use std::collections::BinaryHeap;

/// The list in ascending order.
pub(crate) fn sorted<T: Ord>(list: Vec<T>) -> Vec<T> {
    BinaryHeap::from(list).into_sorted_vec()
}

/// The list in ascending order, each element once.
pub(crate) fn sorted_set<T: Ord>(list: Vec<T>) -> Vec<T> {
    let mut list = sorted(list);
    list.dedup();
    list
}

/// A number that sorts by IEEE 754's total order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Total(pub(crate) f64);

impl PartialEq for Total {
    fn eq(&self, other: &Total) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Total) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Total) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
