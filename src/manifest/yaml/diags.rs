//! What can be wrong with a YAML configuration and with no other manifest, in words.

use crate::diag::{Code, Diagnostic};
use crate::manifest::diags::Spot;

/// C0130: the text is no YAML, or more than a configuration needs.
#[derive(Debug)]
pub struct YamlSyntax<'a> {
    /// Where.
    pub spot: Spot<'a>,
    /// What the parser says.
    pub message: &'a str,
}

impl From<YamlSyntax<'_>> for Diagnostic {
    fn from(facts: YamlSyntax<'_>) -> Self {
        let message = format!("`{}` cannot be read: {}", facts.spot.source.name, facts.message);
        facts.spot.diagnostic(Code::YamlSyntax, message, "here")
    }
}

/// C0131: the result is to import components.
#[derive(Debug)]
pub struct ImportComponents<'a> {
    /// Where.
    pub spot: Spot<'a>,
}

impl From<ImportComponents<'_>> for Diagnostic {
    fn from(facts: ImportComponents<'_>) -> Self {
        Self::new(Code::ImportComponents, "a result cannot import components")
            .label(facts.spot.source, facts.spot.span, "asked for here")
            .note("the components become parts of the result; no known host gives components to a component")
            .help("leave `import-components` out")
    }
}
