//! Ways to change a case by a little, for laws about what such a change can do.

use serde_json::{Map, Value as Json, json};

/// The elements of a list of a document; none where it is absent.
pub(crate) fn list<'a>(document: &'a Json, key: &str) -> &'a [Json] {
    document.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The actions that one implies, transitively, itself left out.
pub(crate) fn implied(policy: &Json, action: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut next = vec![action.to_owned()];
    while let Some(action) = next.pop() {
        for implied in policy.get("implies").map_or(&[][..], |implies| list(implies, &action)) {
            let implied = implied.as_str().unwrap().to_owned();
            if !all.contains(&implied) {
                all.push(implied.clone());
                next.push(implied);
            }
        }
    }
    all
}

/// True where a role or one that it inherits has a deny grant.
pub(crate) fn carries_deny(policy: &Json, role: &str) -> bool {
    let Some(declared) = policy["roles"].get(role) else { return false };
    !list(declared, "deny").is_empty()
        || list(declared, "inherits").iter().any(|parent| carries_deny(policy, parent.as_str().unwrap()))
}

/// Takes out the entries that derive a role that carries a deny from holding another.
pub(crate) fn derive_no_deny(policy: &mut Json) {
    let is_kept = |entry: &&Json| {
        let by_holding = entry.get("holds").is_some() || entry.get("holdsBelow").is_some();
        !(by_holding && carries_deny(policy, entry["role"].as_str().unwrap()))
    };
    let kept: Vec<Json> = list(policy, "derivedRoles").iter().filter(is_kept).cloned().collect();
    policy["derivedRoles"] = json!(kept);
}

/// Replaces every `exists` in a document by a comparison of its variable.
pub(crate) fn without_exists(document: &mut Json) {
    match document {
        Json::Array(list) => list.iter_mut().for_each(without_exists),
        Json::Object(members) => {
            if let Some(variable) = members.remove("exists") {
                members.insert("eq".to_owned(), json!([variable, "anna"]));
            }
            members.values_mut().for_each(without_exists);
        }
        _ => {}
    }
}

/// Takes one attribute out of an object, or one out of an attribute that is an object itself.
pub(crate) fn remove_attribute(attributes: &mut Json, which: usize) {
    let Some(members) = attributes.as_object_mut().filter(|members| !members.is_empty()) else { return };
    let key = members.keys().nth(which % members.len()).unwrap().clone();
    match members.get_mut(&key) {
        Some(Json::Object(inner)) if !inner.is_empty() && which.is_multiple_of(2) => inner.clear(),
        _ => drop(members.remove(&key)),
    }
}

/// Moves the end of a fact's validity forward to an instant, or its beginning back to it, where it
/// shortens it.
pub(crate) fn shorten(fact: &mut Json, is_end: bool, at: i32) {
    let key = if is_end { "until" } else { "from" };
    let present = fact.get(key).map(|bound| grantlet::time::instant(&super::value(bound)).unwrap());
    let at = f64::from(at);
    if present.is_none_or(|present| if is_end { at < present } else { present < at }) {
        fact[key] = json!(at);
    }
}

/// Turns a list or the members of an object by some places, and every other time around.
pub(crate) fn turned(value: &mut Json, by: usize) {
    fn turn<T>(list: &mut [T], by: usize) {
        if !list.is_empty() {
            list.rotate_left(by % list.len());
        }
        if by % 2 == 1 {
            list.reverse();
        }
    }
    match value {
        Json::Array(list) => turn(list, by),
        Json::Object(members) => {
            let mut list: Vec<(String, Json)> = std::mem::take(members).into_iter().collect();
            turn(&mut list, by);
            *members = list.into_iter().collect::<Map<String, Json>>();
        }
        _ => {}
    }
}
