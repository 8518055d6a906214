//! Reading JSON text (RFC 8259) into a [`Value`].
//!
//! Every general reader of JSON brings its own errors, number tables and visitors: `serde_json`, with a
//! library for times, makes the module eight kilobytes larger (brotli) than this one. It keeps members in
//! their order and repeated keys, refuses what is nested deeper than [`limits::JSON_DEPTH`], and says
//! line and column of a fault. Numbers are the nearest double, as in JavaScript: a page's engine reads
//! them itself, for the standard library's reader needs ten kilobytes of tables, which do not compress.

use std::borrow::Cow;

use crate::limits;
use crate::text::{decimal, join};
use crate::value::{Member, Value};
#[cfg(target_arch = "wasm32")]
use crate::wasm::number::nearest;

/// Reads one JSON value and nothing else.
///
/// # Errors
/// What is wrong with the text and where (line and column), as one sentence.
pub(crate) fn read(text: &str) -> Result<Value<'_>, String> {
    let mut reader = Reader { text, at: 0, elements: Vec::new(), members: Vec::new() };
    let read = reader.value(limits::JSON_DEPTH).and_then(|value| {
        reader.space();
        if reader.at == text.len() { Ok(value) } else { Err("something follows the value") }
    });
    read.map_err(|what| reader.place(what))
}

struct Reader<'t> {
    text: &'t str,
    /// The byte that is looked at.
    at: usize,
    /// What was read of the arrays and objects that are not at their end: so each takes one allocation of its very
    /// length.
    elements: Vec<Value<'t>>,
    members: Vec<Member<'t>>,
}

type Fault = &'static str;

impl<'t> Reader<'t> {
    /// The sentence with line and column, both counted from one.
    fn place(&self, what: Fault) -> String {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        join(&[what, " at line ", &decimal(line.saturating_add(1)), " column ", &decimal(column.saturating_add(1))])
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn skip(&mut self) {
        // No text is so long that this could wrap.
        self.at = self.at.wrapping_add(1);
    }

    /// Skips white space, and then `byte` if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let next = self.peek() == byte;
        if next {
            self.skip();
        }
        next
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.skip();
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        self.space();
        // Short, for what most values are: an engine weighs how often a function is left by how long it is.
        if self.peek() == b'"' { Ok(Value::String(self.string()?)) } else { self.other_value(depth) }
    }

    #[inline(never)]
    fn other_value(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        match self.peek() {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err("expected a value"),
        }
    }

    fn word(&mut self, word: &str, value: Value<'t>) -> Result<Value<'t>, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at = self.at.saturating_add(word.len());
            return Ok(value);
        }
        Err("expected a value")
    }

    fn number(&mut self) -> Result<Value<'t>, Fault> {
        let start = self.at;
        let Some(number) = self.digits_and_exponent() else {
            self.at = start;
            return Err("expected a number");
        };
        if number.is_finite() { Ok(Value::Number(number)) } else { Err("the number is too large") }
    }

    /// A number, infinite where it is larger than any double; `None` where none is written.
    fn digits_and_exponent(&mut self) -> Option<f64> {
        let start = self.at;
        let sign = if self.skip_one_of(b"-") { -1.0 } else { 1.0 };
        // A zero in front is no part of a number: it ends there.
        let whole = if self.skip_one_of(b"0") { 0.0 } else { self.digits()? };
        let mut is_whole = self.at.saturating_sub(start) <= EXACT;
        if self.skip_one_of(b".") {
            self.digits()?;
            is_whole = false;
        }
        if self.skip_one_of(b"eE") {
            self.skip_one_of(b"+-");
            self.digits()?;
            is_whole = false;
        }
        if is_whole { Some(whole * sign) } else { Some(nearest(self.text.get(start..self.at)?)) }
    }

    #[inline(never)]
    fn skip_one_of(&mut self, bytes: &[u8]) -> bool {
        let next = bytes.contains(&self.peek());
        if next {
            self.skip();
        }
        next
    }

    /// One digit at least, as a whole number.
    #[inline(never)]
    fn digits(&mut self) -> Option<f64> {
        let (start, mut number) = (self.at, 0.0);
        while self.peek().is_ascii_digit() {
            number = number * 10.0 + f64::from(self.peek() & 0xf);
            self.skip();
        }
        (self.at > start).then_some(number)
    }

    fn array(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        let depth = below(depth)?;
        self.skip();
        let begin = self.elements.len();
        if !self.take(b']') {
            loop {
                let element = self.value(depth)?;
                self.elements.push(element);
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return Err("expected `,` or `]`");
                }
            }
        }
        Ok(Value::Array(self.elements.split_off(begin)))
    }

    fn object(&mut self, depth: usize) -> Result<Value<'t>, Fault> {
        let depth = below(depth)?;
        self.skip();
        let begin = self.members.len();
        if !self.take(b'}') {
            loop {
                self.space();
                if self.peek() != b'"' {
                    return Err("expected a key in quotes");
                }
                let key = self.string()?;
                if !self.take(b':') {
                    return Err("expected `:`");
                }
                let value = self.value(depth)?;
                self.members.push((key, value));
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return Err("expected `,` or `}`");
                }
            }
        }
        Ok(Value::Object(self.members.split_off(begin)))
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.skip();
        let plain = self.plain();
        if self.peek() == b'"' {
            // Nearly every string is plain.
            self.skip();
            return Ok(Cow::Borrowed(plain));
        }
        self.other_string(plain)
    }

    /// What stands before the next quote, backslash or control character: none of them is part of a longer character.
    #[inline(never)]
    fn plain(&mut self) -> &'t str {
        let (start, mut at) = (self.at, self.at);
        while let Some(byte) = self.text.as_bytes().get(at) {
            if *byte < b' ' || *byte == b'"' || *byte == b'\\' {
                break;
            }
            at = at.wrapping_add(1);
        }
        self.at = at;
        self.text.get(start..at).unwrap_or_default()
    }

    /// The rest of a string that begins so.
    #[inline(never)]
    fn other_string(&mut self, begin: &str) -> Result<Cow<'t, str>, Fault> {
        let mut text = begin.to_owned();
        loop {
            match self.peek() {
                b'"' => {
                    self.skip();
                    return Ok(Cow::Owned(text));
                }
                b'\\' => {
                    self.skip();
                    text.push(self.escape()?);
                }
                _ if self.at >= self.text.len() => return Err("the text ends within a string"),
                _ => return Err("a string has a control character in it"),
            }
            text.push_str(self.plain());
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let letter = self.peek();
        self.skip();
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err("expected an escape"),
        })
    }

    /// Four hexadecimal digits, or twice four for a character beyond them.
    fn unicode(&mut self) -> Result<char, Fault> {
        let code = self.hexadecimal()?;
        if code & 0xfc00 == 0xd800 && self.peek() == b'\\' {
            self.skip();
            if self.peek() == b'u' {
                self.skip();
                let low = self.hexadecimal()?;
                if low & 0xfc00 == 0xdc00 {
                    let beyond = (code & 0x3ff) << 10 | (low & 0x3ff);
                    return char::from_u32(beyond.saturating_add(0x1_0000)).ok_or(HALF);
                }
            }
        }
        char::from_u32(code).ok_or(HALF)
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16).ok_or("expected four hexadecimal digits")?;
            code = code << 4 | digit;
            self.skip();
        }
        Ok(code)
    }
}

