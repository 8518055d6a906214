//! The declared name that was probably meant.

use crate::text::join;

/// Names for which a near one is looked up. Each look-up goes through all that are declared, and
/// whoever has this many to mend is not helped by more.
pub(super) const HINTS: u32 = 100;

/// A name this long at most is compared: longer ones are no typing mistakes.
const LONGEST: usize = 80;

/// Asks whether the nearest of the names was meant, if one is near enough: one edit for every three
/// characters, and three at most. An edit is a character more, less or other, or two swapped.
pub(super) fn nearest<'n>(written: &str, mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    // One search for every kind of list: what is generic here is the way to it alone.
    search(written, &mut names).map(|name| join(&["did you mean `", name, "`?"]))
}

fn search<'n>(written: &str, names: &mut dyn Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut best = None;
    let mut bound = (written.len().saturating_add(1) / 3).min(3);
    for name in names {
        if name.eq_ignore_ascii_case(written) {
            return Some(name);
        }
        if let Some(distance) = distance(written.as_bytes(), name.as_bytes(), bound) {
            best = Some(name);
            // Only a strictly nearer name may take its place, so that the first of equals stays.
            match distance.checked_sub(1) {
                Some(nearer) => bound = nearer,
                None => return best,
            }
        }
    }
    best
}

/// How many edits lie between two names, if no more than `bound`.
fn distance(a: &[u8], b: &[u8], bound: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > bound || a.len().max(b.len()) > LONGEST {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i.saturating_add(1));
        let mut left = i.saturating_add(1);
        let mut last_b = None;
        for (j, y) in b.iter().enumerate() {
            let diagonal = above.get(j).copied().unwrap_or(usize::MAX);
            let up = above.get(j.saturating_add(1)).copied().unwrap_or(usize::MAX);
            let mut cell =
                diagonal.saturating_add(usize::from(x != y)).min(up.saturating_add(1)).min(left.saturating_add(1));
            if last_a == Some(y) && last_b == Some(x) {
                let swapped = before.get(j.saturating_sub(1)).copied().unwrap_or(usize::MAX);
                cell = cell.min(swapped.saturating_add(1));
            }
            row.push(cell);
            left = cell;
            last_b = Some(y);
        }
        before = std::mem::replace(&mut above, row);
        last_a = Some(x);
    }
    above.last().copied().filter(|distance| *distance <= bound)
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        let names = ["editor", "reader", "owner", "a"];
        let near = |written: &str| search(written, &mut names.into_iter());
        assert_eq!(near("edtior"), Some("editor"));
        assert_eq!(near("Owner"), Some("owner"));
        assert_eq!(near("readers"), Some("reader"));
        for other in ["b", "guest", ""] {
            assert_eq!(near(other), None, "{other}");
        }
    }
}
