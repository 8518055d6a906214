//! What a policy declares, gathered before anything is checked, so that a name may stand before its
//! declaration. Sorted lists instead of maps: they are as fast here, and smaller in the module.

use crate::document::pattern::{ActionsPattern, Pattern, ResourcePattern};
use crate::document::shape::Space;
use crate::name;
use crate::value::Value;

/// The declared names of a policy.
pub(super) struct Names<'a> {
    actions: Vec<&'a str>,
    entitlements: Vec<&'a str>,
    limits: Vec<&'a str>,
    plans: Vec<&'a str>,
    resources: Vec<&'a str>,
    roles: Vec<&'a str>,
    scope_types: Vec<&'a str>,
    scope_types_and_root: Vec<&'a str>,
    sections: Vec<&'a str>,
    /// The declared permissions, as places in `resources` and `actions`.
    permissions: Vec<(usize, usize)>,
    /// Likewise each resource with the actions declared on it or on anything below it.
    below: Vec<(usize, usize)>,
}

impl<'a> Names<'a> {
    /// Gathers the names from a policy, whatever else is wrong with it.
    pub(super) fn gather(root: &'a Value) -> Names<'a> {
        let keys = |key: &str| sorted(members(root.get(key)).map(|(key, _)| key).collect());
        let actions_of = |resource: &'a Value| strings(resource.get("actions"));
        let actions = sorted(members(root.get("resources")).flat_map(|(_, resource)| actions_of(resource)).collect());
        let resources = keys("resources");
        let mut permissions = Vec::new();
        let mut below = Vec::new();
        for (path, resource) in members(root.get("resources")) {
            for action in actions_of(resource).filter_map(|action| actions.binary_search(&action).ok()) {
                permissions.extend(resources.binary_search(&path).ok().map(|resource| (resource, action)));
                let ancestors = std::iter::successors(Some(path), |path| Some(path.rsplit_once('.')?.0));
                below.extend(ancestors.filter_map(|path| Some((resources.binary_search(&path).ok()?, action))));
            }
        }
        let scope_types = keys("scopes");
        let limits =
            members(root.get("plans")).flat_map(|(_, plan)| members(plan.get("limits"))).map(|(limit, _)| limit);
        Names {
            entitlements: sorted(strings(root.get("entitlements")).collect()),
            limits: sorted(limits.collect()),
            plans: keys("plans"),
            roles: keys("roles"),
            scope_types_and_root: sorted(scope_types.iter().copied().chain([name::ROOT]).collect()),
            scope_types,
            sections: keys("sections"),
            permissions: sorted(permissions),
            below: sorted(below),
            actions,
            resources,
        }
    }

    /// The names of a space, in order.
    pub(super) fn of(&self, space: Space) -> &[&'a str] {
        match space {
            Space::Action => &self.actions,
            Space::Resource => &self.resources,
            Space::Entitlement => &self.entitlements,
            Space::Plan => &self.plans,
            Space::Limit => &self.limits,
            Space::ScopeType => &self.scope_types,
            Space::ScopeTypeOrRoot => &self.scope_types_and_root,
            Space::Role => &self.roles,
            Space::Section => &self.sections,
            Space::Constraint => &[],
        }
    }

    /// True for a declared name.
    pub(super) fn has(&self, space: Space, name: &str) -> bool {
        self.of(space).binary_search(&name).is_ok()
    }

    /// How many permissions are declared.
    pub(super) fn permission_count(&self) -> usize {
        self.permissions.len()
    }

    /// True for a declared permission.
    pub(super) fn has_permission(&self, path: &str, action: &str) -> bool {
        self.pair(path, action).is_some_and(|pair| self.permissions.binary_search(&pair).is_ok())
    }

    /// True where the action is declared on the resource or on anything below it.
    pub(super) fn has_below(&self, path: &str, action: &str) -> bool {
        self.pair(path, action).is_some_and(|pair| self.below.binary_search(&pair).is_ok())
    }

    /// The actions declared on a resource.
    pub(super) fn actions_on(&self, path: &str) -> impl Iterator<Item = &'a str> {
        let resource = self.resources.binary_search(&path).unwrap_or(usize::MAX);
        let start = self.permissions.partition_point(|(other, _)| *other < resource);
        let own =
            self.permissions.get(start..).unwrap_or_default().iter().take_while(move |(other, _)| *other == resource);
        own.filter_map(|(_, action)| self.actions.get(*action).copied())
    }

    /// The resources that a pattern names, by path.
    pub(super) fn resources_of(&self, resource: &ResourcePattern) -> impl Iterator<Item = &'a str> {
        let (path, tree) = match resource {
            ResourcePattern::Every => (None, Some(self.resources.as_slice())),
            ResourcePattern::One(path) => (Some(path), None),
            ResourcePattern::Tree(path) => {
                let start = format!("{path}.");
                let below = self
                    .resources
                    .get(self.resources.partition_point(|other| *other < start.as_str())..)
                    .unwrap_or_default();
                let length = below.partition_point(|other| other.starts_with(&start));
                (Some(path), below.get(..length))
            }
        };
        let own = path.and_then(|path| self.resources.get(self.resources.binary_search(&path.as_str()).ok()?));
        own.into_iter().chain(tree.unwrap_or_default()).copied()
    }

    /// True where the pattern names a declared permission.
    pub(super) fn matches(&self, pattern: &Pattern) -> bool {
        match &pattern.actions {
            ActionsPattern::These(actions) => {
                actions.iter().any(|action| self.matches_action(&pattern.resource, action))
            }
            ActionsPattern::Every => match &pattern.resource {
                ResourcePattern::Every => !self.permissions.is_empty(),
                ResourcePattern::One(path) => self.actions_on(path).next().is_some(),
                ResourcePattern::Tree(path) => {
                    let resource = self.resources.binary_search(&path.as_str()).unwrap_or(usize::MAX);
                    self.below.binary_search_by(|(other, _)| other.cmp(&resource)).is_ok()
                }
            },
        }
    }

    /// True where that action of the pattern is declared on one of its resources.
    pub(super) fn matches_action(&self, resource: &ResourcePattern, action: &str) -> bool {
        match resource {
            ResourcePattern::Every => self.has(Space::Action, action),
            ResourcePattern::One(path) => self.has_permission(path, action),
            ResourcePattern::Tree(path) => self.has_below(path, action),
        }
    }

    fn pair(&self, path: &str, action: &str) -> Option<(usize, usize)> {
        Some((self.resources.binary_search(&path).ok()?, self.actions.binary_search(&action).ok()?))
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let members = match value {
        Some(Value::Object(members)) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(key, value)| (&**key, value))
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let elements = match value {
        Some(Value::Array(elements)) => elements.as_slice(),
        _ => &[],
    };
    elements.iter().filter_map(Value::as_str)
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}
