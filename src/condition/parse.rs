//! A condition from the JSON of a `when` (section 5). Every fault is collected, so that a policy's
//! check can list them all; a fact's grant is inert with any fault that is not one of form.

use super::{Comparison, Condition, Operand, Path, Variable};
use crate::limits;
use crate::pointer::Pointer;
use crate::text::join;
use crate::time;
use crate::value::Value;

/// One thing wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable name for programs.
    pub code: &'static str,
    /// JSON pointer of the place.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// It has the wrong JSON type; false: it says something that the model does not know.
    pub malformed: bool,
}

const OPERATORS: &str = "write `all`, `any`, `not`, `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in` or `exists`";

/// Reads a condition. Its faults are appended to `faults`; `None` iff there was one.
pub fn parse(value: &Value, at: &Pointer<'_>, faults: &mut Vec<Fault>) -> Option<Condition> {
    let before = faults.len();
    let condition = Parser { faults }.condition(value, at, limits::CONDITION_DEPTH);
    if faults.len() == before { condition } else { None }
}

struct Parser<'a> {
    faults: &'a mut Vec<Fault>,
}

/// An operand, and whether it is `context.now`, which may stand in few places.
struct Read {
    operand: Operand,
    is_now: bool,
}

impl Parser<'_> {
    fn fault(&mut self, code: &'static str, at: &Pointer<'_>, malformed: bool, message: String, help: &str) {
        let help = Some(help.to_owned());
        self.faults.push(Fault { code, pointer: at.to_string(), message, help, malformed });
    }

    fn wrong_type(&mut self, at: &Pointer<'_>, wanted: &str, value: &Value) {
        let message = join(&["expected ", wanted, ", found ", value.kind()]);
        self.faults.push(Fault { code: "wrong-type", pointer: at.to_string(), message, help: None, malformed: true });
    }

    /// The one member of an object that says what it is.
    fn only_member<'v>(&mut self, value: &'v Value, at: &Pointer<'_>, wanted: &str) -> Option<(&'v str, &'v Value)> {
        let Value::Object(members) = value else {
            self.wrong_type(at, wanted, value);
            return None;
        };
        if let [(key, value)] = members.as_slice() {
            return Some((key, value));
        }
        let message = join(&[wanted, " is an object with exactly one key"]);
        self.fault("invalid-condition", at, members.is_empty(), message, "join several conditions with `all` or `any`");
        None
    }

    fn condition(&mut self, value: &Value, at: &Pointer<'_>, depth: usize) -> Option<Condition> {
        let Some(depth) = depth.checked_sub(1) else {
            let message = "conditions are nested deeper than 32".to_owned();
            self.fault("condition-too-deep", at, false, message, "split the condition over several grants");
            return None;
        };
        let (key, value) = self.only_member(value, at, "a condition")?;
        let at = at.key(key);
        match key {
            "all" => Some(Condition::All(self.conditions(value, &at, depth)?)),
            "any" => Some(Condition::Any(self.conditions(value, &at, depth)?)),
            "not" => Some(Condition::Not(Box::new(self.condition(value, &at, depth)?))),
            "eq" => self.comparison(Comparison::Equal, value, &at),
            "ne" => self.comparison(Comparison::NotEqual, value, &at),
            "lt" => self.comparison(Comparison::Less, value, &at),
            "le" => self.comparison(Comparison::LessOrEqual, value, &at),
            "gt" => self.comparison(Comparison::Greater, value, &at),
            "ge" => self.comparison(Comparison::GreaterOrEqual, value, &at),
            "in" => self.membership(value, &at),
            "exists" => self.existence(value, &at),
            _ => {
                self.fault("unknown-operator", &at, false, join(&["`", key, "` is no operator"]), OPERATORS);
                None
            }
        }
    }

    fn conditions(&mut self, value: &Value, at: &Pointer<'_>, depth: usize) -> Option<Vec<Condition>> {
        let Value::Array(list) = value else {
            self.wrong_type(at, "an array of conditions", value);
            return None;
        };
        // Every element is read, so that the faults of all of them are found.
        let read: Vec<_> = list.iter().enumerate().map(|(i, element)| self.condition(element, &at.index(i), depth)).collect();
        read.into_iter().collect()
    }

    fn pair<'v>(&mut self, value: &'v Value, at: &Pointer<'_>) -> Option<(&'v Value, &'v Value)> {
        match value {
            Value::Array(list) => {
                if let [a, b] = list.as_slice() {
                    return Some((a, b));
                }
                let message = "expected two operands".to_owned();
                self.fault("invalid-condition", at, true, message, "write `[x, y]`");
            }
            other => self.wrong_type(at, "an array of two operands", other),
        }
        None
    }

    fn comparison(&mut self, comparison: Comparison, value: &Value, at: &Pointer<'_>) -> Option<Condition> {
        let (a, b) = self.pair(value, at)?;
        let (left, right) = (self.operand(a, &at.index(0)), self.operand(b, &at.index(1)));
        let (left, right) = (left?, right?);
        for (read, other, place) in [(&left, &right, 0), (&right, &left, 1)] {
            if read.is_now && !matches!(other.operand, Operand::Literal(Value::Number(_))) {
                self.now_misplaced(&at.index(place));
                return None;
            }
        }
        Some(Condition::Compare(comparison, left.operand, right.operand))
    }

    fn membership(&mut self, value: &Value, at: &Pointer<'_>) -> Option<Condition> {
        let (a, b) = self.pair(value, at)?;
        let element = self.operand(a, &at.index(0));
        let list = match b {
            Value::Array(_) => Some(Read { operand: Operand::Literal(b.clone()), is_now: false }),
            other => self.operand(other, &at.index(1)),
        };
        let (element, list) = (element?, list?);
        for (read, place) in [(&element, 0), (&list, 1)] {
            if read.is_now {
                self.now_misplaced(&at.index(place));
                return None;
            }
        }
        Some(Condition::In(element.operand, list.operand))
    }

    fn existence(&mut self, value: &Value, at: &Pointer<'_>) -> Option<Condition> {
        let (key, path) = self.only_member(value, at, "a `var`")?;
        if key != "var" {
            self.fault("invalid-condition", &at.key(key), false, join(&["`exists` asks of a `var`, not of `", key, "`"]), "write `{\"exists\": {\"var\": \"resource.owner\"}}`");
            return None;
        }
        match self.variable(path, &at.key("var"))? {
            Variable::Now => {
                self.now_misplaced(&at.key("var"));
                None
            }
            variable => Some(Condition::Exists(variable)),
        }
    }

    fn now_misplaced(&mut self, at: &Pointer<'_>) {
        let message = "`context.now` stands where no literal time is compared with it".to_owned();
        self.fault("now-misplaced", at, false, message, "compare it with `eq`, `ne`, `lt`, `le`, `gt` or `ge` to a number or a `{\"time\": …}`");
    }

    fn operand(&mut self, value: &Value, at: &Pointer<'_>) -> Option<Read> {
        let literal = |value: Value| Some(Read { operand: Operand::Literal(value), is_now: false });
        if !matches!(value, Value::Object(_)) {
            return literal(value.clone());
        }
        let (key, inner) = self.only_member(value, at, "an operand that is an object")?;
        let at = at.key(key);
        match key {
            "var" => {
                let variable = self.variable(inner, &at)?;
                let is_now = variable == Variable::Now;
                Some(Read { operand: Operand::Variable(variable), is_now })
            }
            "time" => match inner {
                Value::String(text) => match time::rfc3339(text) {
                    Some(ms) => literal(Value::Number(ms)),
                    None => {
                        self.fault("invalid-time", &at, true, join(&["`", text, "` is no time"]), "write an RFC 3339 time with an offset, such as `2026-07-01T00:00:00Z`");
                        None
                    }
                },
                other => {
                    self.wrong_type(&at, "an RFC 3339 string", other);
                    None
                }
            },
            _ => {
                self.fault("unknown-operand", &at, false, join(&["`", key, "` is no operand"]), "write a plain value, a `{\"var\": …}` or a `{\"time\": …}`");
                None
            }
        }
    }

    fn variable(&mut self, value: &Value, at: &Pointer<'_>) -> Option<Variable> {
        let Value::String(text) = value else {
            self.wrong_type(at, "the path of a variable", value);
            return None;
        };
        let read = read_variable(text);
        if read.is_none() {
            self.fault("unknown-variable", at, false, join(&["`", text, "` is no variable"]), "write `subject.`, `resource.`, `action.`, `scope.` or `context.` followed by a path, or `role.id`");
        }
        read
    }
}

