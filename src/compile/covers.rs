//! What a grant covers (section 2, «permissions»): patterns expanded over the declared permissions,
//! closed under `implies`, exceptions taken out, and equal ones kept once.

use crate::document::{self, ActionsPattern, ResourcePattern};
use crate::index::Index;
use crate::order::sorted_set;
use crate::policy::{CoverEnd, Pattern, PermissionId, Policy, Resource, at, count, part};

/// `implies`, closed transitively, in both directions. Every action is in its own lists.
#[derive(Debug, Default)]
pub struct Implications {
    up: Vec<Box<[u32]>>,
    down: Vec<Box<[u32]>>,
}

/// Which way a set of permissions is closed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closure {
    /// What the permissions imply is added.
    Up,
    /// What implies one of the permissions is added.
    Down,
    /// Nothing is added.
    None,
}

impl Implications {
    pub(super) fn new(policy: &Policy, implies: &[(String, Vec<String>)]) -> Implications {
        // An action that no resource has still carries an implication from one that has to another.
        let mut up = Vec::new();
        let mut down: Vec<Vec<u32>> = (0..count(&policy.actions)).map(|action| vec![action]).collect();
        for (action, name) in (0..).zip(&policy.actions) {
            let mut closed: Vec<&str> = vec![name];
            let mut next = 0_usize;
            while let Some(reached) = closed.get(next).copied() {
                next = next.saturating_add(1);
                for implied in implies.iter().filter(|(action, _)| action == reached).flat_map(|(_, implied)| implied) {
                    if !closed.contains(&implied.as_str()) {
                        closed.push(implied);
                    }
                }
            }
            let numbers = sorted_set(closed.iter().filter_map(|name| policy.names.actions.get(name)).collect());
            for implied in numbers.iter().filter(|implied| **implied != action) {
                if let Some(list) = usize::try_from(*implied).ok().and_then(|place| down.get_mut(place)) {
                    list.push(action);
                }
            }
            up.push(numbers.into_boxed_slice());
        }
        Implications { up, down: down.into_iter().map(Vec::into_boxed_slice).collect() }
    }

    fn closed(&self, action: u32, closure: Closure) -> &[u32] {
        match closure {
            Closure::Up => at(&self.up, action).map_or(&[], |list| list),
            Closure::Down => at(&self.down, action).map_or(&[], |list| list),
            Closure::None => &[],
        }
    }
}

/// Expands patterns over a policy's permissions.
pub(crate) struct Expander<'a> {
    policy: &'a Policy,
    implies: &'a Implications,
}

