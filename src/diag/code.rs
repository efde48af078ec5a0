//! THE catalogue: every diagnostic that `compose` can give.
//!
//! Codes go by stage (01 manifest, 02 sources, 03 decode, 04 resolve, 05 check, 06 link, 07 emit, 08 host, 09 contract,
//! 99 internal). A code is never reused or renumbered. Each has a page in `docs/errors/`, so a missing page does not
//! compile.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The run fails.
    Error,
    /// The run goes on; `--deny warnings` makes it fail.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($code:ident $name:ident $severity:ident $title:literal)*) => {
        /// The code of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// `C0401`.
            pub fn number(self) -> &'static str {
                match self { $(Self::$name => stringify!($code),)* }
            }

            /// `UnresolvedImport`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// How bad it is unless the user says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// One line saying what it is, as a phrase.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The page that `compose explain` prints (Markdown).
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../docs/errors/", stringify!($code), ".md")),)*
                }
            }
        }
    };
}

codes! {
    C9901 Internal Error "compose made a mistake of its own"
}

impl Code {
    /// The code of that number (`C0401`, in any case) or name (`UnresolvedImport`, `unresolved-import`).
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.number().eq_ignore_ascii_case(text) || code.name() == text || code.kebab_name() == text)
    }

    /// `unresolved-import`.
    pub fn kebab_name(self) -> String {
        let mut out = String::new();
        for (index, letter) in self.name().chars().enumerate() {
            if letter.is_ascii_uppercase() && index > 0 {
                out.push('-');
            }
            out.push(letter.to_ascii_lowercase());
        }
        out
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