/// The variable of that spelling, or `None`. `scope.parent` may be repeated.
fn read_variable(text: &str) -> Option<Variable> {
    let (root, rest) = text.split_once('.')?;
    if rest.split('.').any(str::is_empty) {
        return None;
    }
    let path = |rest: &str| -> Path { rest.split('.').map(Into::into).collect() };
    let hidden = |name: &str| rest == name || rest.strip_prefix(name).is_some_and(|tail| tail.starts_with('.'));
    match root {
        "subject" if rest == "id" => Some(Variable::SubjectId),
        "subject" if hidden("id") => None,
        "subject" => Some(Variable::Subject(path(rest))),
        "resource" => Some(Variable::Resource(path(rest))),
        "action" => Some(Variable::Action(path(rest))),
        "context" if rest == "now" => Some(Variable::Now),
        "context" if hidden("now") => None,
        "context" => Some(Variable::Context(path(rest))),
        "role" => (rest == "id").then_some(Variable::RoleId),
        "scope" => {
            let (mut up, mut rest) = (0_usize, rest);
            while let Some(above) = rest.strip_prefix("parent.") {
                (up, rest) = (up.saturating_add(1), above);
            }
            match rest {
                "parent" => None,
                "id" => Some(Variable::ScopeId(up)),
                "type" => Some(Variable::ScopeType(up)),
                _ if rest.starts_with("id.") || rest.starts_with("type.") => None,
                _ => Some(Variable::Scope(up, path(rest))),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Variable, parse, read_variable};
    use crate::condition::Condition;
    use crate::pointer::Pointer;
    use crate::value::Value;

    fn read(text: &str) -> Result<Condition, Vec<Fault>> {
        let mut faults = Vec::new();
        parse(&Value::from_json(text).unwrap(), &Pointer::Root, &mut faults).ok_or(faults)
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
        let faults = read(r#"{"all": [{"eqq": []}, {"eq": [1]}, {"exists": {"var": "resource"}}, {"ne": [{"tiem": 1}, 2]}]}"#).unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.code, fault.pointer.as_str(), fault.malformed)).collect();
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
        let nested = |depth: usize| format!("{}{{\"all\": []}}{}", "{\"not\": ".repeat(depth - 1), "}".repeat(depth - 1));
        assert!(read(&nested(32)).is_ok());
        assert_eq!(read(&nested(33)).unwrap_err().first().map(|fault| fault.code), Some("condition-too-deep"));
    }

    #[test]
    fn variables_are_told_apart() {
        assert_eq!(read_variable("scope.parent.parent.id"), Some(Variable::ScopeId(2)));
        assert_eq!(read_variable("subject.id"), Some(Variable::SubjectId));
        assert_eq!(read_variable("context.now"), Some(Variable::Now));
        for bad in ["subject", "subject.", "subject..a", "scope.parent", "role.name", "role.id.x", "now", "", ".a", "constructor.a"] {
            assert_eq!(read_variable(bad), None, "{bad}");
        }
    }
}
