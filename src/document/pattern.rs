//! Patterns: `resource:actions` (section 1).

use std::fmt;

use crate::name;
use crate::text::join;

/// A pattern of permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Which resources.
    pub resource: ResourcePattern,
    /// Which actions on them.
    pub actions: ActionsPattern,
}

/// The resource part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourcePattern {
    /// `*`
    Every,
    /// `crm.relation`: that resource alone.
    One(String),
    /// `crm.**`: that resource and everything below it.
    Tree(String),
}

/// The actions part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionsPattern {
    /// `*`
    Every,
    /// A comma list.
    These(Vec<String>),
}

/// Why a string is no pattern: what is wrong with it, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Pattern {
    /// Reads a pattern; whether it matches anything is for the policy to say.
    ///
    /// # Errors
    /// A [`PatternError`] for what is no pattern.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        let wrong = |help: String| PatternError { message: join(&["`", text, "` is no pattern"]), help };
        let Some((resource, actions)) = text.split_once(':') else {
            return Err(wrong("write `resource:actions`, such as `crm.relation:view,edit`".to_owned()));
        };
        let resource = if resource == "*" {
            ResourcePattern::Every
        } else if let Some(tree) = resource.strip_suffix(".**").filter(|tree| name::is_resource_path(tree)) {
            ResourcePattern::Tree(tree.to_owned())
        } else if name::is_resource_path(resource) {
            ResourcePattern::One(resource.to_owned())
        } else if let Some(tree) = resource.strip_suffix(".*").filter(|tree| name::is_resource_path(tree)) {
            return Err(wrong(join(&["write `", tree, ".**:", actions, "` for `", tree, "` and everything below it"])));
        } else if resource == "**" {
            return Err(wrong(join(&["write `*:", actions, "` for every resource"])));
        } else {
            return Err(wrong(
                "the resource is a path such as `crm.relation`, a path followed by `.**`, or `*`".to_owned(),
            ));
        };
        let actions = if actions == "*" {
            ActionsPattern::Every
        } else if actions.split(',').all(name::is_segment) {
            ActionsPattern::These(actions.split(',').map(str::to_owned).collect())
        } else {
            return Err(wrong("the actions are `*` or names joined by commas without spaces".to_owned()));
        };
        Ok(Pattern { resource, actions })
    }
}

impl Pattern {
    /// The pattern as it is written.
    #[must_use]
    pub fn written(&self) -> String {
        let (path, below) = match &self.resource {
            ResourcePattern::Every => ("*", ""),
            ResourcePattern::One(path) => (path.as_str(), ""),
            ResourcePattern::Tree(path) => (path.as_str(), ".**"),
        };
        let actions = match &self.actions {
            ActionsPattern::Every => "*".to_owned(),
            ActionsPattern::These(actions) => actions.join(","),
        };
        join(&[path, below, ":", &actions])
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written())
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn the_four_forms_are_read_and_written_back() {
        for text in ["crm.relation:edit", "crm.**:view,edit", "*:*", "crm:*"] {
            assert_eq!(Pattern::parse(text).unwrap().written(), text);
        }
    }

    #[test]
    fn a_star_below_a_path_names_the_two_stars_in_its_help() {
        assert!(Pattern::parse("crm.*:view").unwrap_err().help.contains("`crm.**:view`"));
        for bad in ["crm", "crm:", ":view", "crm:view, edit", "crm.**.x:view", "crm:view:edit", "**:*", "crm:*,view"] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }
}
