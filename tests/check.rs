//! What is said about a policy: every broken one of `tests/cases/broken` with its exact diagnostics,
//! texts that are cut off, too large or too deep, and policies of which there is nothing to say.
//!
//! `BLESS=1 cargo test --test check` writes the diagnostics of the broken policies anew; whoever does
//! so reads the difference.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use grantlet::compile::compile;
use grantlet::diagnostic::{Diagnostic, Severity};
use grantlet::document;
use grantlet::document::shape;
use grantlet::limits;
use proptest::prelude::*;

/// Every file of a directory that holds a policy.
fn policies(directory: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".expected.json") && !name.ends_with(".tests.json")
    });
    files.sort();
    files
}

fn codes(list: &[Diagnostic]) -> Vec<&str> {
    list.iter().map(|diagnostic| diagnostic.code).collect()
}

fn diagnostics_as_expected(path: &Path) -> Result<(), String> {
    let list = document::check(&fs::read_to_string(path).unwrap());
    let found = format!("{}\n", serde_json::to_string_pretty(&list).unwrap());
    let expected_path = path.with_extension("expected.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&expected_path, &found).unwrap();
    }
    let expected = fs::read_to_string(&expected_path).unwrap_or_default();
    if found == expected { Ok(()) } else { Err(format!("{} gives\n{found}", path.display())) }
}

#[test]
fn every_broken_policy_gives_its_exact_diagnostics() {
    let cases = policies("tests/cases/broken");
    assert!(cases.len() >= 30);
    let wrong: Vec<String> = cases.iter().filter_map(|path| diagnostics_as_expected(path).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_diagnostic_is_written_in_the_house_style() {
    for path in policies("tests/cases/broken") {
        for diagnostic in document::check(&fs::read_to_string(&path).unwrap()) {
            let code = diagnostic.code;
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
            for sentence in [Some(&diagnostic.message), diagnostic.help.as_ref()].into_iter().flatten() {
                assert!(
                    !sentence.ends_with('.') && !sentence.starts_with(|c: char| c.is_ascii_uppercase()),
                    "{sentence}"
                );
            }
        }
    }
}

#[test]
fn the_policies_of_the_systems_and_every_legal_feature_give_no_diagnostics() {
    for path in policies("policies").into_iter().chain(policies("tests/cases/legal")) {
        assert_eq!(document::check(&fs::read_to_string(&path).unwrap()), [], "{}", path.display());
    }
}

#[test]
fn the_tables_of_shapes_agree_with_themselves() {
    let shapes = shape::shapes(&shape::DOCUMENTS);
    assert!(shapes.len() > 25);
    for shape in shapes {
        assert!(!shape.doc.is_empty());
        assert!(shape.one_of.iter().all(|key| shape.field(key).is_some_and(|field| field.required)), "{}", shape.name);
        for (i, field) in shape.fields.iter().enumerate() {
            assert!(!field.doc.is_empty(), "{} of {}", field.key, shape.name);
            assert!(field.only_with.iter().all(|key| shape.one_of.contains(key)), "{} of {}", field.key, shape.name);
            assert!(shape.fields[..i].iter().all(|other| other.key != field.key), "{} of {}", field.key, shape.name);
        }
    }
}

#[test]
fn the_legal_policy_has_every_key_that_there_is() {
    let text = fs::read_to_string("tests/cases/legal/every-feature.json").unwrap();
    for field in shape::shapes(&[&shape::POLICY]).iter().flat_map(|shape| shape.fields) {
        assert!(text.contains(&format!("\"{}\":", field.key)), "{}", field.key);
    }
}

#[test]
fn warnings_stand_beside_the_document_and_errors_in_its_place() {
    let (_, warnings) = document::read(&fs::read_to_string("tests/cases/broken/only-pointless.json").unwrap()).unwrap();
    assert!(!warnings.is_empty() && warnings.iter().all(|diagnostic| diagnostic.severity == Severity::Warning));
    for path in policies("tests/cases/broken").iter().filter(|path| !path.ends_with("only-pointless.json")) {
        assert!(document::read(&fs::read_to_string(path).unwrap()).is_err(), "{}", path.display());
    }
}

#[test]
fn a_name_that_stands_twice_in_a_list_counts_once() {
    let text = r#"{"grantlet": 1, "resources": {"crm": {"actions": ["view", "view"]}}, "roles": {"a": {}, "b": {"inherits": ["a", "a"]}}}"#;
    let (document, warnings) = document::read(text).unwrap();
    assert_eq!(codes(&warnings), ["repeated-name", "repeated-name"]);
    assert_eq!(compile(document).permission_names().collect::<Vec<_>>(), ["crm:view"]);
}

#[test]
fn a_text_cut_off_anywhere_is_a_syntax_error_with_its_place() {
    let text = fs::read_to_string("tests/cases/legal/every-feature.json").unwrap();
    let text = text.trim_end();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let list = document::check(&text[..end]);
        assert_eq!(codes(&list), ["syntax"], "cut off at {end}");
        assert!(list[0].message.contains("line ") && list[0].message.contains("column "), "{}", list[0].message);
    }
}

#[test]
fn any_byte_of_a_policy_may_be_another_and_nothing_panics() {
    let text = fs::read_to_string("tests/cases/legal/every-feature.json").unwrap();
    for (place, other) in (0..text.len()).zip(b"\"{]9x*:. -".iter().cycle()) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = *other;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = document::check(&text);
        }
    }
}

