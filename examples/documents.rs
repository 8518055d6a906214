//! Prints the TypeScript declarations of every document, as they stand in `pkg/src/documents.ts`.
//!
//! `cargo run -q --example documents > pkg/src/documents.ts` writes them anew after a change of the tables in
//! `document::shape`; a test of the package fails until that is done.

use std::fmt::Write;

use grantlet::document::shape::{DOCUMENTS, Field, Kind, Shape, VERSION, shapes};

const HEAD: &str = "\
// Written by `cargo run -q --example documents` from the tables that the policy is read along (`document::shape`).

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a condition compares as it stands: any JSON value but an object. Nothing is read inside an array. */
export type Literal = null | boolean | number | string | readonly Json[];

/** A point in time: RFC 3339 with an offset, whole milliseconds since 1970, or a `Date`. */
export type Instant = string | number | Date;

/** A label or a description: one string, or one for each language tag. */
export type Text = string | Readonly<Record<string, string>>;
";

fn main() {
    let mut printer = Printer { text: HEAD.to_owned() };
    for shape in shapes(&DOCUMENTS) {
        printer.shape(shape);
    }
    print!("{}", printer.text);
}

struct Printer {
    text: String,
}

impl Printer {
    fn shape(&mut self, shape: &Shape) {
        if !shape.one_of.is_empty() {
            return self.choice(shape);
        }
        self.line(&format!("\n/** {} */\nexport interface {} {{", shape.doc, shape.name));
        shape.fields.iter().for_each(|field| self.field(field, "  "));
        self.line("}");
    }

    /// One alternative for each key of the choice, with the keys that may stand beside it.
    fn choice(&mut self, shape: &Shape) {
        self.line(&format!("\n/** {} */\nexport type {} =", shape.doc, shape.name));
        for chosen in shape.one_of {
            let beside = |field: &&Field| !shape.one_of.contains(&field.key) && field.goes_with(chosen);
            let fields = shape.fields.iter().filter(|field| field.key == *chosen || beside(field));
            self.line("  | {");
            fields.for_each(|field| self.field(field, "      "));
            self.line("    }");
        }
        self.text.truncate(self.text.trim_end().len());
        self.line(";");
    }

    fn field(&mut self, field: &Field, indent: &str) {
        let mark = if field.required { "" } else { "?" };
        self.line(&format!("{indent}/** {} */", field.doc));
        self.line(&format!("{indent}readonly {}{mark}: {};", field.key, kind(field.kind)));
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Any => "Json".to_owned(),
        Kind::Literal => "Literal".to_owned(),
        Kind::Attributes => "object".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Count => "number".to_owned(),
        Kind::Version => VERSION.to_string(),
        Kind::Instant => "Instant".to_owned(),
        Kind::Words(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | "),
        Kind::Condition => "Condition".to_owned(),
        Kind::Pair(inner) => format!("readonly [{0}, {0}]", self::kind(inner)),
        Kind::List(inner, _) => format!("readonly {}[]", grouped(inner)),
        Kind::Map(_, inner) => format!("Readonly<Record<string, {}>>", self::kind(inner)),
        Kind::Object(shape) => shape.name.to_owned(),
        Kind::Either([Kind::Text, Kind::Map(Kind::Language, Kind::Text)]) => "Text".to_owned(),
        Kind::Either(kinds) => {
            let mut text = String::new();
            for (place, each) in kinds.iter().enumerate() {
                let _ = write!(text, "{}{}", if place > 0 { " | " } else { "" }, self::kind(each));
            }
            text
        }
        Kind::Text
        | Kind::Declares(_)
        | Kind::Refers(_)
        | Kind::Pattern
        | Kind::Variable
        | Kind::Time
        | Kind::Permission
        | Kind::ScopeReference
        | Kind::Language => "string".to_owned(),
    }
}

fn grouped(inner: &Kind) -> String {
    let text = kind(inner);
    if text.contains(" | ") { format!("({text})") } else { text }
}
