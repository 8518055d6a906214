//! Patterns: `resource:actions` (section 1).

use crate::name;
use crate::text::cut;

/// A pattern of permissions, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern<'t> {
    /// The path of the resource; `None` for `*`: every one.
    pub path: Option<&'t str>,
    /// It ends in `.**`: everything below the resource too.
    pub tree: bool,
    /// `*`, or names joined by commas.
    pub actions: &'t str,
}

impl<'t> Pattern<'t> {
    /// The parts of a pattern, whatever their names.
    pub(crate) fn split(text: &'t str) -> Option<Pattern<'t>> {
        let (resource, actions) = cut(text, b':')?;
        let path = resource.strip_suffix(".**");
        let tree = path.is_some();
        let path = Some(path.unwrap_or(resource)).filter(|path| tree || *path != "*");
        Some(Pattern { path, tree, actions })
    }

    /// Reads a pattern; whether it matches anything is for the policy to say.
    ///
    /// # Errors
    /// What to write instead of what is no pattern.
    pub fn parse(text: &'t str) -> Result<Pattern<'t>, &'static str> {
        let Some(pattern) = Pattern::split(text) else {
            return Err("write `resource:actions`, such as `crm.relation:view,edit`");
        };
        if !pattern.path.is_none_or(name::is_resource_path) {
            return Err("the resource is a path such as `crm.relation`, a path followed by `.**`, or `*`");
        }
        if pattern.actions != "*" && name::segments(pattern.actions, b',') == 0 {
            return Err("the actions are `*` or names joined by commas without spaces");
        }
        Ok(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn the_four_forms_are_read() {
        for (text, path, tree, actions) in [
            ("crm.relation:edit", Some("crm.relation"), false, "edit"),
            ("crm.**:view,edit", Some("crm"), true, "view,edit"),
            ("*:*", None, false, "*"),
            ("crm:*", Some("crm"), false, "*"),
        ] {
            assert_eq!(Pattern::parse(text), Ok(Pattern { path, tree, actions }), "{text}");
        }
    }

    #[test]
    fn whatever_else_is_no_pattern() {
        for bad in [
            "crm",
            "crm:",
            ":view",
            "crm:view, edit",
            "crm.**.x:view",
            "crm:view:edit",
            "**:*",
            "crm:*,view",
            "crm.*:view",
            "*.**:view",
            ".**:view",
        ] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }
}
