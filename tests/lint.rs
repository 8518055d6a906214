//! What is said of policies that are legal but suspicious: every one of `tests/cases/lint` with its exact
//! diagnostics, and generated ones against the reference evaluator where that can say.
//!
//! `BLESS=1 cargo test --test lint` writes the diagnostics anew; whoever does so reads the difference.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use grantlet::compile::compile;
use grantlet::diagnostic::{Diagnostic, Severity};
use grantlet::document;
use grantlet::tools::lint::lint;
use grantlet_reference as reference;
use grantlet_reference::generate::policy as generated;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::policy;
use support::tally::{Tally, run};

const CODES: [&str; 9] = [
    "inherited-grant",
    "pointless-deny",
    "shallow-deny",
    "exists-in-deny",
    "negated-exists-in-allow",
    "unreachable-role",
    "ungiven-permission",
    "closed-section",
    "pointless-implication",
];

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/cases/lint").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".expected.json"));
    files.sort();
    files
}

fn said(path: &PathBuf) -> Vec<Diagnostic> {
    let text = fs::read_to_string(path).unwrap();
    let (document, _) = document::read(&text).unwrap();
    lint(&compile(document)).unwrap()
}

#[test]
fn every_suspicious_policy_gives_its_exact_diagnostics() {
    let mut codes = BTreeSet::new();
    for path in files() {
        let list = said(&path);
        codes.extend(list.iter().map(|diagnostic| diagnostic.code));
        let found = format!("{}\n", serde_json::to_string_pretty(&list).unwrap());
        let expected_path = path.with_extension("expected.json");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected_path, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        assert_eq!(found, expected, "{}", path.display());
    }
    assert_eq!(codes, BTreeSet::from(CODES));
    assert_eq!(said(&PathBuf::from("tests/cases/lint/nothing-suspicious.json")), []);
}

#[test]
fn every_diagnostic_is_a_warning_at_a_place_of_the_policy_with_a_way_out() {
    for path in files() {
        let document: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for found in said(&path) {
            assert_eq!(found.severity, Severity::Warning);
            assert!(document.pointer(&found.pointer).is_some(), "{}", found.pointer);
            for sentence in [&found.message, &found.help.unwrap()] {
                assert!(
                    !sentence.ends_with('.') && !sentence.starts_with(|c: char| c.is_ascii_uppercase()),
                    "{sentence}"
                );
            }
        }
    }
}

fn pointers<'a>(list: &'a [Diagnostic], code: &str) -> BTreeSet<&'a str> {
    list.iter().filter(|found| found.code == code).map(|found| found.pointer.as_str()).collect()
}

/// A policy without one element of a list.
fn without(document: &Json, list: &str, place: usize) -> Json {
    let mut less = document.clone();
    less.pointer_mut(list).unwrap().as_array_mut().unwrap().remove(place);
    less
}

/// What the reference says of a role with every entitlement active: the cells of its row.
fn row(document: &Json, role: &str) -> std::collections::BTreeMap<String, reference::Cell> {
    reference::matrix(document).remove(role).unwrap()
}

#[test]
fn what_no_role_gives_agrees_with_the_matrix_of_the_reference() {
    let tally = Tally::<2>::new();
    run(1_000, &generated(), |document| {
        let list = lint(&policy(&document)).unwrap();
        let matrix = reference::matrix(&document);
        let gives = |permission: &str| {
            matrix.values().any(|row| row.get(permission).is_some_and(|cell| *cell != reference::Cell::Deny))
        };
        let messages: BTreeSet<&str> = list
            .iter()
            .filter(|found| found.code == "ungiven-permission")
            .map(|found| found.message.as_str())
            .collect();
        for permission in reference::permissions(&document) {
            let is_said = messages.contains(format!("no role gives `{permission}`").as_str());
            prop_assert_eq!(is_said, !gives(&permission), "{}", permission);
            tally.add(usize::from(is_said));
        }
        let closed = pointers(&list, "closed-section");
        for (name, section) in document.get("sections").and_then(Json::as_object).into_iter().flatten() {
            let shown =
                section["show"].as_array().unwrap().iter().any(|permission| gives(permission.as_str().unwrap()));
            prop_assert_eq!(closed.contains(format!("/sections/{name}/show").as_str()), !shown);
        }
        Ok(())
    });
    tally.told("ungiven permissions", ["given", "given by no role"], 5_000);
}

