//! A recommendation as a problem of sets: candidates that cover rows, what else they give, and what they take
//! away from one another.
//!
//! A role that denies something needed, even by a condition, is in no set that allows it, so it is no
//! candidate. Of those that are left every needed permission is allowed as soon as one of them allows it.

use super::exclusive::Exclusions;
use crate::order::sorted;
use crate::policy::RoleId;
use crate::tools::bits::Bits;

/// More candidates than this are not compared with one another: the search has to do without.
pub(super) const COMPARED: usize = 4_096;

/// One role that can be recommended.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) role: RoleId,
    /// The rows, needed permissions, that it allows.
    pub(super) covers: Bits,
    /// What else it allows or may allow.
    pub(super) further: Bits,
    /// What it denies for certain, of what others give.
    pub(super) denies: Bits,
    /// As which of the exclusive roles it counts.
    pub(super) counted: Bits,
}

/// The candidates by their names' order, and what is to be covered.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) candidates: Vec<Candidate>,
    /// For each row its candidates.
    pub(super) rows: Vec<Bits>,
    pub(super) exclusions: Exclusions,
    /// How many roles there may be.
    pub(super) most: usize,
    /// Further permissions that every set gives.
    pub(super) base: u32,
}

impl Problem {
    /// The problem without what decides nothing; `None` where some needed permission has no candidate.
    ///
    /// What goes are candidates that are in no best set, and the order of names among best sets is kept: a
    /// candidate goes for another only if that one's name comes first.
    pub(super) fn reduced(
        mut candidates: Vec<Candidate>,
        mut needed: Bits,
        exclusions: Exclusions,
        most: usize,
        left: &mut Option<usize>,
    ) -> Option<Problem> {
        let mut base = 0_u32;
        loop {
            let before = (candidates.len(), needed.count(), base);
            needed = hardest(&candidates, &needed, left)?;
            for candidate in &mut candidates {
                candidate.covers.keep(&needed);
            }
            base = base.saturating_add(settle(&mut candidates, &needed));
            candidates.retain(|candidate| !candidate.covers.is_empty() || !candidate.denies.is_empty());
            drop_dominated(&mut candidates, left);
            if before == (candidates.len(), needed.count(), base) || left.is_none() {
                break;
            }
        }
        let mut rows = Vec::new();
        for row in needed.numbers() {
            rows.push(candidates_of(&candidates, row));
        }
        compress(&mut candidates, &needed);
        Some(Problem { candidates, rows, exclusions, most, base })
    }
}

/// Takes work off what is left of it; nothing is left once it does not suffice.
pub(super) fn spend(left: &mut Option<usize>, work: usize) {
    *left = left.and_then(|left| left.checked_sub(work));
}

fn candidates_of(candidates: &[Candidate], row: usize) -> Bits {
    let mut found = Bits::new(candidates.len());
    for (place, candidate) in candidates.iter().enumerate() {
        if candidate.covers.has(row) {
            found.insert(place);
        }
    }
    found
}

/// The rows without those that are covered whenever another is.
fn hardest(candidates: &[Candidate], needed: &Bits, left: &mut Option<usize>) -> Option<Bits> {
    let mut rows = Vec::new();
    for row in needed.numbers() {
        let found = candidates_of(candidates, row);
        if found.is_empty() {
            return None;
        }
        rows.push((found.count(), found, row));
    }
    spend(left, rows.len().saturating_mul(candidates.len()));
    let mut kept: Vec<(Bits, usize)> = Vec::new();
    for (_, found, row) in sorted(rows) {
        spend(left, kept.len());
        if left.is_none() || !kept.iter().any(|(harder, _)| harder.is_within(&found)) {
            kept.push((found, row));
        }
    }
    let mut rows = needed.without(needed);
    for (_, row) in kept {
        rows.insert(row);
    }
    Some(rows)
}

/// Takes out what every set gives, and says how much that is; and what nobody gives out of the denies.
fn settle(candidates: &mut [Candidate], needed: &Bits) -> u32 {
    let Some(first) = candidates.first() else { return 0 };
    let none = first.further.without(&first.further);
    let (mut given, mut denied, mut certain) = (none.clone(), none.clone(), none);
    for candidate in candidates.iter() {
        given.add(&candidate.further);
        denied.add(&candidate.denies);
    }
    for row in needed.numbers() {
        let mut shared: Option<Bits> = None;
        for candidate in candidates.iter().filter(|candidate| candidate.covers.has(row)) {
            match &mut shared {
                Some(shared) => shared.keep(&candidate.further),
                None => shared = Some(candidate.further.clone()),
            }
        }
        if let Some(shared) = shared {
            certain.add(&shared.without(&denied));
        }
    }
    given.take(&certain);
    for candidate in candidates.iter_mut() {
        candidate.further.take(&certain);
        candidate.denies.keep(&given);
    }
    certain.count()
}

/// Drops every candidate that an earlier one can stand in for, whatever else is chosen.
fn drop_dominated(candidates: &mut Vec<Candidate>, left: &mut Option<usize>) {
    if candidates.len() > COMPARED {
        return;
    }
    spend(left, candidates.len().saturating_mul(candidates.len()).saturating_mul(2));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates.drain(..) {
        if !kept.iter().any(|other| stands_in(other, &candidate)) {
            kept.push(candidate);
        }
    }
    *candidates = kept;
}

/// True where a candidate does all that another does, and gives and excludes no more.
pub(super) fn stands_in(one: &Candidate, other: &Candidate) -> bool {
    other.covers.is_within(&one.covers)
        && one.further.is_within(&other.further)
        && other.denies.is_within(&one.denies)
        && one.counted.is_within(&other.counted)
}

/// Numbers the rows and the further permissions anew, without those that are gone.
fn compress(candidates: &mut [Candidate], needed: &Bits) {
    let Some(first) = candidates.first() else { return };
    let mut further = first.further.without(&first.further);
    for candidate in candidates.iter() {
        further.add(&candidate.further);
    }
    for candidate in candidates.iter_mut() {
        candidate.covers = renumbered(&candidate.covers, needed);
        candidate.denies = renumbered(&candidate.denies, &further);
        candidate.further = renumbered(&candidate.further, &further);
    }
}

/// A set by the places that its numbers have among those that are kept.
fn renumbered(set: &Bits, kept: &Bits) -> Bits {
    let mut places = Bits::new(usize::try_from(kept.count()).unwrap_or_default());
    for (place, number) in kept.numbers().enumerate() {
        if set.has(number) {
            places.insert(place);
        }
    }
    places
}
