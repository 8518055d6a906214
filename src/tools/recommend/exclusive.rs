//! Which roles cannot be had together (section 8, `exclusive`).

use crate::diagnostic::Diagnostic;
use crate::document::read::{count, strings};
use crate::pointer::Pointer;
use crate::policy::{Policy, at, slot};
use crate::tools::bits::Bits;
use crate::tools::given::parents_first;
use crate::tools::{PAIRS, refused};

/// What excludes: the places of each constraint's roles among all that constraints list, and how many of them
/// may be had.
#[derive(Debug, Default)]
pub(super) struct Exclusions {
    masks: Vec<(Bits, u32)>,
}

impl Exclusions {
    /// The constraints of a policy, and as which listed roles each role counts: a listed one as that alone,
    /// one not listed as the listed ones that it inherits.
    pub(super) fn read(policy: &Policy) -> Result<(Exclusions, Vec<Bits>), Vec<Diagnostic>> {
        let mut lists = Vec::new();
        let mut places = 0_usize;
        for constraint in &policy.constraints {
            let mut listed = Vec::new();
            for name in strings(constraint.get("exclusive")) {
                listed.extend(policy.names.roles.get(name));
            }
            if !listed.is_empty() {
                let limit = count(constraint.get("limit")).unwrap_or(1);
                places = places.saturating_add(listed.len());
                lists.push((listed, limit));
            }
        }
        if policy.roles.len().saturating_mul(places) > PAIRS {
            let message = "the constraints of the policy list too many roles".to_owned();
            return Err(refused("too-large", &Pointer::Root, message, "ask without some of the constraints"));
        }
        let (mut masks, mut inherited) = (Vec::new(), vec![Bits::new(places); policy.roles.len()]);
        let mut place = 0_usize;
        for (listed, limit) in &lists {
            let mut mask = Bits::new(places);
            for role in listed {
                mask.insert(place);
                if let Some(counted) = slot(&mut inherited, *role) {
                    counted.insert(place);
                }
                place = place.saturating_add(1);
            }
            masks.push((mask, *limit));
        }
        let own = inherited.clone();
        for id in parents_first(policy) {
            let Some(mut counted) = at(&inherited, id).cloned() else { continue };
            for parent in at(&policy.roles, id).map_or(&[][..], |role| &role.inherits) {
                if let Some(parent) = at(&inherited, *parent) {
                    counted.add(parent);
                }
            }
            if let Some(place) = slot(&mut inherited, id) {
                *place = counted;
            }
        }
        for (counted, own) in inherited.iter_mut().zip(&own) {
            for (mask, _) in &masks {
                if own.meets(mask) {
                    let mut others = mask.clone();
                    others.take(own);
                    counted.take(&others);
                }
            }
        }
        Ok((Exclusions { masks }, inherited))
    }

    /// True where these listed roles may be had together.
    pub(super) fn allow(&self, counted: &Bits) -> bool {
        self.masks.iter().all(|(mask, limit)| counted.count_shared(mask) <= *limit)
    }
}
