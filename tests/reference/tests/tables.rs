//! Every row of the tables beside the policies, asked of the reference: the decisions and sections of
//! `tests`, and the changes of `changes`.

use std::fs;
use std::io::Write;
use std::path::Path;

use grantlet_reference::{Facts, Request, decide, decide_change, section};
use serde_json::{Value, json};

const SYSTEMS: [&str; 5] = ["copernica", "performanet", "procurios", "sys", "workspaces"];

fn read(file: &str) -> Value {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    serde_json::from_str(&fs::read_to_string(policies.join(file)).unwrap()).unwrap()
}

fn named<'a>(table: &'a Value, list: &str, name: &Value) -> &'a Value {
    table[list].get(name.as_str().unwrap()).unwrap_or_else(|| panic!("there is no {name} in `{list}`"))
}

fn rows<'a>(table: &'a Value, list: &str) -> &'a [Value] {
    table[list].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_decision_and_section_is_as_its_row_expects() {
    let mut wrong = Vec::new();
    for system in SYSTEMS {
        let (policy, table) = (read(&format!("{system}.json")), read(&format!("{system}.tests.json")));
        for row in rows(&table, "tests") {
            let subject = named(&table, "subjects", &row["subject"]);
            let context = named(&table, "contexts", &row["context"]);
            let facts = Facts { policy: &policy, subject, context, roles: None, now: 0.0 };
            let given = |key: &str| row.get("request").and_then(|request| request.get(key)).cloned();
            let request = Request {
                scope: given("scope").map(|scope| scope.as_str().unwrap().to_owned()),
                resource: given("resource"),
                action: given("action"),
            };
            for (permission, expected) in row["expect"].as_object().unwrap() {
                let answer = decide(&facts, permission, &request);
                if *expected != answer.reason && *expected != answer.effect {
                    wrong.push(format!("{system}: {}: {permission} is {}, not {expected}", row["name"], answer.reason));
                }
            }
            for (name, expected) in row.get("sections").and_then(Value::as_object).into_iter().flatten() {
                let state = section(&facts, name, &request);
                if *expected != state {
                    wrong.push(format!("{system}: {}: {name} is {state}, not {expected}", row["name"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_change_is_decided_as_its_row_expects() {
    let mut wrong = Vec::new();
    for system in SYSTEMS {
        let (policy, table) = (read(&format!("{system}.json")), read(&format!("{system}.tests.json")));
        let changes = rows(&table, "changes");
        for row in changes {
            let answer = decide_change(&policy, &change(&table, row), 0.0).unwrap();
            let constraint = row.get("constraint").and_then(Value::as_str);
            if row["expect"] != answer.reason.as_str() || constraint != answer.constraint.as_deref() {
                wrong.push(format!("{system}: {}: {answer:?}", row["name"]));
            }
        }
        // Written past the capture of the test harness: the figure belongs in the log of every run.
        writeln!(std::io::stderr(), "tables: {system}: {} changes", changes.len()).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The change of a row, with the subjects and the context that it names.
fn change(table: &Value, row: &Value) -> Value {
    let mut change =
        json!({ "actor": named(table, "subjects", &row["actor"]), "target": named(table, "subjects", &row["target"]) });
    for key in ["assign", "revoke", "grant", "ungrant"] {
        if let Some(part) = row.get(key) {
            change[key] = part.clone();
        }
    }
    if let Some(context) = row.get("context") {
        change["context"] = named(table, "contexts", context).clone();
    }
    if let Some(directory) = row.get("directory").and_then(Value::as_array) {
        change["directory"] = directory.iter().map(|name| named(table, "subjects", name).clone()).collect();
    }
    change
}
