//! Cycles in what names itself by way of others.

use crate::order::sorted;

/// Cycles that are looked for: whoever has this many to mend is not helped by more, and the search
/// stays linear.
const CYCLES: usize = 100;

/// Names of one cycle that a message spells out.
const SPELT: usize = 12;

/// The cycles among names of which each leads to others, each from its first name in the given order,
/// that name once. The search keeps its own stack: chains can be as long as a policy has roles.
pub(super) fn cycles<'d>(edges: &[(&'d str, Vec<&'d str>)]) -> Vec<Vec<&'d str>> {
    let places: Vec<(&str, usize)> = sorted(edges.iter().map(|(name, _)| *name).zip(0..).collect());
    let place_of = |name: &str| {
        let found = places.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
        places.get(found).map(|(_, place)| *place)
    };
    let mut seen = vec![Seen::Never; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        // Where the search stands: each place with the number of its edges that were followed.
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut next = Some(start).filter(|start| seen.get(*start) == Some(&Seen::Never));
        loop {
            if let Some(place) = next.take() {
                path.push((place, 0));
                mark(&mut seen, place, Seen::OnPath);
            }
            let Some((place, followed)) = path.last_mut() else { break };
            let Some((_, targets)) = edges.get(*place) else { break };
            let Some(target) = targets.get(*followed) else {
                mark(&mut seen, *place, Seen::Done);
                path.pop();
                continue;
            };
            *followed = followed.saturating_add(1);
            let Some(target) = place_of(target) else { continue };
            match seen.get(target) {
                Some(Seen::Never) => next = Some(target),
                Some(Seen::OnPath) if found.len() < CYCLES => {
                    let cycle = path.iter().skip_while(|(place, _)| *place != target);
                    found.push(cycle.filter_map(|(place, _)| Some(edges.get(*place)?.0)).collect());
                }
                _ => {}
            }
        }
    }
    found
}

/// A cycle in words: its names, the first one again at the end.
pub(super) fn spelt(cycle: &[&str]) -> String {
    let mut out = String::new();
    for name in cycle.iter().take(SPELT) {
        out.push('`');
        out.push_str(name);
        out.push_str("` → ");
    }
    if cycle.len() > SPELT {
        out.push_str("… → ");
    }
    out.push('`');
    out.push_str(cycle.first().copied().unwrap_or_default());
    out.push('`');
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    OnPath,
    Done,
}

fn mark(seen: &mut [Seen], place: usize, as_what: Seen) {
    if let Some(slot) = seen.get_mut(place) {
        *slot = as_what;
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::{cycles, spelt};

    #[test]
    fn every_cycle_is_found_and_a_diamond_is_none() {
        let edges = [
            ("a", vec!["b", "c"]),
            ("b", vec!["d"]),
            ("c", vec!["d"]),
            ("d", vec!["x"]),
            ("e", vec!["e"]),
            ("f", vec!["g"]),
            ("g", vec!["h"]),
            ("h", vec!["f", "d"]),
        ];
        let found = cycles(&edges);
        assert_eq!(found, [vec!["e"], vec!["f", "g", "h"]]);
        assert_eq!(spelt(&found[1]), "`f` → `g` → `h` → `f`");
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_walked_without_recursion() {
        let names: Vec<String> = (0..100_000).map(|i| format!("r{i}")).collect();
        let mut edges: Vec<(&str, Vec<&str>)> =
            names.windows(2).map(|w| (w[0].as_str(), vec![w[1].as_str()])).collect();
        assert!(cycles(&edges).is_empty());
        edges.push((&names[99_999], vec![&names[0]]));
        let found = cycles(&edges);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [100_000]);
        assert!(spelt(&found[0]).ends_with("`r11` → … → `r0`"));
    }
}
