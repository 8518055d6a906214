//! JSON pointers (RFC 6901), built on the stack while a document is walked and written out only
//! when something has to be said about the place.

use std::fmt;

use crate::text::{decimal, pieces};

/// A place in a document: the root, or a key or an index below another place.
#[derive(Clone, Copy, Debug)]
pub enum Pointer<'a> {
    /// The whole document; written as the empty string.
    Root,
    /// A member of an object.
    Key(&'a Pointer<'a>, &'a str),
    /// An element of an array.
    Index(&'a Pointer<'a>, usize),
}

impl<'a> Pointer<'a> {
    /// The member `key` below this place.
    #[must_use]
    pub fn key(&'a self, key: &'a str) -> Pointer<'a> {
        Pointer::Key(self, key)
    }

    /// The element `index` below this place.
    #[must_use]
    pub fn index(&'a self, index: usize) -> Pointer<'a> {
        Pointer::Index(self, index)
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written())
    }
}

impl Pointer<'_> {
    /// The pointer as text.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Pointer::Root => {}
            Pointer::Key(parent, key) => {
                parent.write(text);
                text.push('/');
                let (mut tilde, mut slash) = ("", "");
                for part in pieces(key, b'~') {
                    text.push_str(tilde);
                    for piece in pieces(part, b'/') {
                        text.push_str(slash);
                        text.push_str(piece);
                        slash = "~1";
                    }
                    (tilde, slash) = ("~0", "");
                }
            }
            Pointer::Index(parent, index) => {
                parent.write(text);
                text.push('/');
                text.push_str(&decimal(*index));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn keys_are_escaped_and_the_root_is_empty() {
        let roles = Pointer::Root.key("roles");
        let role = roles.key("a/b~c");
        let allow = role.key("allow");
        assert_eq!(Pointer::Root.to_string(), "");
        assert_eq!(roles.key("~~/é//").to_string(), "/roles/~0~0~1é~1~1");
        assert_eq!(allow.index(3).to_string(), "/roles/a~1b~0c/allow/3");
    }
}
