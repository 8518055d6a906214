//! What a grant covers (section 2, «permissions»): patterns expanded over the declared permissions,
//! closed under `implies`, exceptions taken out, and equal ones kept once.

use super::{Closure, keep_condition};
use crate::bytes;
use crate::document;
use crate::document::read::strings;
use crate::index::Index;
use crate::order::sorted_set;
use crate::policy::{CoverEnd, Pattern, PermissionId, Policy, Resource, at, count};
use crate::text::pieces;
use crate::value::Value;

/// Expands patterns over a policy's permissions.
pub(crate) struct Expander<'a> {
    policy: &'a Policy,
}

impl<'a> Expander<'a> {
    /// For a policy, of which only what it declares is looked at.
    pub(crate) fn new(policy: &'a Policy) -> Expander<'a> {
        Expander { policy }
    }

    /// The pattern with its names as numbers; `None` where it matches no declared permission.
    pub(crate) fn resolve(&self, pattern: &document::Pattern<'_>) -> Option<Pattern> {
        let names = &self.policy.names;
        let (resource, tree) = match pattern.path {
            None => (None, true),
            Some(path) => (Some(names.resources.get(path)?), pattern.tree),
        };
        let mut actions = None;
        if pattern.actions != "*" {
            let mut list: Vec<u32> = Vec::new();
            for action in pieces(pattern.actions, b',') {
                if let Some(action) = names.actions.get(action) {
                    list.push(action);
                }
            }
            actions = Some(list.into_boxed_slice());
        }
        let resolved = Pattern { resource, tree, actions };
        self.each(&resolved).next()?;
        Some(resolved)
    }

    /// The pattern's permissions, each with its resource.
    pub(crate) fn each(&self, pattern: &'a Pattern) -> Each<'a> {
        Each { policy: self.policy, pattern, open: vec![pattern.resource.unwrap_or(0)], resource: None, next: 0 }
    }

    /// Adds the pattern's permissions, closed, to a list that may hold some of them already.
    pub(crate) fn expand(&self, pattern: &Pattern, closure: Closure, into: &mut Vec<PermissionId>) {
        for found in (Expander { policy: self.policy }).each(pattern) {
            into.push(found.id);
            for added in self.policy.covers.implies.closed(found.action, closure) {
                if *added != found.action
                    && let Some(id) = self.policy.permission_of(found.resource, *added)
                {
                    into.push(id);
                }
            }
        }
    }

    /// The permissions of patterns as they are written, closed.
    pub(crate) fn written(&self, patterns: Option<&Value<'_>>, closure: Closure) -> Vec<PermissionId> {
        let mut ids = Vec::new();
        for text in strings(patterns) {
            if let Some(pattern) = self.read(text) {
                self.expand(&pattern, closure, &mut ids);
            }
        }
        ids
    }

    fn read(&self, text: &str) -> Option<Pattern> {
        self.resolve(&document::Pattern::parse(text).ok()?)
    }

    /// True where the pattern, closed, has the permission in it.
    pub(crate) fn covers(&self, pattern: &Pattern, closure: Closure, permission: PermissionId) -> bool {
        let mut covered = Vec::new();
        self.expand(pattern, closure, &mut covered);
        covered.contains(&permission)
    }

    /// What `permissions` without `except` come to for an allow or a deny grant, as ascending runs.
    pub(crate) fn ranges(
        &self,
        permissions: &[Pattern],
        except: &[Pattern],
        is_allow: bool,
    ) -> Vec<(PermissionId, PermissionId)> {
        let (closure, opposite) = Closure::of(is_allow);
        let (mut covered, mut left_out) = (Vec::new(), Vec::new());
        for pattern in permissions {
            self.expand(pattern, closure, &mut covered);
        }
        for pattern in except {
            self.expand(pattern, opposite, &mut left_out);
        }
        let mut ranges = Vec::new();
        add_runs(covered, left_out, &mut ranges);
        ranges
    }
}

/// Adds the permissions without those that are left out, as ascending runs.
#[inline(never)]
fn add_runs(covered: Vec<PermissionId>, left_out: Vec<PermissionId>, runs: &mut Vec<(PermissionId, PermissionId)>) {
    let left_out = sorted_set(left_out);
    let begin = runs.len();
    for id in sorted_set(covered) {
        if left_out.binary_search(&id).is_ok() {
            continue;
        }
        let next = id.saturating_add(1);
        match runs.get_mut(begin..).and_then(<[_]>::last_mut) {
            Some((_, end)) if *end == id => *end = next,
            _ => runs.push((id, next)),
        }
    }
}

/// One permission that a pattern names.
pub(crate) struct Found<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) id: PermissionId,
    pub(crate) action: u32,
}

