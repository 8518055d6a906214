//! The help pages behind the policies, as far as they can be checked without them: every sentence that `policies/README.md`
//! counts has a row or is said to decide nothing, every row names a sentence, and labels are in the page's language
//! and in English.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value as Json;

/// Each system with the language of its page.
const SYSTEMS: [(&str, &str); 5] =
    [("copernica", "nl"), ("performanet", "de"), ("procurios", "nl"), ("sys", "nl"), ("workspaces", "nl")];

/// The sentences under a heading: how many there are, and which decide nothing.
struct Heading {
    sentences: usize,
    nothing: BTreeSet<usize>,
}

fn json(file: &str) -> Json {
    serde_json::from_str(&fs::read_to_string(format!("policies/{file}")).unwrap()).unwrap()
}

/// The table of sentences below the heading of the system.
fn headings(system: &str) -> BTreeMap<String, Heading> {
    let text = fs::read_to_string("policies/README.md").unwrap();
    let part = text.split(&format!("\n### {system}\n")).nth(1).unwrap_or_else(|| panic!("no part on {system}"));
    let rows = part.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let rows = rows.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let nothing = cells[3].split(", ").filter(|number| !number.is_empty()).map(|number| number.parse().unwrap());
        (cells[1].to_owned(), Heading { sentences: cells[2].parse().unwrap(), nothing: nothing.collect() })
    });
    rows.collect()
}

fn rows(table: &Json) -> impl Iterator<Item = &Json> {
    ["tests", "changes"].into_iter().flat_map(|list| table[list].as_array().unwrap())
}

#[test]
fn every_sentence_has_a_row_or_decides_nothing() {
    for (system, _) in SYSTEMS {
        let headings = headings(system);
        let table = json(&format!("{system}.tests.json"));
        let mut asked: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for row in rows(&table) {
            let name = row["name"].as_str().unwrap();
            let (place, claim) = name.split_once(": ").unwrap_or_else(|| panic!("{system}: no claim in `{name}`"));
            assert!(!claim.is_empty());
            let known = |heading: &str| headings.get_key_value(heading).map(|(heading, _)| heading.as_str());
            let (heading, number) = match place.rsplit_once(' ') {
                Some((heading, "all")) => (known(heading), None),
                Some((heading, number)) if number.parse::<usize>().is_ok() => (known(heading), number.parse().ok()),
                // Under a heading with one sentence no number is needed.
                _ => (known(place).filter(|place| headings[*place].sentences == 1), Some(1)),
            };
            let heading = heading.unwrap_or_else(|| panic!("{system}: `{place}` is no place on the page"));
            asked.entry(heading).or_default().extend(number);
        }
        for (name, heading) in &headings {
            let asked = asked.remove(name.as_str()).unwrap_or_default();
            let both: Vec<_> = asked.intersection(&heading.nothing).collect();
            assert!(both.is_empty(), "{system}: {name} {both:?} decide nothing, and have a row");
            let told: Vec<_> = asked.union(&heading.nothing).copied().collect();
            assert_eq!(told, (1..=heading.sentences).collect::<Vec<_>>(), "{system}: {name}");
        }
    }
}

#[test]
fn every_row_has_a_name_of_its_own_and_stands_at_an_instant() {
    for (system, _) in SYSTEMS {
        let table = json(&format!("{system}.tests.json"));
        let mut names = BTreeSet::new();
        for row in rows(&table) {
            assert!(names.insert(row["name"].as_str().unwrap()), "{system}: {} twice", row["name"]);
            let context = &table["contexts"][row["context"].as_str().unwrap()];
            assert!(context["now"].is_string(), "{system}: {}: no instant", row["name"]);
        }
    }
}

#[test]
fn everything_that_can_be_labelled_is_in_the_language_of_the_page_and_in_english() {
    for (system, language) in SYSTEMS {
        let policy = json(&format!("{system}.json"));
        let mut labels = 0;
        for list in ["resources", "roles", "plans", "scopes", "sections"] {
            for (name, entry) in policy[list].as_object().into_iter().flatten() {
                for language in [language, "en"] {
                    let has = |key: &str| entry[key][language].as_str().is_some_and(|text| !text.is_empty());
                    assert!(has("label"), "{system}: {list}: {name} has no label in `{language}`");
                    assert!(list != "roles" || has("description"), "{system}: {name} is not described in `{language}`");
                    labels += 1;
                }
            }
        }
        assert!(labels > 20);
    }
}