impl<'a> Expander<'a> {
    /// For a compiled policy.
    pub(crate) fn new(policy: &'a Policy) -> Expander<'a> {
        Expander { policy, implies: &policy.covers.implies }
    }

    /// The pattern with its names as numbers; `None` where it matches no declared permission.
    pub(crate) fn resolve(&self, pattern: &document::Pattern) -> Option<Pattern> {
        let resource = |path: &str| self.policy.names.resources.get(path);
        let (resource, tree) = match &pattern.resource {
            ResourcePattern::Every => (None, true),
            ResourcePattern::One(path) => (Some(resource(path)?), false),
            ResourcePattern::Tree(path) => (Some(resource(path)?), true),
        };
        let actions = match &pattern.actions {
            ActionsPattern::Every => None,
            ActionsPattern::These(names) => {
                let actions = names.iter().filter_map(|name| self.policy.names.actions.get(name)).collect();
                Some(sorted_set(actions).into_boxed_slice())
            }
        };
        let resolved = Pattern { resource, tree, actions };
        let mut matched = Vec::new();
        self.expand(&resolved, Closure::None, &mut matched);
        (!matched.is_empty()).then_some(resolved)
    }

    /// Adds the pattern's permissions, closed, to a list that may hold some of them already.
    pub(crate) fn expand(&self, pattern: &Pattern, closure: Closure, into: &mut Vec<PermissionId>) {
        match pattern.resource {
            None => self.policy.resources.iter().for_each(|resource| self.expand_one(resource, pattern, closure, into)),
            Some(root) => {
                let mut open = vec![root];
                while let Some(resource) = open.pop().and_then(|place| at(&self.policy.resources, place)) {
                    self.expand_one(resource, pattern, closure, into);
                    if pattern.tree {
                        open.extend(&resource.children);
                    }
                }
            }
        }
    }

    fn expand_one(&self, resource: &Resource, pattern: &Pattern, closure: Closure, into: &mut Vec<PermissionId>) {
        let end = resource.first.saturating_add(resource.count);
        for (id, permission) in (resource.first..end).zip(part(&self.policy.permissions, resource.first, end)) {
            if pattern.actions.as_ref().is_some_and(|actions| !actions.contains(&permission.action)) {
                continue;
            }
            into.push(id);
            let added = self.implies.closed(permission.action, closure).iter().filter(|action| **action != permission.action);
            into.extend(added.filter_map(|action| self.policy.permission_of(resource, *action)));
        }
    }

    /// True where the pattern, closed, has the permission in it.
    pub(crate) fn covers(&self, pattern: &Pattern, closure: Closure, permission: PermissionId) -> bool {
        let mut covered = Vec::new();
        self.expand(pattern, closure, &mut covered);
        covered.contains(&permission)
    }

    /// What `permissions` without `except` come to for an allow or a deny grant, as ascending runs.
    pub(crate) fn ranges(&self, permissions: &[Pattern], except: &[Pattern], is_allow: bool) -> Vec<(PermissionId, PermissionId)> {
        let (closure, opposite) = if is_allow { (Closure::Up, Closure::Down) } else { (Closure::Down, Closure::Up) };
        let set = |patterns: &[Pattern], closure| {
            let mut ids = Vec::new();
            patterns.iter().for_each(|pattern| self.expand(pattern, closure, &mut ids));
            sorted_set(ids)
        };
        let left_out = set(except, opposite);
        let mut ranges: Vec<(PermissionId, PermissionId)> = Vec::new();
        for id in set(permissions, closure) {
            if left_out.binary_search(&id).is_ok() {
                continue;
            }
            let next = id.saturating_add(1);
            match ranges.last_mut() {
                Some((_, end)) if *end == id => *end = next,
                _ => ranges.push((id, next)),
            }
        }
        ranges
    }
}

/// Numbers as a text of six characters each, so that maps by name serve here too: every further kind of
/// map would cost the module three kilobytes.
#[derive(Default)]
struct Key(String);

impl Key {
    fn push(&mut self, number: u32) {
        for shift in [30, 24, 18, 12, 6, 0] {
            self.0.push(char::from_u32(0x40 | (number >> shift & 0x3f)).unwrap_or_default());
        }
    }
}

/// Keeps each cover and each pattern once while the roles are compiled.
#[derive(Default)]
pub(super) struct Builder {
    covers: Index,
    patterns: Index,
}

impl Builder {
    pub(super) fn cover(&mut self, policy: &mut Policy, implies: &Implications, grant: &document::Grant, is_allow: bool) -> u32 {
        let permissions = self.patterns(policy, implies, &grant.permissions);
        let except = self.patterns(policy, implies, &grant.except);
        let mut key = Key::default();
        key.push(u32::from(is_allow));
        key.push(count(&permissions));
        permissions.iter().chain(&except).for_each(|pattern| key.push(*pattern));
        let cover = self.covers.insert(&key.0);
        if at(&policy.covers.ends, cover).is_some() {
            return cover;
        }
        let of = |places: &[u32]| -> Vec<Pattern> { places.iter().filter_map(|place| at(&policy.covers.patterns, *place).cloned()).collect() };
        let ranges = Expander { policy, implies }.ranges(&of(&permissions), &of(&except), is_allow);
        let covers = &mut policy.covers;
        covers.ranges.extend(ranges);
        covers.permissions.extend(&permissions);
        covers.ends.push(CoverEnd { ranges: count(&covers.ranges), permissions: count(&covers.permissions) });
        cover
    }

    fn patterns(&mut self, policy: &mut Policy, implies: &Implications, patterns: &[document::Pattern]) -> Vec<u32> {
        let mut places = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            let Some(resolved) = (Expander { policy, implies }).resolve(pattern) else { continue };
            let mut key = Key::default();
            key.push(u32::from(resolved.tree));
            resolved.resource.into_iter().for_each(|resource| key.push(resource));
            key.0.push(':');
            resolved.actions.iter().flatten().for_each(|action| key.push(*action));
            key.0.push_str(if resolved.actions.is_none() { "*" } else { "" });
            let place = self.patterns.insert(&key.0);
            if at(&policy.covers.patterns, place).is_none() {
                policy.covers.patterns.push(resolved);
            }
            places.push(place);
        }
        places
    }
}
