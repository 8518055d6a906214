//! What a policy declares, gathered before anything is checked, so that a name may stand before its
//! declaration. Sorted lists instead of maps: they are as fast here, and smaller in the module.

use crate::document::pattern::{ActionsPattern, ResourcePattern};
use crate::document::read::{elements, members};
use crate::document::shape::Space;
use crate::name;
use crate::order::sorted_set;
use crate::text::join;
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
        let keys = |key: &str| sorted_set(members(root.get(key)).iter().map(|(key, _)| &**key).collect());
        let resources = keys("resources");
        let declared = members(root.get("resources")).iter().map(|(path, resource)| (&**path, resource));
        let actions = declared.clone().flat_map(|(_, resource)| strings(resource.get("actions")));
        let actions = sorted_set(actions.collect());
        let mut permissions = Vec::new();
        let mut below = Vec::new();
        // What is no path has no ancestors to speak of, and could have millions of them.
        for (path, resource) in declared.filter(|(path, _)| name::is_resource_path(path)) {
            for action in strings(resource.get("actions")).filter_map(|action| actions.binary_search(&action).ok()) {
                permissions.extend(resources.binary_search(&path).ok().map(|resource| (resource, action)));
                let ancestors = std::iter::successors(Some(path), |path| Some(path.rsplit_once('.')?.0));
                below.extend(ancestors.filter_map(|path| Some((resources.binary_search(&path).ok()?, action))));
            }
        }
        let scope_types = keys("scopes");
        let limits = members(root.get("plans")).iter().flat_map(|(_, plan)| members(plan.get("limits")));
        let limits = limits.map(|(limit, _)| &**limit);
        Names {
            entitlements: sorted_set(strings(root.get("entitlements")).collect()),
            limits: sorted_set(limits.collect()),
            plans: keys("plans"),
            roles: keys("roles"),
            scope_types_and_root: sorted_set(scope_types.iter().copied().chain([name::ROOT]).collect()),
            scope_types,
            sections: keys("sections"),
            permissions: sorted_set(permissions),
            below: sorted_set(below),
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

    /// Where a resource stands among the declared ones.
    fn resource(&self, path: &str) -> Option<usize> {
        self.resources.binary_search(&path).ok()
    }

    /// True for a declared permission.
    pub(super) fn has_permission(&self, path: &str, action: &str) -> bool {
        self.part(&ResourcePattern::One(path.to_owned())).has(action)
    }

    /// The actions declared on a resource.
    pub(super) fn actions_on(&self, path: &str) -> impl Iterator<Item = &'a str> {
        self.resource(path)
            .map(|resource| run(&self.permissions, resource))
            .unwrap_or_default()
            .iter()
            .filter_map(|(_, action)| self.actions.get(*action).copied())
    }

    /// The resources that a pattern names, by path.
    pub(super) fn resources_of(&self, resource: &ResourcePattern) -> impl Iterator<Item = &'a str> {
        let (path, tree) = match resource {
            ResourcePattern::Every => (None, Some(self.resources.as_slice())),
            ResourcePattern::One(path) => (Some(path), None),
            ResourcePattern::Tree(path) => {
                let start = join(&[path, "."]);
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

    /// The declared permissions on the resources of a pattern.
    pub(super) fn part(&self, resource: &ResourcePattern) -> Part<'_> {
        let (pairs, path) = match resource {
            ResourcePattern::Every => return Part { actions: &self.actions, pairs: None },
            ResourcePattern::One(path) => (&self.permissions, path),
            ResourcePattern::Tree(path) => (&self.below, path),
        };
        let pairs = self.resource(path).map(|resource| run(pairs, resource));
        Part { actions: &self.actions, pairs: Some(pairs.unwrap_or_default()) }
    }
}

/// The actions that are declared on some resources.
pub(super) struct Part<'n> {
    actions: &'n [&'n str],
    /// Which of them; `None`: all.
    pairs: Option<&'n [(usize, usize)]>,
}

impl Part<'_> {
    /// True where nothing is declared.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.map_or(self.actions.is_empty(), <[_]>::is_empty)
    }

    /// True where that action is declared.
    pub(super) fn has(&self, action: &str) -> bool {
        self.actions.binary_search(&action).is_ok_and(|action| {
            self.pairs.is_none_or(|pairs| pairs.binary_search_by(|(_, other)| other.cmp(&action)).is_ok())
        })
    }

    /// True where a pattern with these actions names something.
    pub(super) fn matches(&self, actions: &ActionsPattern) -> bool {
        match actions {
            ActionsPattern::Every => !self.is_empty(),
            ActionsPattern::These(list) => list.iter().any(|action| self.has(action)),
        }
    }
}

/// The pairs of one resource among ordered pairs.
fn run(pairs: &[(usize, usize)], resource: usize) -> &[(usize, usize)] {
    let from = pairs.get(pairs.partition_point(|(other, _)| *other < resource)..).unwrap_or_default();
    from.get(..from.partition_point(|(other, _)| *other == resource)).unwrap_or_default()
}

/// The strings of an array.
fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    elements(value).iter().filter_map(Value::as_str)
}
