//! A condition from the JSON of a `when` (section 5). Every fault is noted, so that a policy's check can
//! list them all; a fact's grant is inert with any fault that is not one of form.

use super::{Comparison, Condition, Operand, Path, Variable};
use crate::diagnostic::{Diagnostics, Severity};
use crate::limits;
use crate::pointer::Pointer;
use crate::text::{join, pieces};
use crate::time;
use crate::value::Value;

const OPERATORS: &str = "write `all`, `any`, `not`, `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in` or `exists`";

/// The operators of two operands; none of a comparison is `in`.
pub(crate) const OF_TWO: [(&str, Option<Comparison>); 7] = [
    ("eq", Some(Comparison::Equal)),
    ("ne", Some(Comparison::NotEqual)),
    ("lt", Some(Comparison::Less)),
    ("le", Some(Comparison::LessOrEqual)),
    ("gt", Some(Comparison::Greater)),
    ("ge", Some(Comparison::GreaterOrEqual)),
    ("in", None),
];

/// Reads a condition; `None` iff it has a fault. What has the wrong JSON form is noted as an error, and what
/// says something that the model does not know with the severity `unknown`.
pub fn parse(value: &Value<'_>, at: &Pointer<'_>, unknown: Severity, notes: &mut Diagnostics) -> Option<Condition> {
    Parser { unknown, notes }.condition(value, at, limits::CONDITION_DEPTH)
}

struct Parser<'a> {
    unknown: Severity,
    notes: &'a mut Diagnostics,
}

