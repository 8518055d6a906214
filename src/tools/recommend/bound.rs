//! What covering the rows costs at least: what the search can leave out without looking.

use super::search::{Node, Open, Search};
use crate::tools::bits::Bits;

/// A bound from below, and the candidates with which it is too high.
pub(super) struct Bound {
    pub(super) further: u32,
    pub(super) roles: usize,
    pub(super) hopeless: Vec<usize>,
}

impl Search<'_> {
    /// What may be denied in the end, and what is to be counted for nobody.
    ///
    /// A candidate that gives at least as much as it can take away, and that much for itself, makes no set
    /// better by its denies: what it gives is set aside to pay for what it takes.
    fn deniable(&self, node: &Node, free: &Bits, denying: &Bits) -> (Bits, Bits) {
        let candidates = &self.problem.candidates;
        let (mut all, mut given) = (node.denies.clone(), node.further.clone());
        for candidate in free.numbers().filter_map(|place| candidates.get(place)) {
            given.add(&candidate.further);
        }
        for candidate in denying.numbers().filter_map(|place| candidates.get(place)) {
            all.add(&candidate.denies);
        }
        given.take(&node.denies);
        let (mut denied, mut claimed) = (node.denies.clone(), given.without(&given));
        for candidate in denying.numbers().filter_map(|place| candidates.get(place)) {
            let most = candidate.denies.count_shared(&given);
            if most == 0 {
                continue;
            }
            let own = candidate.further.without(&all).without(&node.further).without(&claimed);
            if own.count() < most {
                denied.add(&candidate.denies);
                continue;
            }
            for (number, _) in own.numbers().zip(0..most) {
                claimed.insert(number);
            }
        }
        (denied, claimed)
    }

    /// What covering the rows costs at least, if only `free` candidates are chosen any more, of which those of
    /// `denying` may deny.
    ///
    /// What all candidates of a row give is given for certain. Beyond that each row costs at least what its
    /// cheapest candidate adds; so that nothing is counted for two rows, as much of each candidate as was
    /// counted is used up.
    pub(super) fn bound_of(&self, node: &Node, free: &Bits, rows: &[Open], denying: &Bits) -> Bound {
        let candidates = &self.problem.candidates;
        let (denied, claimed) = self.deniable(node, free, denying);
        let mut adds: Vec<Option<Bits>> = vec![None; candidates.len()];
        let mut used = node.further.without(&denied);
        for place in free.numbers() {
            let Some((slot, candidate)) = adds.get_mut(place).zip(candidates.get(place)) else { continue };
            if !candidate.covers.is_within(&node.covered) {
                *slot = Some(candidate.further.without(&denied).without(&used).without(&claimed));
            }
        }
        let mut certain = used.clone();
        for row in rows {
            let mut shared: Option<Bits> = None;
            for added in added_by(&adds, &row.candidates) {
                match &mut shared {
                    Some(shared) => shared.keep(added),
                    None => shared = Some(added.clone()),
                }
            }
            if let Some(shared) = shared {
                certain.add(&shared);
            }
        }
        let given = certain.count();
        let mut hopeless = Vec::new();
        for (place, added) in adds.iter().enumerate() {
            let too_much = added
                .as_ref()
                .is_some_and(|added| given.saturating_add(added.without(&certain).count()) > self.bound.0);
            if too_much {
                hopeless.push(place);
            }
        }
        used.add(&certain);
        let (mut further, mut roles) = (given, 0_usize);
        let mut met = free.without(free);
        for row in rows {
            further = further.saturating_add(use_up(&adds, &row.candidates, &mut used));
            if !row.candidates.meets(&met) {
                roles = roles.saturating_add(1);
                met.add(&row.candidates);
            }
        }
        Bound { further, roles, hopeless }
    }
}

/// What the candidates of a row add.
fn added_by<'a>(adds: &'a [Option<Bits>], row: &'a Bits) -> impl Iterator<Item = &'a Bits> {
    row.numbers().filter_map(|place| adds.get(place)?.as_ref())
}

/// What the cheapest candidate of a row adds to what is used already; as much of each of them is used up.
fn use_up(adds: &[Option<Bits>], row: &Bits, used: &mut Bits) -> u32 {
    let least = added_by(adds, row).map(|added| added.without(used).count()).min().unwrap_or_default();
    if least == 0 {
        return 0;
    }
    let mut taken = used.without(used);
    for added in added_by(adds, row) {
        let mut missing = least.saturating_sub(added.count_shared(&taken));
        for number in added.without(used).without(&taken).numbers() {
            if missing == 0 {
                break;
            }
            taken.insert(number);
            missing = missing.saturating_sub(1);
        }
    }
    used.add(&taken);
    least
}
