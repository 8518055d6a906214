//! Cycles in what names itself by way of others.

/// Cycles that are looked for: whoever has this many to mend is not helped by more, and the search
/// stays linear.
const CYCLES: usize = 100;

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    OnPath,
    Done,
}

/// Finds the cycles among places of which each leads to others. Each is told once, as the places on
/// it from the first that was come upon. The search keeps its own stack: chains can be as long as a
/// policy has roles.
pub(super) fn cycles(edges: &[Vec<u32>], tell: &mut dyn FnMut(&[u32])) {
    let mut seen = vec![Seen::Never; edges.len()];
    let mut found = 0_usize;
    for start in (0..).take(edges.len()) {
        // Where the search stands, and beside each place the number of its edges that were followed.
        let (mut path, mut followed): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut next = Some(start);
        loop {
            let state = next.and_then(|place| seen.get_mut(usize::try_from(place).ok()?));
            match (next.take(), state) {
                (Some(place), Some(state @ Seen::Never)) => {
                    *state = Seen::OnPath;
                    path.push(place);
                    followed.push(0);
                }
                (Some(place), Some(Seen::OnPath)) if found < CYCLES => {
                    found = found.saturating_add(1);
                    let first = path.iter().position(|other| *other == place).unwrap_or_default();
                    tell(path.get(first..).unwrap_or_default());
                }
                _ => {}
            }
            let (Some(place), Some(edge)) = (path.last(), followed.last_mut()) else { break };
            let Ok(place) = usize::try_from(*place) else { break };
            next = edges.get(place).and_then(|targets| targets.get(usize::try_from(*edge).ok()?)).copied();
            *edge = edge.saturating_add(1);
            if next.is_none() {
                if let Some(state) = seen.get_mut(place) {
                    *state = Seen::Done;
                }
                path.pop();
                followed.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cycles;

    fn found(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        cycles(edges, &mut |cycle| found.push(cycle.to_vec()));
        found
    }

    #[test]
    fn every_cycle_is_found_and_a_diamond_is_none() {
        let edges = [vec![1, 2], vec![3], vec![3], vec![], vec![4], vec![6], vec![7], vec![5, 3]];
        assert_eq!(found(&edges), [vec![4], vec![5, 6, 7]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_walked_without_recursion() {
        let mut edges: Vec<Vec<u32>> = (1..100_000).map(|next| vec![next]).collect();
        assert!(found(&edges).is_empty());
        edges.push(vec![0]);
        assert_eq!(found(&edges).iter().map(Vec::len).collect::<Vec<_>>(), [100_000]);
    }
}