/// The permissions that a pattern names.
pub(crate) struct Each<'a> {
    policy: &'a Policy,
    pattern: &'a Pattern,
    /// The resources that are still to be looked at; without a resource in the pattern, the next one.
    open: Vec<u32>,
    /// The one that is looked at, and its next permission.
    resource: Option<&'a Resource>,
    next: PermissionId,
}

impl<'a> Iterator for Each<'a> {
    type Item = Found<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Found<'a>> {
        loop {
            if let Some(resource) = self.resource {
                let end = resource.first.saturating_add(resource.count);
                while self.next < end {
                    let id = self.next;
                    self.next = id.saturating_add(1);
                    let action = at(&self.policy.permissions, id)?.action;
                    if self.pattern.actions.as_ref().is_none_or(|actions| actions.contains(&action)) {
                        return Some(Found { resource, id, action });
                    }
                }
            }
            let place = self.open.pop()?;
            let resource = at(&self.policy.resources, place)?;
            if self.pattern.resource.is_none() {
                self.open.push(place.saturating_add(1));
            } else if self.pattern.tree {
                self.open.extend_from_slice(&resource.children);
            }
            (self.resource, self.next) = (Some(resource), resource.first);
        }
    }
}

/// Adds what a grant covers to the covers.
pub(crate) fn add_cover(policy: &mut Policy, permissions: Option<&Value<'_>>, except: Option<&Value<'_>>, is_allow: bool) {
    let expander = Expander::new(policy);
    let (closure, opposite) = Closure::of(is_allow);
    let (covered, left_out) = (expander.written(permissions, closure), expander.written(except, opposite));
    add_runs(covered, left_out, &mut policy.covers.ranges);
    for text in strings(permissions) {
        if let Some(pattern) = Expander::new(policy).read(text) {
            policy.covers.patterns.push(pattern);
        }
    }
    let covers = &mut policy.covers;
    covers.ends.push(CoverEnd { ranges: count(&covers.ranges), patterns: count(&covers.patterns) });
}

/// Keeps each cover and each condition once while the roles are compiled.
#[derive(Default)]
pub(crate) struct Builder {
    /// As [`bytes::cover`] writes them.
    pub(super) covers: Index,
    /// As [`bytes::value`] writes them.
    pub(super) conditions: Index,
}

impl Builder {
    /// The number of what a grant covers, an object or one pattern. Grants that are written alike cover alike.
    pub(super) fn cover(&mut self, policy: &mut Policy, grant: &Value<'_>, is_allow: bool) -> u32 {
        let (permissions, except) = (Some(grant.get("permissions").unwrap_or(grant)), grant.get("except"));
        let mut key = String::new();
        bytes::cover(&mut key, permissions, except, is_allow);
        let cover = self.covers.insert(&key);
        if cover == count(&policy.covers.ends) {
            add_cover(policy, permissions, except, is_allow);
        }
        cover
    }

    /// The number of a condition, which is kept where it is new.
    pub(super) fn condition(&mut self, policy: &mut Policy, when: &Value<'_>) -> Option<u32> {
        let mut key = String::new();
        bytes::value(&mut key, when, u32::MAX);
        let number = self.conditions.insert(&key);
        if at(&policy.conditions, number).is_some() { Some(number) } else { keep_condition(policy, when) }
    }
}
