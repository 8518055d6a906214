//! What a grant covers (section 2, «permissions»): patterns expanded over the declared permissions,
//! closed under `implies`, exceptions taken out, and equal ones kept once.

use crate::document;
use crate::document::read::{members, strings};
use crate::index::Index;
use crate::order::sorted_set;
use crate::policy::{CoverEnd, Pattern, PermissionId, Policy, Resource, at, count, part};
use crate::value::Value;

/// `implies`, closed transitively, in both directions. Every action is in its own lists.
#[derive(Debug, Default)]
pub struct Implications {
    up: Vec<Vec<u32>>,
    down: Vec<Vec<u32>>,
}

/// Which way a set of permissions is closed.
#[derive(Clone, Copy)]
pub(crate) enum Closure {
    /// What the permissions imply is added.
    Up,
    /// What implies one of the permissions is added.
    Down,
}

impl Implications {
    /// Those of a policy. An action that no resource has becomes one of the actions here: it still
    /// carries an implication from one that has to another.
    pub(crate) fn new(root: &Value, actions: &mut Index) -> Implications {
        let implies = members(root.get("implies"));
        for (action, implied) in implies {
            actions.insert(action);
            strings(Some(implied), &mut |implied| {
                actions.insert(implied);
            });
        }
        let mut direct = vec![Vec::new(); actions.names().len()];
        let mut down = direct.clone();
        for (action, implied) in implies {
            if let Some(list) = actions.get(action).and_then(|action| slot(&mut direct, action)) {
                strings(Some(implied), &mut |implied| list.extend(actions.get(implied)));
            }
        }
        let mut up = Vec::with_capacity(direct.len());
        // For each action, the last one from which it was reached.
        let mut reached_from = vec![u32::MAX; direct.len()];
        for action in 0..count(&direct) {
            let mut reached: Vec<u32> = Vec::new();
            let mut reach = |implied: u32, reached: &mut Vec<u32>| {
                if let Some(from) = slot(&mut reached_from, implied).filter(|from| **from != action) {
                    *from = action;
                    reached.push(implied);
                }
            };
            reach(action, &mut reached);
            let mut next = 0_usize;
            while let Some(place) = reached.get(next).copied() {
                next = next.saturating_add(1);
                if let Some(list) = slot(&mut down, place) {
                    list.push(action);
                }
                for implied in at(&direct, place).into_iter().flatten() {
                    reach(*implied, &mut reached);
                }
            }
            up.push(reached);
        }
        Implications { up, down }
    }

    fn closed(&self, action: u32, closure: Closure) -> &[u32] {
        let lists = match closure {
            Closure::Up => &self.up,
            Closure::Down => &self.down,
        };
        at(lists, action).map_or(&[], |list| list)
    }
}

fn slot<T>(list: &mut [T], place: u32) -> Option<&mut T> {
    list.get_mut(usize::try_from(place).ok()?)
}

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
            for action in pattern.actions.split(',') {
                list.extend(names.actions.get(action));
            }
            actions = Some(list.into_boxed_slice());
        }
        let resolved = Pattern { resource, tree, actions };
        let mut matched = false;
        self.each(&resolved, &mut |_, _, _| {
            matched = true;
            false
        });
        matched.then_some(resolved)
    }

    /// Shows the pattern's permissions, each with its resource and its action, while `visit` is true.
    pub(crate) fn each(&self, pattern: &Pattern, visit: &mut dyn FnMut(&'a Resource, PermissionId, u32) -> bool) {
        let policy = self.policy;
        // What is left to look at: one resource and all below it, or every one in turn.
        let mut open: Vec<u32> = Vec::new();
        let mut next = pattern.resource.unwrap_or(0);
        while let Some(resource) = at(&policy.resources, next) {
            let end = resource.first.saturating_add(resource.count);
            for (id, permission) in (resource.first..end).zip(part(&policy.permissions, resource.first, end)) {
                let is_named = pattern.actions.as_ref().is_none_or(|actions| actions.contains(&permission.action));
                if is_named && !visit(resource, id, permission.action) {
                    return;
                }
            }
            if pattern.resource.is_none() {
                next = next.saturating_add(1);
                continue;
            }
            if pattern.tree {
                open.extend_from_slice(&resource.children);
            }
            let Some(below) = open.pop() else { return };
            next = below;
        }
    }

    /// Adds the pattern's permissions, closed, to a list that may hold some of them already.
    pub(crate) fn expand(&self, pattern: &Pattern, closure: Closure, into: &mut Vec<PermissionId>) {
        let policy = self.policy;
        self.each(pattern, &mut |resource, id, action| {
            into.push(id);
            for added in policy.covers.implies.closed(action, closure) {
                if *added != action {
                    into.extend(policy.permission_of(resource, *added));
                }
            }
            true
        });
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
        let (closure, opposite) = if is_allow { (Closure::Up, Closure::Down) } else { (Closure::Down, Closure::Up) };
        let set = |patterns: &[Pattern], closure| {
            let mut ids = Vec::new();
            for pattern in patterns {
                self.expand(pattern, closure, &mut ids);
            }
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

/// Keeps each cover and each pattern once while the roles are compiled.
#[derive(Default)]
pub(super) struct Builder {
    covers: Index,
    patterns: Index,
}

impl Builder {
    /// The number of what a grant covers, an object or one pattern.
    pub(super) fn cover(&mut self, policy: &mut Policy, grant: &Value, is_allow: bool) -> u32 {
        let (permissions, except) = (grant.get("permissions").unwrap_or(grant), grant.get("except"));
        // Grants that are written alike cover alike.
        let mut key = String::from(if is_allow { "allow" } else { "deny" });
        for (lead, patterns) in [(" ", Some(permissions)), (" except ", except)] {
            strings(patterns, &mut |pattern| {
                key.push_str(lead);
                key.push_str(pattern);
            });
        }
        let cover = self.covers.insert(&key);
        if at(&policy.covers.ends, cover).is_some() {
            return cover;
        }
        let patterns = resolved(policy, Some(permissions));
        let ranges = Expander::new(policy).ranges(&patterns, &resolved(policy, except), is_allow);
        let covers = &mut policy.covers;
        covers.ranges.extend_from_slice(&ranges);
        let mut patterns = patterns.into_iter();
        strings(Some(permissions), &mut |text| {
            let place = self.patterns.insert(text);
            covers.permissions.push(place);
            let pattern = patterns.next();
            if at(&covers.patterns, place).is_none() {
                covers.patterns.extend(pattern);
            }
        });
        covers.ends.push(CoverEnd { ranges: count(&covers.ranges), permissions: count(&covers.permissions) });
        cover
    }
}

/// The patterns of a list with their names as numbers. In a checked policy each matches something.
fn resolved(policy: &Policy, patterns: Option<&Value>) -> Vec<Pattern> {
    let mut list = Vec::new();
    strings(patterns, &mut |text| {
        let pattern = document::Pattern::parse(text).ok();
        list.extend(pattern.and_then(|pattern| Expander::new(policy).resolve(&pattern)));
    });
    list
}