impl Parser<'_> {
    /// Notes what the model does not know.
    #[inline(never)]
    fn unknown(&mut self, code: &'static str, at: &Pointer<'_>, message: &[&str], help: &str) {
        self.notes.note(self.unknown, code, at, join(message), Some(help.to_owned()));
    }

    /// Notes what has the wrong JSON form.
    #[inline(never)]
    fn malformed(&mut self, code: &'static str, at: &Pointer<'_>, message: &[&str], help: Option<&str>) {
        self.notes.error(code, at, join(message), help.map(str::to_owned));
    }

    fn wrong_type(&mut self, at: &Pointer<'_>, wanted: &str, value: &Value<'_>) {
        self.malformed("wrong-type", at, &["expected ", wanted, ", found ", value.kind().name()], None);
    }

    /// The one member of an object that says what it is.
    #[inline(never)]
    fn only_member<'v>(
        &mut self,
        value: &'v Value<'v>,
        at: &Pointer<'_>,
        wanted: &str,
    ) -> Option<(&'v str, &'v Value<'v>)> {
        let Value::Object(members) = value else {
            self.wrong_type(at, wanted, value);
            return None;
        };
        if let [(key, value)] = members.as_slice() {
            return Some((key, value));
        }
        let (code, message) = ("invalid-condition", [wanted, " is an object with exactly one key"]);
        let help = "join several conditions with `all` or `any`";
        if members.is_empty() {
            self.malformed(code, at, &message, Some(help));
        } else {
            self.unknown(code, at, &message, help);
        }
        None
    }

    fn condition(&mut self, value: &Value<'_>, at: &Pointer<'_>, depth: usize) -> Option<Condition> {
        let Some(depth) = depth.checked_sub(1) else {
            let message = ["conditions are nested deeper than 32"];
            self.unknown("condition-too-deep", at, &message, "split the condition over several grants");
            return None;
        };
        let (key, value) = self.only_member(value, at, "a condition")?;
        let at = at.key(key);
        match key {
            "all" => self.conditions(value, &at, depth).map(Condition::All),
            "any" => self.conditions(value, &at, depth).map(Condition::Any),
            "not" => Some(Condition::Not(Box::new(self.condition(value, &at, depth)?))),
            "exists" => self.existence(value, &at),
            _ => {
                for (operator, comparison) in OF_TWO {
                    if operator == key {
                        return self.of_two(comparison, value, &at);
                    }
                }
                self.unknown("unknown-operator", &at, &["`", key, "` is no operator"], OPERATORS);
                None
            }
        }
    }

    fn conditions(&mut self, value: &Value<'_>, at: &Pointer<'_>, depth: usize) -> Option<Vec<Condition>> {
        let Value::Array(list) = value else {
            self.wrong_type(at, "an array of conditions", value);
            return None;
        };
        // Every element is read, so that the faults of all of them are found.
        let mut conditions = Vec::new();
        for (place, element) in list.iter().enumerate() {
            conditions.extend(self.condition(element, &at.index(place), depth));
        }
        (conditions.len() == list.len()).then_some(conditions)
    }

    /// A comparison, or without one `in`.
    fn of_two(&mut self, comparison: Option<Comparison>, value: &Value<'_>, at: &Pointer<'_>) -> Option<Condition> {
        let Value::Array(list) = value else {
            self.wrong_type(at, "an array of two operands", value);
            return None;
        };
        let [left, right] = list.as_slice() else {
            self.malformed("invalid-condition", at, &["expected two operands"], Some("write `[x, y]`"));
            return None;
        };
        let (left, right) = (self.operand(left, &at.index(0)), self.operand(right, &at.index(1)));
        let (left, right) = (left?, right?);
        for (operand, other, place) in [(&left, &right, 0), (&right, &left, 1)] {
            let is_now = matches!(operand, Operand::Variable(Variable::Now));
            if is_now && (comparison.is_none() || !matches!(other, Operand::Literal(Value::Number(_)))) {
                self.now_misplaced(&at.index(place));
                return None;
            }
        }
        Some(match comparison {
            Some(comparison) => Condition::Compare(comparison, left, right),
            None => Condition::In(left, right),
        })
    }

    fn existence(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<Condition> {
        let (key, path) = self.only_member(value, at, "a `var`")?;
        let at = at.key(key);
        if key != "var" {
            let help = "write `{\"exists\": {\"var\": \"resource.owner\"}}`";
            self.unknown("invalid-condition", &at, &["`exists` asks of a `var`, not of `", key, "`"], help);
            return None;
        }
        match self.variable(path, &at)? {
            Variable::Now => {
                self.now_misplaced(&at);
                None
            }
            variable => Some(Condition::Exists(variable)),
        }
    }

    fn now_misplaced(&mut self, at: &Pointer<'_>) {
        let message = ["`context.now` stands where no literal time is compared with it"];
        let help = "compare it with `eq`, `ne`, `lt`, `le`, `gt` or `ge` to a number or a `{\"time\": …}`";
        self.unknown("now-misplaced", at, &message, help);
    }

    #[inline(never)]
    fn operand(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<Operand> {
        if !matches!(value, Value::Object(_)) {
            return Some(Operand::Literal(value.to_owned()));
        }
        let (key, inner) = self.only_member(value, at, "an operand that is an object")?;
        let at = at.key(key);
        match key {
            "var" => self.variable(inner, &at).map(Operand::Variable),
            "time" => {
                let Value::String(text) = inner else {
                    self.wrong_type(&at, "an RFC 3339 string", inner);
                    return None;
                };
                let instant = time::rfc3339(text);
                if instant.is_none() {
                    let help = "write an RFC 3339 time with an offset, such as `2026-07-01T00:00:00Z`";
                    self.malformed("invalid-time", &at, &["`", text, "` is no time"], Some(help));
                }
                instant.map(|ms| Operand::Literal(Value::Number(ms)))
            }
            _ => {
                let help = "write a plain value, a `{\"var\": …}` or a `{\"time\": …}`";
                self.unknown("unknown-operand", &at, &["`", key, "` is no operand"], help);
                None
            }
        }
    }

    fn variable(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<Variable> {
        let Value::String(text) = value else {
            self.wrong_type(at, "the path of a variable", value);
            return None;
        };
        let read = read_variable(text);
        if read.is_none() {
            let help =
                "write `subject.`, `resource.`, `action.`, `scope.` or `context.` followed by a path, or `role.id`";
            self.unknown("unknown-variable", at, &["`", text, "` is no variable"], help);
        }
        read
    }
}

/// The variable of that spelling, or `None`. `scope.parent` may be repeated.
fn read_variable(text: &str) -> Option<Variable> {
    let mut keys = pieces(text, b'.');
    let root = keys.next()?;
    let (mut path, mut up) = (Path::new(), 0_usize);
    for key in keys {
        if key.is_empty() {
            return None;
        }
        if root == "scope" && matches!(&*path, [parent] if &**parent == "parent") {
            path.clear();
            up = up.saturating_add(1);
        }
        path.push(key.into());
    }
    // Names of the model's own hide attributes, and nothing lies in them.
    let own = match (root, &**path.first()?) {
        ("subject", "id") => Variable::SubjectId,
        ("context", "now") => Variable::Now,
        ("role", "id") => Variable::RoleId,
        ("scope", "id") => Variable::ScopeId(up),
        ("scope", "type") => Variable::ScopeType(up),
        ("scope", "parent") => return None,
        ("subject", _) => return Some(Variable::Subject(path)),
        ("resource", _) => return Some(Variable::Resource(path)),
        ("action", _) => return Some(Variable::Action(path)),
        ("context", _) => return Some(Variable::Context(path)),
        ("scope", _) => return Some(Variable::Scope(up, path)),
        _ => return None,
    };
    (path.len() == 1).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::{Variable, parse, read_variable};
    use crate::condition::Condition;
    use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
    use crate::pointer::Pointer;
    use crate::value::Value;

    fn read(text: &str) -> Result<Condition, Vec<Diagnostic>> {
        let mut notes = Diagnostics::default();
        let condition = parse(&Value::from_json(text).unwrap(), &Pointer::Root, Severity::Warning, &mut notes);
        condition.ok_or(notes.into_list())
    }

    #[test]
    fn every_operator_is_read() {
        for text in [
            r#"{"all": []}"#,
            r#"{"any": [{"not": {"eq": [{"var": "subject.id"}, null]}}]}"#,
            r#"{"lt": [{"var": "context.now"}, {"time": "2026-07-01T00:00:00Z"}]}"#,
            r#"{"ge": [1000, {"var": "context.now"}]}"#,
            r#"{"in": [{"var": "role.id"}, {"var": "scope.parent.viewers"}]}"#,
            r#"{"in": [1, [1, {"var": "x"}, []]]}"#,
            r#"{"exists": {"var": "resource.owner.name"}}"#,
        ] {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn every_fault_is_found_with_its_place() {
        let faults =
            read(r#"{"all": [{"eqq": []}, {"eq": [1]}, {"exists": {"var": "resource"}}, {"ne": [{"tiem": 1}, 2]}]}"#)
                .unwrap_err();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.code, fault.pointer.as_str(), fault.severity == Severity::Error))
            .collect();
        assert_eq!(
            found,
            [
                ("unknown-operator", "/all/0/eqq", false),
                ("invalid-condition", "/all/1/eq", true),
                ("unknown-variable", "/all/2/exists/var", false),
                ("unknown-operand", "/all/3/ne/0/tiem", false),
            ]
        );
    }

    #[test]
    fn the_present_stands_only_beside_a_literal_number_or_time() {
        for text in [
            r#"{"eq": [{"var": "context.now"}, {"var": "resource.at"}]}"#,
            r#"{"eq": [{"var": "context.now"}, "2026-07-01T00:00:00Z"]}"#,
            r#"{"in": [{"var": "context.now"}, [1]]}"#,
            r#"{"exists": {"var": "context.now"}}"#,
        ] {
            assert_eq!(read(text).unwrap_err().first().map(|fault| fault.code), Some("now-misplaced"), "{text}");
        }
    }

    #[test]
    fn a_condition_may_be_thirty_two_deep_and_no_deeper() {
        let nested =
            |depth: usize| format!("{}{{\"all\": []}}{}", "{\"not\": ".repeat(depth - 1), "}".repeat(depth - 1));
        assert!(read(&nested(32)).is_ok());
        assert_eq!(read(&nested(33)).unwrap_err().first().map(|fault| fault.code), Some("condition-too-deep"));
    }

    #[test]
    fn variables_are_told_apart() {
        assert_eq!(read_variable("scope.parent.parent.id"), Some(Variable::ScopeId(2)));
        assert_eq!(read_variable("subject.id"), Some(Variable::SubjectId));
        assert_eq!(read_variable("context.now"), Some(Variable::Now));
        for bad in [
            "subject",
            "subject.",
            "subject..a",
            "scope.parent",
            "role.name",
            "role.id.x",
            "now",
            "",
            ".a",
            "constructor.a",
        ] {
            assert_eq!(read_variable(bad), None, "{bad}");
        }
    }
}
