//! The repository's own rules, as tests over every file in it: short files, no leftovers, no path of one machine, no
//! link that leads nowhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place::root;

/// What tools write, and what is not the project's.
const NOT_OURS: [&str; 6] = [".git", ".tools", "dist", "node_modules", "target", "test-results"];
/// Written by hand; a policy in JSON may be as long as its system.
const CODE: [&str; 9] = ["rs", "ts", "tsx", "mts", "js", "mjs", "css", "html", "toml"];
const MOST_LINES: usize = 500;

/// Every text file of the repository with its path from the top.
fn files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_symlink() || NOT_OURS.contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "the repository was not read");
    found
}

fn is_code(path: &Path) -> bool {
    path.extension().is_some_and(|extension| CODE.iter().any(|code| extension == *code))
}

/// `file:line: text` of every line for which `wrong` holds.
fn lines_that(wrong: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files() {
        for (index, line) in text.lines().enumerate() {
            if wrong(&path, line) {
                found.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    found
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_file_of_code_is_long() {
    // What a program writes is as long as what it writes about.
    let is_written = |text: &str| text.starts_with("// Written by ");
    let long = files()
        .into_iter()
        .filter(|(path, text)| is_code(path) && text.lines().count() > MOST_LINES && !is_written(text));
    none(&long.map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count())).collect::<Vec<_>>());
}

#[test]
fn no_work_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let marked =
        |line: &str| line.split(|c: char| !c.is_alphanumeric()).any(|word| marks.iter().any(|mark| word == mark));
    none(&lines_that(|path, line| (is_code(path) || path.extension().is_some_and(|e| e == "md")) && marked(line)));
}

#[test]
fn no_path_is_that_of_one_machine() {
    let homes = [["/ho", "me/"].concat(), ["/Use", "rs/"].concat(), ["/ro", "ot/"].concat(), ["/tm", "p/"].concat()];
    // Inside a longer path or an address the same letters mean something else.
    let starts = |line: &str, home: &String| {
        line.match_indices(home.as_str())
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-*".contains(c)))
    };
    none(&lines_that(|_, line| homes.iter().any(|home| starts(line, home))));
}

#[test]
fn every_file_of_code_ends_with_a_line_end() {
    let open = files().into_iter().filter(|(path, text)| is_code(path) && !text.is_empty() && !text.ends_with('\n'));
    none(&open.map(|(path, _)| path.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for (path, text) in files().into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "md")) {
        let folder = root().join(path.parent().unwrap());
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') && !folder.join(target).exists() {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    none(&broken);
}

#[test]
fn the_crate_and_the_package_have_one_version() {
    let version = |file: &str, key: &str| {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        let line = text.lines().find(|line| line.trim_start().starts_with(key)).map(str::to_owned);
        line.map(|line| line.trim_start()[key.len()..].trim_matches([' ', '"', ',', ':', '=']).to_owned())
    };
    let package = version("pkg/package.json", "\"version\"");
    if package.is_some() {
        assert_eq!(version("Cargo.toml", "version"), package);
    }
}
