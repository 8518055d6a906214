//! Sorting for a module whose size is a feature: one small heap sort for each type, where the standard
//! library's fast sorts take three to ten kilobytes each.

use std::collections::BinaryHeap;

/// The list in ascending order.
pub(crate) fn sorted<T: Ord>(list: Vec<T>) -> Vec<T> {
    if list.len() < 2 {
        return list;
    }
    BinaryHeap::from(list).into_sorted_vec()
}

/// The list in ascending order, each element once.
pub(crate) fn sorted_set<T: Ord>(list: Vec<T>) -> Vec<T> {
    let mut list = sorted(list);
    list.dedup();
    list
}
