//! Whether an `except` takes anything out of a grant.

use super::names::Names;
use crate::document::Document;
use crate::document::pattern::{ActionsPattern, Pattern, ResourcePattern};
use crate::order::sorted;

/// Comparisons of actions after which no `except` is looked at any more: these are warnings, and a
/// check must end in time for every policy.
const COMPARISONS: u32 = 10_000_000;

/// Judges exceptions, over the implications of a policy.
pub(super) struct Excepts<'a> {
    names: &'a Names<'a>,
    implies: &'a [(String, Vec<String>)],
    /// The actions that imply others, with their places in `implies`.
    places: Vec<(&'a str, usize)>,
    left: u32,
}

impl<'a> Excepts<'a> {
    /// For a policy.
    pub(super) fn new(document: &'a Document, names: &'a Names<'a>) -> Excepts<'a> {
        let implying = document.implies.iter().map(|(action, _)| action.as_str());
        Excepts { names, implies: &document.implies, places: sorted(implying.zip(0..).collect()), left: COMPARISONS }
    }

    /// True where the exception certainly takes nothing out of what these patterns cover.
    ///
    /// Both sets are closed under `implies`, in opposite directions (section 2), so they meet on a
    /// resource iff one of its granted actions implies an excepted one; for a deny, the other way round.
    pub(super) fn is_pointless(&mut self, permissions: &[Pattern], except: &Pattern, is_allow: bool) -> bool {
        !permissions.iter().any(|granted| self.meet(granted, except, is_allow))
    }

    fn meet(&mut self, granted: &Pattern, except: &Pattern, is_allow: bool) -> bool {
        let names = self.names;
        let (narrow, wide) = if is_within(&granted.resource, &except.resource) {
            (&granted.resource, &except.resource)
        } else {
            (&except.resource, &granted.resource)
        };
        if !is_within(narrow, wide) {
            return false;
        }
        for path in names.resources_of(narrow) {
            for own in names.actions_on(path).filter(|own| has(&granted.actions, own)) {
                for other in names.actions_on(path).filter(|other| has(&except.actions, other)) {
                    let (from, to) = if is_allow { (own, other) } else { (other, own) };
                    if self.implies(from, to) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether an action implies another, itself included; true when too much was compared already.
    fn implies(&mut self, from: &'a str, to: &str) -> bool {
        let mut reached = vec![from];
        let mut next = 0_usize;
        while let Some(action) = reached.get(next).copied() {
            let Some(left) = self.left.checked_sub(1) else { return true };
            self.left = left;
            if action == to {
                return true;
            }
            next = next.saturating_add(1);
            for implied in self.implied(action) {
                if !reached.contains(&implied.as_str()) {
                    reached.push(implied);
                }
            }
        }
        false
    }

    /// The actions that an action implies directly.
    fn implied(&self, action: &str) -> &'a [String] {
        let place = self
            .places
            .binary_search_by(|(other, _)| (*other).cmp(action))
            .ok()
            .and_then(|found| self.places.get(found));
        place.and_then(|(_, place)| self.implies.get(*place)).map_or(&[], |(_, implied)| implied)
    }
}

fn has(actions: &ActionsPattern, action: &str) -> bool {
    match actions {
        ActionsPattern::Every => true,
        ActionsPattern::These(list) => list.iter().any(|other| other == action),
    }
}

/// Whether every resource that `narrow` can name is one of `wide`'s. Two patterns of which neither
/// lies within the other have no resource in common: paths form a tree.
fn is_within(narrow: &ResourcePattern, wide: &ResourcePattern) -> bool {
    match (narrow, wide) {
        (_, ResourcePattern::Every) => true,
        (ResourcePattern::Every, _) | (ResourcePattern::Tree(_), ResourcePattern::One(_)) => false,
        (ResourcePattern::One(path), ResourcePattern::One(other)) => path == other,
        (ResourcePattern::One(path) | ResourcePattern::Tree(path), ResourcePattern::Tree(root)) => {
            path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
    }
}
