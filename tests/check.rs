//! What is said about a policy: every broken one of `tests/cases/broken` with its exact diagnostics,
//! texts that are no JSON, and policies of which there is nothing to say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;

use grantlet::document;

#[test]
fn the_policies_of_the_systems_have_no_errors() {
    for entry in fs::read_dir("policies").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".json") && !name.ends_with(".tests.json") {
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(document::check(&text), [], "{name}");
        }
    }
}
