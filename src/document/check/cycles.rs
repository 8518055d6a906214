//! Cycles in what names itself by way of others.

/// Cycles that are looked for: whoever has this many to mend is not helped by more, and the search
/// stays linear.
const CYCLES: usize = 100;

// What is known of a place.
const NEW: u32 = 0;
const ON_PATH: u32 = 1;
const DONE: u32 = 2;

/// The cycles among places of which each leads to others: the places on each, from the first that was
/// come upon. The search keeps its own stack: chains can be as long as a policy has roles.
pub(super) fn cycles(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut known = vec![NEW; edges.len()];
    let mut found = Vec::new();
    // Where the search stands, and beside each place the number of its edges that were followed.
    let mut path: Vec<u32> = Vec::new();
    let mut followed: Vec<u32> = Vec::new();
    for start in (0..).take(edges.len()) {
        let mut next = Some(start);
        loop {
            let state = next.and_then(|place| known.get_mut(usize::try_from(place).ok()?));
            if let (Some(place), Some(state)) = (next, state) {
                if *state == NEW {
                    *state = ON_PATH;
                    path.push(place);
                    followed.push(0);
                } else if *state == ON_PATH && found.len() < CYCLES {
                    let first = path.iter().position(|other| *other == place).unwrap_or_default();
                    found.push(path.get(first..).unwrap_or_default().to_vec());
                }
            }
            let (Some(place), Some(edge)) = (path.last(), followed.last_mut()) else { break };
            let Ok(place) = usize::try_from(*place) else { break };
            next = edges.get(place).and_then(|targets| targets.get(usize::try_from(*edge).ok()?)).copied();
            *edge = edge.saturating_add(1);
            if next.is_none() {
                if let Some(state) = known.get_mut(place) {
                    *state = DONE;
                }
                path.pop();
                followed.pop();
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