#[test]
fn a_text_over_the_limit_is_refused_unread() {
    let text = " ".repeat(limits::POLICY_BYTES + 1);
    assert_eq!(codes(&document::check(&text)), ["too-large"]);
    assert_eq!(codes(&document::check(&text[1..])), ["syntax"]);
}

#[test]
fn what_is_nested_ten_thousand_deep_is_refused_and_so_is_a_condition_of_thirty_three() {
    let policy = |when: &str| {
        format!(
            r#"{{"grantlet": 1, "resources": {{"crm": {{"actions": ["view"]}}}}, "roles": {{"a": {{"allow": [{{"permissions": ["crm:view"], "when": {when}}}]}}}}}}"#
        )
    };
    let nested = |open: &str, middle: &str, close: &str, depth: usize| {
        format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
    };
    for deep in [
        nested(r#"{"not": "#, r#"{"all": []}"#, "}", 10_000),
        nested(r#"{"all": ["#, "", "]}", 10_000),
        nested("[", "", "]", 10_000),
        nested(r#"{"a": "#, "1", "}", 100_000),
    ] {
        assert_eq!(codes(&document::check(&policy(&deep))), ["too-deep"]);
        assert_eq!(codes(&document::check(&deep)), ["too-deep"]);
    }
    for (open, close) in [(r#"{"not": "#, "}"), (r#"{"all": ["#, "]}")] {
        let of_depth = |depth: usize| document::check(&policy(&nested(open, r#"{"any": []}"#, close, depth - 1)));
        assert_eq!(of_depth(32), []);
        assert_eq!(codes(&of_depth(33)), ["condition-too-deep"]);
    }
}

#[test]
fn more_diagnostics_than_anybody_reads_are_counted() {
    let unknown: Vec<String> = (0..5_000).map(|i| format!(r#""k{i}": 0"#)).collect();
    let list =
        document::check(&format!(r#"{{"grantlet": 1, "resources": {{}}, "roles": {{}}, {}}}"#, unknown.join(", ")));
    assert_eq!(list.len(), limits::DIAGNOSTICS + 1);
    assert_eq!(list.last().unwrap().message, "4000 more diagnostics are not listed");
}

#[test]
fn a_policy_may_have_as_many_roles_as_the_limit_says_and_no_more() {
    let of_roles = |number: usize| {
        let roles: Vec<String> = (0..number).map(|i| format!(r#""r{i}": {{}}"#)).collect();
        document::check(&format!(r#"{{"grantlet": 1, "resources": {{}}, "roles": {{{}}}}}"#, roles.join(", ")))
    };
    assert_eq!(of_roles(limits::ROLES), []);
    assert_eq!(codes(&of_roles(limits::ROLES + 1)), ["too-many"]);
}

/// A policy of 150,000 grants, each with an exception and a condition.
fn large() -> String {
    let resources: Vec<String> = (0..1_000)
        .flat_map(|i| {
            [
                format!(r#""area{i}": {{"actions": ["view", "edit"]}}"#),
                format!(r#""area{i}.item": {{"actions": ["view", "edit", "delete"]}}"#),
            ]
        })
        .collect();
    let roles: Vec<String> = (0..1_500)
        .map(|role| {
            let grants: Vec<String> = (0..100)
                .map(|grant| {
                    let area = (role * 7 + grant) % 1_000;
                    format!(
                        r#"{{"permissions": ["area{area}.**:view,edit"], "except": ["area{area}.item:edit"], "when": {{"eq": [{{"var": "resource.region"}}, {{"var": "subject.region"}}]}}}}"#
                    )
                })
                .collect();
            format!(r#""role{role}": {{"allow": [{}]}}"#, grants.join(", "))
        })
        .collect();
    format!(
        r#"{{"grantlet": 1, "implies": {{"edit": ["view"]}}, "resources": {{{}}}, "roles": {{{}}}}}"#,
        resources.join(", "),
        roles.join(", ")
    )
}

#[test]
fn a_policy_of_150_000_grants_is_read_and_compiled_in_seconds_at_most() {
    let text = large();
    let start = Instant::now();
    let (document, warnings) = document::read(&text).unwrap();
    assert_eq!(warnings, []);
    let policy = compile(document);
    let took = start.elapsed();
    assert_eq!(policy.grants.len(), 150_000);
    // Built for release it takes a tenth of this; the bound is there for what is no longer linear.
    assert!(took.as_secs() < 10, "{took:?}");
}

proptest! {
    /// The generator writes policies from the model alone, so that what it holds valid is an oracle.
    #[test]
    fn a_valid_policy_has_no_errors(policy in prop_oneof![grantlet_reference::generate::policy(), grantlet_reference::generate::administered_policy()]) {
        let text = policy.to_string();
        let errors: Vec<Diagnostic> =
            document::check(&text).into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
        prop_assert_eq!(errors, [], "{}", text);
    }
}
