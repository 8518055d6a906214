//! The search for the best set: branch and bound over the rows that are hardest to cover.
//!
//! Denies make it uneven: one more role can take further permissions away. So what a free candidate denies
//! counts in no bound. Where only a deny can still make a set better, the search branches over those that deny
//! instead of over rows.

use super::bound::Bound;
use super::problem::{COMPARED, Candidate, Problem, spend, stands_in};
use crate::order::sorted;
use crate::tools::bits::Bits;

/// How good a set is: its further permissions, those that every set gives aside, and its roles.
pub(super) type Worth = (u32, usize);

/// A search, and what is left of the work that it may take.
pub(super) struct Search<'p> {
    pub(super) problem: &'p Problem,
    pub(super) left: &'p mut Option<usize>,
    /// Only what is better is looked for.
    pub(super) bound: Worth,
    /// How many further permissions every set gives at least: what was known of the whole problem.
    pub(super) least: Option<u32>,
    best: Option<Vec<usize>>,
}

/// Some candidates are chosen, some are free, the others are out.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) free: Bits,
    pub(super) chosen: Vec<usize>,
    pub(super) covered: Bits,
    pub(super) further: Bits,
    pub(super) denies: Bits,
    counted: Bits,
}

/// What a node branches into: one of the choices each time, without those that were taken before it.
struct Branches {
    rest: Node,
    /// What is still to be tried, the best last.
    choices: Vec<usize>,
}

impl Branches {
    /// The branches of a node; the choices with the smallest numbers come first.
    fn new(rest: Node, choices: Vec<(u32, usize)>) -> Branches {
        let mut choices: Vec<usize> = sorted(choices).into_iter().map(|(_, place)| place).collect();
        choices.reverse();
        Branches { rest, choices }
    }
}