#[test]
fn a_grant_that_is_inherited_can_go_and_nothing_changes() {
    let tally = Tally::<2>::new();
    run(1_500, &generated(), |document| {
        let list = lint(&policy(&document)).unwrap();
        let said = pointers(&list, "inherited-grant");
        for (role, written) in document["roles"].as_object().unwrap() {
            for kind in ["allow", "deny"] {
                let grants = written.get(kind).and_then(Json::as_array).map_or(0, Vec::len);
                for place in 0..grants {
                    let at = format!("/roles/{role}/{kind}");
                    let is_said = said.contains(format!("{at}/{place}").as_str());
                    if written.get("inherits").is_some() {
                        tally.add(usize::from(is_said));
                    }
                    if is_said {
                        let less = without(&document, &at, place);
                        prop_assert_eq!(row(&document, role), row(&less, role), "{}/{}", at, place);
                    }
                }
            }
        }
        Ok(())
    });
    tally.told("inherited grants", ["needed", "inherited"], 2_000);
}

#[test]
fn a_deny_without_a_point_can_go_and_no_role_gives_more() {
    let tally = Tally::<2>::new();
    run(1_500, &generated(), |document| {
        let list = lint(&policy(&document)).unwrap();
        let said = pointers(&list, "pointless-deny");
        let open = |document: &Json| -> Vec<(String, String, reference::Cell)> {
            let cells = reference::matrix(document).into_iter().flat_map(|(role, row)| {
                row.into_iter().map(move |(permission, cell)| (role.clone(), permission, cell))
            });
            cells.filter(|(_, _, cell)| *cell != reference::Cell::Deny).collect()
        };
        for (role, written) in document["roles"].as_object().unwrap() {
            for place in 0..written.get("deny").and_then(Json::as_array).map_or(0, Vec::len) {
                let at = format!("/roles/{role}/deny");
                let is_said = said.contains(format!("{at}/{place}").as_str());
                tally.add(usize::from(is_said));
                if is_said {
                    prop_assert_eq!(open(&document), open(&without(&document, &at, place)), "{}/{}", at, place);
                }
            }
        }
        Ok(())
    });
    tally.told("denies", ["with a point", "pointless"], 1_000);
}

#[test]
fn a_policy_whose_roles_inherit_too_much_is_refused_and_a_large_one_is_not() {
    let chain = |length: usize| {
        let when = json!({ "eq": [{ "var": "resource.a" }, 1] });
        let roles: serde_json::Map<String, Json> = (0..length)
            .map(|i| {
                let inherits: Vec<String> = i.checked_sub(1).map(|before| format!("r{before}")).into_iter().collect();
                (
                    format!("r{i}"),
                    json!({ "inherits": inherits, "allow": [{ "permissions": ["page:view"], "when": when }] }),
                )
            })
            .collect();
        policy(&json!({ "grantlet": 1, "resources": { "page": { "actions": ["view"] } }, "roles": roles }))
    };
    assert_eq!(lint(&chain(2_000)).unwrap().last().unwrap().code, "too-many-diagnostics");
    assert_eq!(lint(&chain(40_000)).unwrap_err()[0].code, "too-complex");
}

#[test]
fn of_the_policies_of_the_systems_nothing_is_said_but_of_permissions_that_no_role_gives() {
    for name in ["copernica", "performanet", "procurios", "sys", "workspaces"] {
        let mut list = said(&PathBuf::from(format!("policies/{name}.json")));
        list.retain(|found| found.code != "ungiven-permission");
        assert_eq!(list, [], "{name}");
    }
}
