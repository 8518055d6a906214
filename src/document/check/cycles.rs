//! Cycles in what names itself by way of others.

use crate::policy::{at, count, slot};

/// Cycles that are looked for: whoever has this many to mend is not helped by more, and the search
/// stays linear.
const CYCLES: usize = 100;

/// All that leads on from a place was followed.
const DONE: u32 = u32::MAX;

/// The cycles among places of which each leads to others: the places on each, from the first that was
/// come upon. The search keeps its own stack: chains can be as long as a policy has roles.
pub(super) fn cycles(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    // How many steps were taken from each place: none where the search has not been.
    let mut taken = vec![0; edges.len()];
    let mut path: Vec<u32> = Vec::new();
    for start in 0..count(edges) {
        if at(&taken, start).is_some_and(|steps| *steps == 0) {
            path.push(start);
        }
        while let Some(place) = path.last().copied() {
            let (Some(targets), Some(steps)) = (at(edges, place), slot(&mut taken, place)) else { break };
            let Some(next) = at(targets, *steps).copied() else {
                *steps = DONE;
                path.pop();
                continue;
            };
            *steps = steps.saturating_add(1);
            match at(&taken, next) {
                Some(0) => path.push(next),
                Some(steps) if *steps != DONE && found.len() < CYCLES => {
                    let first = path.iter().position(|other| *other == next).unwrap_or_default();
                    found.push(path.get(first..).unwrap_or_default().to_vec());
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn every_cycle_is_found_and_a_diamond_is_none() {
        let edges = [vec![1, 2], vec![3], vec![3], vec![], vec![4], vec![6], vec![7], vec![5, 3]];
        assert_eq!(cycles(&edges), [vec![4], vec![5, 6, 7]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_walked_without_recursion() {
        let mut edges: Vec<Vec<u32>> = (1..100_000).map(|next| vec![next]).collect();
        assert!(cycles(&edges).is_empty());
        edges.push(vec![0]);
        assert_eq!(cycles(&edges).iter().map(Vec::len).collect::<Vec<_>>(), [100_000]);
    }
}
