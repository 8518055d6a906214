//! What a grant covers (section 2, «permissions»): patterns expanded over the declared permissions,
//! closed under `implies`, exceptions taken out, and equal ones kept once.

use super::{Closure, keep_condition};
use crate::bytes;
use crate::document;
use crate::document::read::strings;
use crate::index::Index;
use crate::order::sorted_set;
use crate::policy::{Actions, CoverEnd, Pattern, Permission, PermissionId, Policy, at, count};
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
        let actions = if pattern.actions == "*" {
            Actions::Every
        } else if let Some(action) = names.actions.get(pattern.actions) {
            Actions::One(action)
        } else {
            let mut list = Vec::new();
            for action in pieces(pattern.actions, b',') {
                if let Some(action) = names.actions.get(action) {
                    list.push(action);
                }
            }
            Actions::Several(list.into_boxed_slice())
        };
        let resolved = Pattern { resource, tree, actions };
        self.each(&resolved).next()?;
        Some(resolved)
    }

    /// The pattern's permissions, each with its resource.
    pub(crate) fn each(&self, pattern: &'a Pattern) -> Each<'a> {
        let end = count(&self.policy.permissions);
        let mut each = Each { policy: self.policy, pattern, open: Vec::new(), next: 0, end };
        if let Some(resource) = pattern.resource {
            each.enter(resource);
        }
        each
    }

    /// Adds the pattern's permissions, closed, to a list that may hold some of them already.
    pub(crate) fn expand(&self, pattern: &Pattern, closure: Closure, into: &mut Vec<PermissionId>) {
        for (id, Permission { resource, action }) in (Expander { policy: self.policy }).each(pattern) {
            into.push(id);
            for added in self.policy.covers.implies.closed(action, closure) {
                if *added != action
                    && let Some(resource) = at(&self.policy.resources, resource)
                    && let Some(id) = self.policy.permission_of(resource, *added)
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
        add_runs(&mut covered, left_out, &mut ranges);
        ranges
    }
}

/// Adds the permissions without those that are left out, as ascending runs. The list is empty afterwards, and can be
/// filled anew.
#[inline(never)]
fn add_runs(
    covered: &mut Vec<PermissionId>,
    left_out: Vec<PermissionId>,
    runs: &mut Vec<(PermissionId, PermissionId)>,
) {
    let left_out = sorted_set(left_out);
    let begin = runs.len();
    *covered = sorted_set(std::mem::take(covered));
    for id in covered.iter().copied() {
        if left_out.binary_search(&id).is_ok() {
            continue;
        }
        let next = id.saturating_add(1);
        match runs.get_mut(begin..).and_then(<[_]>::last_mut) {
            Some((_, end)) if *end == id => *end = next,
            _ => runs.push((id, next)),
        }
    }
    covered.clear();
}

/// The permissions that a pattern names.
pub(crate) struct Each<'a> {
    policy: &'a Policy,
    pattern: &'a Pattern,
    /// The resources that are still to be looked at.
    open: Vec<u32>,
    /// The permissions that are: of one resource, or all there are.
    next: PermissionId,
    end: PermissionId,
}

impl Each<'_> {
    fn enter(&mut self, resource: u32) {
        let Some(resource) = at(&self.policy.resources, resource) else {
            self.end = 0;
            return;
        };
        (self.next, self.end) = (resource.first, resource.first.saturating_add(resource.count));
        if self.pattern.tree {
            self.open.extend_from_slice(&resource.children);
        }
    }
}

impl Iterator for Each<'_> {
    type Item = (PermissionId, Permission);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while self.next < self.end {
                let id = self.next;
                self.next = id.saturating_add(1);
                let permission = *at(&self.policy.permissions, id)?;
                if self.pattern.actions.contain(permission.action) {
                    return Some((id, permission));
                }
            }
            let resource = self.open.pop()?;
            self.enter(resource);
        }
    }
}

/// The patterns of a policy as they are written, each read once.
#[derive(Debug, Default)]
pub struct Patterns {
    pub(crate) texts: Index,
    read: Vec<Pattern>,
}

impl Patterns {
    /// The pattern of that number.
    pub(crate) fn get(&self, number: u32) -> Option<&Pattern> {
        at(&self.read, number)
    }

    /// True for a pattern that was kept.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.texts.get(text).is_some()
    }

    /// Keeps a pattern, and gives its number.
    #[inline(never)]
    pub(crate) fn keep(&mut self, text: &str, pattern: Pattern) -> u32 {
        let number = self.texts.insert(text);
        if number == count(&self.read) {
            self.read.push(pattern);
        }
        number
    }
}

/// The number of a pattern, which the policy keeps; none for what matches no declared permission.
#[inline(never)]
pub(crate) fn keep_pattern(policy: &mut Policy, text: &str) -> Option<u32> {
    if let Some(number) = policy.patterns.texts.get(text) {
        return Some(number);
    }
    let pattern = Expander::new(policy).read(text)?;
    Some(policy.patterns.keep(text, pattern))
}

/// Adds what a grant covers to the covers: the numbers of its patterns, and of its exceptions. `covered` is an empty
/// list to work with.
pub(crate) fn add_cover(
    policy: &mut Policy,
    permissions: &[u32],
    except: &[u32],
    is_allow: bool,
    covered: &mut Vec<PermissionId>,
) {
    let (closure, opposite) = Closure::of(is_allow);
    let mut left_out = Vec::new();
    expand_all(policy, permissions, closure, covered);
    expand_all(policy, except, opposite, &mut left_out);
    let covers = &mut policy.covers;
    add_runs(covered, left_out, &mut covers.ranges);
    covers.patterns.extend_from_slice(permissions);
    covers.ends.push(CoverEnd { ranges: count(&covers.ranges), patterns: count(&covers.patterns) });
}

#[inline(never)]
fn expand_all(policy: &Policy, patterns: &[u32], closure: Closure, into: &mut Vec<PermissionId>) {
    for number in patterns {
        if let Some(pattern) = policy.patterns.get(*number) {
            Expander::new(policy).expand(pattern, closure, into);
        }
    }
}

/// Keeps each cover and each condition once while the roles are compiled.
#[derive(Default)]
pub(crate) struct Builder {
    /// As [`bytes::cover`] writes them.
    pub(crate) covers: Index,
    /// As [`bytes::value`] writes them.
    pub(crate) conditions: Index,
    // Of the grant that is looked at, kept for the memory that they have.
    permissions: Vec<u32>,
    except: Vec<u32>,
    covered: Vec<PermissionId>,
    key: String,
}

impl Builder {
    /// The number of what a grant covers, an object or one pattern. Grants that are written alike cover alike.
    pub(super) fn cover(&mut self, policy: &mut Policy, grant: &Value<'_>, is_allow: bool) -> u32 {
        numbers(policy, Some(grant.get("permissions").unwrap_or(grant)), &mut self.permissions);
        numbers(policy, grant.get("except"), &mut self.except);
        self.key.clear();
        bytes::cover(&mut self.key, &self.permissions, &self.except, is_allow);
        let cover = self.covers.insert(&self.key);
        if cover == count(&policy.covers.ends) {
            add_cover(policy, &self.permissions, &self.except, is_allow, &mut self.covered);
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

#[inline(never)]
fn numbers(policy: &mut Policy, patterns: Option<&Value<'_>>, numbers: &mut Vec<u32>) {
    numbers.clear();
    for text in strings(patterns) {
        if let Some(number) = keep_pattern(policy, text) {
            numbers.push(number);
        }
    }
}