/// A row that is not covered, with its free candidates and how many they are.
pub(super) struct Open {
    pub(super) count: u32,
    pub(super) candidates: Bits,
}

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem, left: &'p mut Option<usize>) -> Search<'p> {
        Search { problem, left, bound: (u32::MAX, usize::MAX), least: None, best: None }
    }

    /// The best set and its worth; `None` where there is none, or no work is left before one is found.
    pub(super) fn best(&mut self) -> Option<(Worth, Vec<usize>)> {
        let mut free = self.all();
        let pairs = self.problem.candidates.len().saturating_mul(self.problem.candidates.len());
        spend(self.left, if self.is_small() { pairs.saturating_mul(2) } else { 0 });
        // Here names do not matter, so a candidate goes for a later one too.
        for (place, candidate) in self.problem.candidates.iter().enumerate().filter(|_| self.is_small()) {
            let later = self.problem.candidates.get(place.saturating_add(1)..).unwrap_or_default();
            if later.iter().any(|other| stands_in(other, candidate)) {
                free.remove(place);
            }
        }
        self.run(free, &[], false);
        self.best.take().map(|best| (self.bound, best))
    }

    /// A set of this worth at least with all of `chosen`, and else with candidates after the last of them alone.
    pub(super) fn any(&mut self, chosen: &[usize], worth: Worth) -> Option<Vec<usize>> {
        let mut free = self.all();
        for before in 0..=chosen.last().copied().unwrap_or_default() {
            free.remove(before);
        }
        self.bound = (worth.0, worth.1.saturating_add(1));
        self.run(free, chosen, true);
        self.best.take()
    }

    fn is_small(&self) -> bool {
        self.problem.candidates.len() <= COMPARED
    }

    fn all(&self) -> Bits {
        let mut all = Bits::new(self.problem.candidates.len());
        for place in 0..self.problem.candidates.len() {
            all.insert(place);
        }
        all
    }

    fn run(&mut self, free: Bits, chosen: &[usize], any: bool) {
        let Some(first) = self.problem.candidates.first() else {
            // Without candidates only the empty set is left, which is good enough where nothing is needed.
            if self.problem.rows.is_empty() && (0, 0) < self.bound {
                (self.bound, self.best) = ((0, 0), Some(Vec::new()));
            }
            return;
        };
        let none = |set: &Bits| set.without(set);
        let mut root = Node {
            free,
            chosen: Vec::new(),
            covered: none(&first.covers),
            further: none(&first.further),
            denies: none(&first.denies),
            counted: none(&first.counted),
        };
        for place in chosen {
            self.choose(&mut root, *place);
        }
        if !self.problem.exclusions.allow(&root.counted) {
            return;
        }
        let mut open = Vec::new();
        open.extend(self.expand(root));
        while let Some(branches) = open.last_mut().filter(|_| self.left.is_some() && !(any && self.best.is_some())) {
            let Some(place) = branches.choices.pop() else {
                open.pop();
                continue;
            };
            let mut next = branches.rest.clone();
            branches.rest.free.remove(place);
            self.choose(&mut next, place);
            if self.problem.exclusions.allow(&next.counted) {
                open.extend(self.expand(next));
            }
        }
    }

    fn choose(&self, node: &mut Node, place: usize) {
        let Some(candidate) = self.problem.candidates.get(place) else { return };
        node.free.remove(place);
        node.chosen.push(place);
        node.covered.add(&candidate.covers);
        node.further.add(&candidate.further);
        node.denies.add(&candidate.denies);
        node.counted.add(&candidate.counted);
    }

    fn free<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = (usize, &'p Candidate)> + 'a {
        node.free.numbers().filter_map(|place| Some((place, self.problem.candidates.get(place)?)))
    }

    /// Looks at a node, and says what it branches into.
    fn expand(&mut self, mut node: Node) -> Option<Branches> {
        let rows = loop {
            let rows = self.settle(&mut node)?;
            self.spend_on(&node, &rows);
            let bound = self.bound_of(&node, &node.free, &rows, &node.free);
            self.least.get_or_insert(bound.further);
            if !self.is_better(&node, &bound) {
                return None;
            }
            if bound.hopeless.is_empty() {
                break rows;
            }
            for place in &bound.hopeless {
                node.free.remove(*place);
            }
        };
        let deniers = self.deniers(&node);
        if rows.is_empty() {
            let worth = (node.further.without(&node.denies).count(), node.chosen.len());
            if worth < self.bound {
                (self.bound, self.best) = (worth, Some(node.chosen.clone()));
            }
            return Some(Branches::new(node, deniers));
        }
        if !deniers.is_empty() {
            let mut others = node.free.clone();
            for (_, place) in &deniers {
                others.remove(*place);
            }
            let mut left = Vec::new();
            for row in &rows {
                let mut candidates = row.candidates.clone();
                candidates.keep(&others);
                left.push(Open { count: candidates.count(), candidates });
            }
            let is_closed = left.iter().any(|row| row.count == 0);
            if is_closed || !self.is_better(&node, &self.bound_of(&node, &others, &left, &Bits::default())) {
                return Some(Branches::new(node, deniers));
            }
            self.spend_on(&node, &rows);
        }
        let row = rows.first()?;
        let mut choices = Vec::new();
        for place in row.candidates.numbers() {
            if let Some(candidate) = self.problem.candidates.get(place) {
                let added = candidate.further.without(&node.further).without(&node.denies).count();
                choices.push((added, place));
            }
        }
        Some(Branches::new(node, choices))
    }

    /// Chooses what must be chosen and leaves out what cannot or need not be. The rows that are still to be
    /// covered, those with the fewest candidates first; `None` where one of them has none.
    fn settle(&mut self, node: &mut Node) -> Option<Vec<Open>> {
        let problem = self.problem;
        loop {
            for (place, candidate) in self.free(&node.clone()) {
                let mut counted = node.counted.clone();
                counted.add(&candidate.counted);
                if !problem.exclusions.allow(&counted) {
                    node.free.remove(place);
                }
            }
            let (mut rows, mut forced) = (Vec::new(), None);
            for (number, row) in problem.rows.iter().enumerate() {
                if node.covered.has(number) {
                    continue;
                }
                let mut candidates = row.clone();
                candidates.keep(&node.free);
                let count = candidates.count();
                if count < 2 {
                    forced = Some(candidates.numbers().next()?);
                    break;
                }
                rows.push((count, number, candidates));
            }
            spend(self.left, problem.rows.len().saturating_add(problem.candidates.len()).saturating_mul(2));
            self.left.as_ref()?;
            if let Some(place) = forced {
                self.choose(node, place);
                continue;
            }
            self.leave_out(node);
            if let Some(place) = self.gift(node) {
                self.choose(node, place);
                continue;
            }
            let mut open = Vec::new();
            for (count, _, candidates) in sorted(rows) {
                open.push(Open { count, candidates });
            }
            return Some(open);
        }
    }

    /// A free candidate that gives and excludes nothing new, and takes away something that no other can: whatever
    /// else is chosen, the set is better with it, unless there is a limit on roles.
    fn gift(&self, node: &Node) -> Option<usize> {
        let given = node.further.without(&node.denies);
        let (mut once, mut twice) = (given.without(&given), given.without(&given));
        for (_, candidate) in self.free(node) {
            let mut again = once.clone();
            again.keep(&candidate.denies);
            twice.add(&again);
            once.add(&candidate.denies);
        }
        once.take(&twice);
        once.keep(&given);
        let is_gift = |candidate: &Candidate| {
            candidate.denies.meets(&once)
                && candidate.further.without(&node.denies).is_within(&node.further)
                && candidate.counted.is_within(&node.counted)
        };
        let is_limited = self.problem.most < usize::MAX;
        self.free(node).find(|(_, candidate)| !is_limited && is_gift(candidate)).map(|(place, _)| place)
    }

    /// Leaves out what covers nothing more and takes nothing away.
    fn leave_out(&self, node: &mut Node) {
        let mut given = node.further.clone();
        for (_, candidate) in self.free(node) {
            given.add(&candidate.further);
        }
        given.take(&node.denies);
        for (place, candidate) in self.free(&node.clone()) {
            if candidate.covers.is_within(&node.covered) && !candidate.denies.meets(&given) {
                node.free.remove(place);
            }
        }
    }

    /// The free candidates that deny something that is or can still be given, the most useful first.
    fn deniers(&self, node: &Node) -> Vec<(u32, usize)> {
        let mut deniers = Vec::new();
        let given = node.further.without(&node.denies);
        for (place, candidate) in self.free(node) {
            if !candidate.denies.is_within(&node.denies) {
                let taken = candidate.denies.count_shared(&given);
                let added = candidate.further.without(&node.further).without(&node.denies).count();
                deniers.push((added.saturating_add(u32::MAX / 2).saturating_sub(taken), place));
            }
        }
        deniers
    }

    /// Takes off the work of a bound: some passes over the sets of every candidate of every row.
    fn spend_on(&mut self, node: &Node, rows: &[Open]) {
        let sets = rows.iter().fold(0, |sum: u32, row| sum.saturating_add(row.count)).saturating_mul(5);
        let sets = sets.saturating_add(node.free.count().saturating_mul(12));
        let words = node.further.words().saturating_add(12);
        spend(self.left, usize::try_from(sets).unwrap_or(usize::MAX).saturating_mul(words));
    }

    fn is_better(&self, node: &Node, bound: &Bound) -> bool {
        let roles = node.chosen.len().saturating_add(bound.roles);
        (bound.further, roles) < self.bound && roles <= self.problem.most
    }
}
