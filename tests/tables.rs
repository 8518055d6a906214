//! Every row of the tables beside the policies, asked of the engine. A row's `expect` holds an effect
//! or a reason for each permission; of an effect that has one reason alone both mean the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use grantlet::administration::decide_change;
use grantlet::document;
use grantlet::policy::Policy;
use serde_json::{Value as Json, json as object};
use support::{Asked, effect_name, value};

fn files(is_table: bool) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("policies").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.to_str().unwrap();
        name.ends_with(".json") && name.ends_with(".tests.json") == is_table
    });
    files.sort();
    files
}

fn json(path: &PathBuf) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn there_is_nothing_to_say_of_any_policy() {
    let policies = files(false);
    assert_eq!(policies.len(), 5);
    for path in policies {
        let list = document::check(&fs::read_to_string(&path).unwrap());
        assert!(list.is_empty(), "{}: {list:#?}", path.display());
    }
}

#[test]
fn every_row_is_answered_as_it_expects() {
    let tables = files(true);
    assert_eq!(tables.len(), 5);
    let mut wrong = Vec::new();
    for path in tables {
        let table = json(&path);
        let system = table["policy"].as_str().unwrap();
        let policy = support::policy(&json(&path.with_file_name(system)));
        let rows = table["tests"].as_array().unwrap();
        let mut answers = 0;
        for row in rows {
            answers += answer(&policy, &table, row, &mut wrong);
        }
        writeln!(std::io::stderr(), "tables: {system}: {} rows, {answers} answers", rows.len()).unwrap();
        assert!(!rows.is_empty());
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

fn named(table: &Json, list: &str, name: &Json) -> Json {
    let name = name.as_str().unwrap();
    table[list].get(name).unwrap_or_else(|| panic!("there is no `{name}` in `{list}`")).clone()
}

/// Asks what a row asks, and says how much that is.
fn answer(policy: &Arc<Policy>, table: &Json, row: &Json, wrong: &mut Vec<String>) -> usize {
    let context = row.get("context").map_or(Json::Null, |name| named(table, "contexts", name));
    let session = support::open(policy, &named(table, "subjects", &row["subject"]), &context, 0.0);
    let asked = row.get("request").map_or_else(Asked::default, Asked::from_json);
    let mut note = |what: &str, found: &str, expected: &str| {
        wrong.push(format!("{}: {what} is {found}, not {expected}", row["name"]));
    };
    let expect = row["expect"].as_object().unwrap();
    for (permission, expected) in expect {
        let expected = expected.as_str().unwrap();
        let decision = support::decide(&session, permission, &asked);
        if expected != decision.reason.name() && expected != effect_name(decision.effect) {
            note(permission, decision.reason.name(), expected);
        }
    }
    let sections = row.get("sections").and_then(Json::as_object);
    for (section, expected) in sections.into_iter().flatten() {
        let state = session.section(section, asked.request());
        if Some(state.name()) != expected.as_str() {
            note(section, state.name(), expected.as_str().unwrap());
        }
    }
    expect.len() + sections.map_or(0, serde_json::Map::len)
}

#[test]
fn every_change_is_decided_as_its_row_expects() {
    let mut wrong = Vec::new();
    for path in files(true) {
        let table = json(&path);
        let system = table["policy"].as_str().unwrap();
        let policy = support::policy(&json(&path.with_file_name(system)));
        let rows = table["changes"].as_array().unwrap();
        for row in rows {
            let decision = decide_change(&policy, &value(&change(&table, row)), 0.0).unwrap();
            let constraint = row.get("constraint").and_then(Json::as_str);
            if row["expect"] != decision.reason.name() || constraint != decision.constraint.as_deref() {
                wrong.push(format!("{system}: {}: {decision:?}", row["name"]));
            }
        }
        writeln!(std::io::stderr(), "tables: {system}: {} changes", rows.len()).unwrap();
        assert!(!rows.is_empty());
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The change of a row, with the subjects and the context that it names.
fn change(table: &Json, row: &Json) -> Json {
    let subject = |name: &Json| named(table, "subjects", name);
    let mut change = object!({ "actor": subject(&row["actor"]), "target": subject(&row["target"]) });
    for key in ["assign", "revoke", "grant", "ungrant"] {
        if let Some(part) = row.get(key) {
            change[key] = part.clone();
        }
    }
    if let Some(context) = row.get("context") {
        change["context"] = named(table, "contexts", context);
    }
    if let Some(directory) = row.get("directory").and_then(Json::as_array) {
        change["directory"] = directory.iter().map(subject).collect();
    }
    change
}
