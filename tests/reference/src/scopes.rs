//! Sections 1 and 4: scope references and `ancestors*`.

use serde_json::Value;

/// A scope; `None` is the root.
pub(crate) type Scope = Option<String>;

/// Section 1, *segment*.
pub(crate) fn is_segment(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Section 1, *scope reference*: the type and the id, `None` where the text is no reference.
pub(crate) fn reference(text: &str) -> Option<(&str, &str)> {
    let (kind, id) = text.split_once(':')?;
    let length = id.chars().count();
    let readable = is_segment(kind) && (1..=256).contains(&length) && !id.chars().any(char::is_control);
    readable.then_some((kind, id))
}

/// The type of a scope, as a role's `scopes` names it: `root` for the root, `None` for an undeclared type.
pub(crate) fn kind<'a>(policy: &Value, scope: Option<&'a str>) -> Option<&'a str> {
    match scope {
        None => Some("root"),
        Some(text) => {
            let (kind, _) = reference(text)?;
            policy.get("scopes")?.get(kind)?;
            Some(kind)
        }
    }
}

/// The scope that a fact names; without one it is the root.
pub(crate) fn scope_of(fact: &Value) -> Scope {
    fact.get("scope").and_then(Value::as_str).map(str::to_owned)
}

/// Section 4: the parent of a scope: the outer `None` where the chain is unknown, the inner one is the root.
pub(crate) fn parent(policy: &Value, context: &Value, scope: &str) -> Option<Scope> {
    let kind = kind(policy, Some(scope))?;
    let Some(above) = policy["scopes"][kind].get("in").and_then(Value::as_str) else {
        return Some(None);
    };
    let listed = context.get("scopes")?.get(scope)?.get("parent")?.as_str()?;
    (reference(listed)?.0 == above).then(|| Some(listed.to_owned()))
}

/// Section 4: `ancestors*(s)`: s, its parent, …, and the root; `None` where the chain is not known.
pub(crate) fn ancestors(policy: &Value, context: &Value, scope: Option<&str>) -> Option<Vec<Scope>> {
    let Some(scope) = scope else { return Some(vec![None]) };
    let above = parent(policy, context, scope)?;
    let mut chain = vec![Some(scope.to_owned())];
    chain.extend(ancestors(policy, context, above.as_deref())?);
    Some(chain)
}
