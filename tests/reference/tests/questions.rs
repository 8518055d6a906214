//! Section 9: claims derived by hand from the text of the model.

use grantlet_reference::{Cell, Options, Request, diff, matrix, recommend, who};
use serde_json::{Value, json};

fn policy() -> Value {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"] },
        "entitlements": ["gold", "silver"],
        "plans": { "small": { "entitlements": ["silver"] } },
        "scopes": { "company": {} },
        "resources": {
            "page": { "actions": ["view", "edit"] },
            "note": { "actions": ["view"], "requires": "gold" },
            "list": { "actions": ["view"] }
        },
        "roles": {
            "viewer": { "allow": ["page:view"] },
            "editor": { "inherits": ["viewer"], "allow": ["page:edit"] },
            "noter": { "allow": ["note:view", "list:view"] },
            "lister": { "allow": ["list:view"] },
            "local": { "scopes": ["company"], "allow": ["*:*"] },
            "every": { "abstract": true, "allow": ["*:*"] },
            "own": { "allow": [{ "permissions": ["page:edit"], "when": { "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] } }] },
            "silent": { "inherits": ["lister"], "deny": ["list:view", { "permissions": ["page:view"], "when": { "any": [] } }] },
            "gilded": { "requires": "gold", "allow": ["page:*"] }
        }
    })
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_matrix_says_what_each_role_alone_gives() {
    let matrix = matrix(&policy());
    let cell = |role: &str, permission: &str| matrix[role].get(permission).copied();
    assert_eq!(cell("editor", "page:view"), Some(Cell::Allow));
    assert_eq!(cell("editor", "list:view"), None);
    assert_eq!(cell("noter", "note:view"), Some(Cell::Allow));
    assert_eq!(cell("gilded", "page:edit"), Some(Cell::Allow));
    assert_eq!(cell("own", "page:edit"), Some(Cell::Conditional));
    assert_eq!(cell("own", "page:view"), Some(Cell::Conditional));
    assert_eq!(cell("silent", "list:view"), Some(Cell::Deny));
    // What only a conditional deny covers is nothing, and no cell.
    assert_eq!(cell("silent", "page:view"), None);
    assert_eq!(matrix.len(), 9);
}

#[test]
fn a_recommendation_gives_the_fewest_further_permissions() {
    let ask = |needed: &[&str], options: Options| recommend(&policy(), &names(needed), &options);
    let one = ask(&["page:view"], Options::default());
    assert_eq!((one.roles, one.extra), (names(&["viewer"]), vec![]));
    // `editor` and `gilded` give the same; the name that comes first wins.
    assert_eq!(ask(&["page:edit"], Options::default()).roles, names(&["editor"]));
    let two = ask(&["page:edit", "note:view"], Options::default());
    assert_eq!((two.roles, two.extra), (names(&["editor", "noter"]), names(&["page:view", "list:view"])));
    let few = ask(&["page:edit", "note:view"], Options { at_most: Some(1), ..Options::default() });
    assert_eq!((few.roles, few.missing), (vec![], vec![]));
    let local = ask(&["page:view"], Options { scope: Some("company".to_owned()), ..Options::default() });
    assert_eq!((local.roles, local.extra.len()), (names(&["local"]), 3));
    let small = ask(&["note:view"], Options { plan: Some("small".to_owned()), ..Options::default() });
    assert_eq!((small.roles, small.missing), (vec![], names(&["note:view"])));
    assert_eq!(ask(&[], Options::default()).roles, names(&[]));
}

#[test]
fn an_exclusive_forbids_a_set() {
    let mut policy = policy();
    policy["constraints"] = json!([{ "id": "x", "exclusive": ["viewer", "noter"] }]);
    let ask = |needed: &[&str]| recommend(&policy, &names(needed), &Options::default()).roles;
    // `editor` inherits `viewer` and so excludes `noter`; `gilded` does not.
    assert_eq!(ask(&["page:edit", "note:view"]), names(&["gilded", "noter"]));
    assert_eq!(ask(&["page:view", "list:view"]), names(&["lister", "viewer"]));
}

#[test]
fn who_lists_those_who_may_and_those_who_might() {
    let directory = [("anna", "editor"), ("tom", "own"), ("eve", "silent")]
        .map(|(id, role)| json!({ "id": id, "assignments": [{ "role": role }] }));
    let ask = |request: &Request| who(&policy(), "page:edit", &directory, &json!({}), request, 0.0);
    assert_eq!(ask(&Request::default()), (names(&["anna"]), names(&["tom"])));
    let of_tom = Request { resource: Some(json!({ "owner": "tom" })), ..Request::default() };
    assert_eq!(ask(&of_tom), (names(&["anna", "tom"]), vec![]));
}

#[test]
fn a_difference_is_gained_lost_or_under_another_condition() {
    let old = policy();
    let mut new = policy();
    new["roles"]["viewer"]["allow"] = json!(["list:view"]);
    new["roles"]["own"]["allow"][0]["when"] = json!({ "all": [] });
    new["roles"].as_object_mut().unwrap().shift_remove("gilded");
    new["roles"]["newest"] = json!({});
    let diff = diff(&old, &new);
    assert_eq!((diff.added, diff.removed), (names(&["newest"]), names(&["gilded"])));
    assert_eq!(diff.roles.keys().collect::<Vec<_>>(), ["editor", "own", "viewer"]);
    assert_eq!(diff.roles["viewer"].gained, ["list:view"]);
    assert_eq!(diff.roles["viewer"].lost, ["page:view"]);
    assert_eq!(diff.roles["editor"].lost, names(&[]));
    assert_eq!(diff.roles["own"].changed, ["page:view", "page:edit"]);
}
