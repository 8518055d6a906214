//! Reading JSON text (RFC 8259) into a [`Value`].
//!
//! Every general reader of JSON brings its own errors, number tables and visitors: `serde_json`, with a
//! library for times, makes the module eight kilobytes larger (brotli) than this one. It keeps members in
//! their order and repeated keys, refuses what is nested deeper than [`limits::JSON_DEPTH`], and says
//! line and column of a fault. Numbers are the nearest double, as in JavaScript.

mod number;

use crate::limits;
use crate::text::{decimal, join};
use crate::value::Value;

/// Reads one JSON value and nothing else.
///
/// # Errors
/// What is wrong with the text and where (line and column), as one sentence.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let mut reader = Reader { text, at: 0 };
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
}

type Fault = &'static str;

impl Reader<'_> {
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
        self.at = self.at.saturating_add(1);
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

    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        self.space();
        match self.peek() {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => Ok(Value::String(self.string()?)),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err("expected a value"),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at = self.at.saturating_add(word.len());
            return Ok(value);
        }
        Err("expected a value")
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (number, length) = number::read(rest).ok_or("expected a number")?;
        self.at = self.at.saturating_add(length);
        if number.is_finite() { Ok(Value::Number(number)) } else { Err("the number is too large") }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        let depth = below(depth)?;
        self.skip();
        let mut elements = Vec::new();
        if !self.take(b']') {
            loop {
                elements.push(self.value(depth)?);
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return Err("expected `,` or `]`");
                }
            }
        }
        Ok(Value::Array(elements))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        let depth = below(depth)?;
        self.skip();
        let mut members = Vec::new();
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
                members.push((key, self.value(depth)?));
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return Err("expected `,` or `}`");
                }
            }
        }
        Ok(Value::Object(members))
    }

    fn string(&mut self) -> Result<Box<str>, Fault> {
        self.skip();
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.skip();
            }
            // Quotes, backslashes and control characters are never part of a longer character.
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.peek() {
                b'"' => {
                    self.skip();
                    return Ok(text.into_boxed_str());
                }
                b'\\' => {
                    self.skip();
                    text.push(self.escape()?);
                }
                _ if self.at >= self.text.len() => return Err("the text ends within a string"),
                _ => return Err("a string has a control character in it"),
            }
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

const HALF: Fault = "a string has half a character in it";

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
    fn what_is_nested_too_deep_is_refused() {
        let fits = format!("{}{}", "[".repeat(limits::JSON_DEPTH), "]".repeat(limits::JSON_DEPTH));
        assert!(read(&fits).is_ok());
        assert_eq!(read(&"[".repeat(10_000)), Err("nested deeper than 100 levels at line 1 column 101".to_owned()));
        assert!(read(&"{\"a\":".repeat(10_000)).unwrap_err().starts_with("nested deeper"));
    }
}