/// A whole number of so many characters is a double, as is every one on the way to it.
const EXACT: usize = 15;

const HALF: Fault = "a string has half a character in it";

/// The double nearest to a number as JSON writes it.
#[cfg(not(target_arch = "wasm32"))]
fn nearest(text: &str) -> f64 {
    text.parse().unwrap_or(f64::INFINITY)
}

fn below(depth: usize) -> Result<usize, Fault> {
    depth.checked_sub(1).ok_or("nested deeper than 100 levels")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::limits;
    use crate::value::Value;

    #[test]
    fn every_kind_of_value_is_read_in_its_order() {
        let text = r#" {"a": [null, true, false, -0.5e1, "x\ny\u00e9\ud83d\ude00\/"], "b": {}, "a": []} "#;
        let expected = Value::Object(vec![
            (
                "a".into(),
                Value::Array(vec![
                    Value::Null,
                    Value::Bool(true),
                    Value::Bool(false),
                    Value::Number(-5.0),
                    Value::String("x\ny\u{e9}\u{1f600}/".into()),
                ]),
            ),
            ("b".into(), Value::Object(Vec::new())),
            ("a".into(), Value::Array(Vec::new())),
        ]);
        assert_eq!(read(text), Ok(expected));
    }

    #[test]
    fn every_fault_has_its_line_and_column() {
        for (text, fault) in [
            ("", "expected a value at line 1 column 1"),
            ("{\"a\":\n 1 \"b\"", "expected `,` or `}` at line 2 column 4"),
            ("{a: 1}", "expected a key in quotes at line 1 column 2"),
            ("[1,]", "expected a value at line 1 column 4"),
            ("{\"a\" 1}", "expected `:` at line 1 column 6"),
            ("[1 2]", "expected `,` or `]` at line 1 column 4"),
            ("{} x", "something follows the value at line 1 column 4"),
            ("\"a\u{1}\"", "a string has a control character in it at line 1 column 3"),
            ("\"a", "the text ends within a string at line 1 column 3"),
            ("\"\\x\"", "expected an escape at line 1 column 4"),
            ("\"\\ud800\"", "a string has half a character in it at line 1 column 8"),
            ("\"\\ud800\\u0041\"", "a string has half a character in it at line 1 column 14"),
            ("\"\\u12\"", "expected four hexadecimal digits at line 1 column 6"),
            ("nul", "expected a value at line 1 column 1"),
            ("1e999", "the number is too large at line 1 column 6"),
            ("-", "expected a number at line 1 column 1"),
            ("01", "something follows the value at line 1 column 2"),
        ] {
            assert_eq!(read(text), Err(fault.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_number_is_the_nearest_double_and_ends_where_it_ends() {
        for text in
            "0 -0 10 -12 123456789012345 -123456789012345678 9007199254740993 0.1 0.30000000000000004 1e0 1E+2 1e-2 5e-324 1e-400 6.02214076e23".split(' ')
        {
            let Ok(Value::Number(number)) = read(text) else { panic!("{text}") };
            assert_eq!(number.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
        assert_eq!(read("12]"), Err("something follows the value at line 1 column 3".to_owned()));
        for bad in ["-", "-x", "1.", "1.e1", "1e", "1e+", "-.5"] {
            assert_eq!(read(bad), Err("expected a number at line 1 column 1".to_owned()), "{bad}");
        }
        for bad in ["+1", ".5"] {
            assert_eq!(read(bad), Err("expected a value at line 1 column 1".to_owned()), "{bad}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let fits = format!("{}{}", "[".repeat(limits::JSON_DEPTH), "]".repeat(limits::JSON_DEPTH));
        assert!(read(&fits).is_ok());
        assert_eq!(read(&"[".repeat(10_000)), Err("nested deeper than 100 levels at line 1 column 101".to_owned()));
        assert!(read(&"{\"a\":".repeat(10_000)).unwrap_err().starts_with("nested deeper"));
    }
}
