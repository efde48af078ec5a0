//! `[contracts]`: what counts as bad when contracts change; read, and written again.
//!
//! Rules are words here. Whether there is one of that name is judged where they are known.

use super::composition::{bad_value, not_empty};
use super::diags::MissingKey;
use super::keys::{CONTRACTS, DEPRECATION, IGNORE, names};
use super::table::{Reader, entry, in_order};
use super::write::{self, Text};
use crate::model::contracts::{Contracts, Grade, Ignore, Mode};
use crate::model::item_pattern::{ItemFault, ItemPattern};
use crate::model::near::nearest;
use crate::model::request::Written;
use std::path::PathBuf;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words for how bad something is.
pub(super) const GRADES: [&str; 4] = ["error", "warning", "note", "off"];

pub(super) fn contracts(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Contracts {
    reader.refuse_unknown(table, "contracts", &names(CONTRACTS), &[("contracts.ignore", &names(IGNORE))]);
    let mut contracts = Contracts::default();
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "mode" => contracts.mode = mode(reader, value),
            "public" => contracts.public = patterns(reader, "public", value, &mut contracts.roles),
            "implemented" => contracts.implemented = patterns(reader, "implemented", value, &mut contracts.roles),
            "remote" => contracts.remote = patterns(reader, "remote", value, &mut contracts.roles),
            "capabilities" => contracts.capabilities = patterns(reader, "capabilities", value, &mut contracts.roles),
            "unstable" => {
                let Some(word) = reader.string("unstable", value) else { continue };
                match word.text.as_str() {
                    "free" => contracts.unstable_is_checked = false,
                    "checked" => contracts.unstable_is_checked = true,
                    _ => {
                        let expected =
                            "`\"free\"`: unstable items may change; or `\"checked\"`: they are judged as others";
                        bad_value(reader, "unstable", &word, expected.into(), None);
                    }
                }
            }
            "lock" => contracts.lock = lock(reader, value),
            "environment" => contracts.environment = environment(reader, value),
            "deprecation" => contracts.deprecation = deprecation(reader, value),
            "severity" => severities(reader, value, &mut contracts),
            "ignore" => ignores(reader, value, &mut contracts),
            _ => {}
        }
    }
    contracts
}

fn mode(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(Written, Mode)> {
    let word = reader.string("mode", value)?;
    let words = Mode::ALL.map(|(word, _)| word);
    match Mode::find(&word.text) {
        Some(mode) => Some((word, mode)),
        None => {
            let help = nearest(&word.text, words).map(|near| format!("mode = \"{near}\""));
            let listed = words.map(|word| format!("`\"{word}\"`")).join(", ");
            bad_value(reader, "mode", &word, format!("one of {listed}"), help);
            None
        }
    }
}

fn lock(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<(Written, PathBuf)> {
    let word = reader.string("lock", value)?;
    let legal = not_empty(reader, "lock", &word, "the file that `compose contract record` writes");
    legal.then(|| (word.clone(), reader.path(&word)))
}

fn environment(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let word = reader.string("environment", value)?;
    let expected = "the name that consumers were recorded with, as in `--environment production`";
    if word.text.chars().any(char::is_control) {
        bad_value(reader, "environment", &word, expected.into(), None);
        return None;
    }
    not_empty(reader, "environment", &word, expected).then_some(word)
}

fn patterns(
    reader: &mut Reader<'_>,
    key: &'static str,
    value: &Spanned<DeValue<'_>>,
    roles: &mut Vec<(&'static str, Written)>,
) -> Vec<ItemPattern> {
    let words = reader.strings(key, value).unwrap_or_default();
    let patterns = words.iter().filter_map(|word| pattern(reader, key, word)).collect();
    roles.extend(words.into_iter().map(|word| (key, word)));
    patterns
}

fn pattern(reader: &mut Reader<'_>, key: &str, word: &Written) -> Option<ItemPattern> {
    let fault = match ItemPattern::parse(&word.text) {
        Ok(pattern) => return Some(pattern),
        Err(fault) => fault,
    };
    let bare = word.text.split('@').next().filter(|bare| fault == ItemFault::Version && !bare.is_empty());
    let expected = match fault {
        ItemFault::Version => "an item without a version: an exception or a role outlives versions",
        ItemFault::Empty | ItemFault::Letter => "an item such as `acme:kv/store.get`; `*` is any run of letters in it",
    };
    let help = bare.map(|bare| match key {
        "item" => format!("item = {}", write::string(bare)),
        key => format!("{key} = [{}]", write::string(bare)),
    });
    bad_value(reader, key, word, expected.into(), help);
    None
}

fn deprecation(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<u32> {
    let table = reader.table("contracts.deprecation", value, "a table with `versions`")?;
    reader.refuse_unknown(table, "contracts.deprecation", &names(DEPRECATION), &[]);
    match entry(table, "versions") {
        Some((_, value)) => reader.count("versions", value),
        None => {
            let facts = MissingKey {
                spot: reader.spot(value.span()),
                key: "versions",
                place: "`contracts.deprecation`",
                help: "deprecation = { versions = 1 }".into(),
                why: Some("it says for how many released versions something is deprecated before it may be removed"),
            };
            reader.report(facts);
            None
        }
    }
}

/// The rule that no configuration makes milder.
const ALWAYS_ERROR: &str = "ignore-expired";

fn severities(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, contracts: &mut Contracts) {
    let Some(table) = reader.table("contracts.severity", value, "a table of rules and how bad each is") else { return };
    for (key, value) in in_order(table) {
        let rule = reader.written_key(key);
        let is_rule = is_rule(reader, "contracts.severity", &rule);
        let Some(word) = reader.string(&rule.text, value) else { continue };
        let grade = match word.text.as_str() {
            "error" => Some(Grade::Error),
            "warning" => Some(Grade::Warning),
            "note" => Some(Grade::Note),
            "off" => None,
            _ => {
                let near = match word.text.as_str() {
                    "none" | "allow" | "ignore" | "false" => Some("off"),
                    "deny" | "fatal" | "major" => Some("error"),
                    "warn" => Some("warning"),
                    "info" => Some("note"),
                    text => nearest(text, GRADES),
                };
                let help = near.map(|near| format!("{} = \"{near}\"", write::key(&rule.text)));
                let expected = "`\"error\"`, `\"warning\"`, `\"note\"` or `\"off\"`".into();
                bad_value(reader, &rule.text, &word, expected, help);
                continue;
            }
        };
        if rule.text == ALWAYS_ERROR && grade != Some(Grade::Error) {
            let expected = "`\"error\"`, which an exception that is over always is".into();
            bad_value(reader, &rule.text, &word, expected, Some(format!("{ALWAYS_ERROR} = \"error\"")));
        } else if is_rule {
            contracts.severities.push((rule, grade));
        }
    }
}

/// Whether a word may be the name of a rule.
fn is_rule(reader: &mut Reader<'_>, key: &str, word: &Written) -> bool {
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let legal = word.text.split('-').all(is_word);
    if !legal {
        bad_value(reader, key, word, "the name of a rule, such as `func-removed`".into(), None);
    }
    legal
}

fn ignores(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, contracts: &mut Contracts) {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().for_each(|item| ignore(reader, item, contracts)),
        _ => ignore(reader, value, contracts),
    }
}

fn ignore(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, contracts: &mut Contracts) {
    let expected = "a table `[[contracts.ignore]]`";
    let Some(table) = reader.table("contracts.ignore", value, expected) else { return };
    reader.refuse_unknown(table, "contracts.ignore", &names(IGNORE), &[("contracts", &names(CONTRACTS))]);
    let mut word = |key: &'static str, (example, why): (&str, &'static str)| match entry(table, key) {
        Some((_, value)) => reader.string(key, value),
        None => {
            let facts = MissingKey {
                spot: reader.spot(value.span()),
                key,
                place: "`[[contracts.ignore]]`",
                help: format!("{key} = \"{example}\""),
                why: Some(why),
            };
            reader.report(facts);
            None
        }
    };
    let rule = word("rule", ("func-removed", "an exception is from one rule"));
    let item = word("item", ("acme:kv/store.get", "an exception is for an item and all inside of it"));
    let reason = word("reason", ("…", "who reads the exception later must know why it is there"));
    let expires = word("expires", ("2026-12-31", "an exception is granted up to a day"));
    let fingerprint = entry(table, "fingerprint").map(|(_, value)| reader.string("fingerprint", value));
    let rule = rule.filter(|rule| is_rule(reader, "rule", rule));
    let item = item.and_then(|item| Some((pattern(reader, "item", &item)?, item)));
    let reason = reason.filter(|reason| not_empty(reader, "reason", reason, "why the exception is there"));
    let expires = expires.and_then(|word| match word.text.parse() {
        Ok(day) => Some((word, day)),
        Err(()) => {
            bad_value(reader, "expires", &word, "a day of the calendar, as `2026-12-31`".into(), None);
            None
        }
    });
    let fingerprint = match fingerprint {
        None => Some(None),
        Some(word) => word.filter(|word| is_fingerprint(reader, word)).map(Some),
    };
    if let (Some(rule), Some((pattern, item)), Some(reason), Some(expires), Some(fingerprint)) =
        (rule, item, reason, expires, fingerprint)
    {
        contracts.ignores.push(Ignore { rule, item, pattern, reason, expires, fingerprint });
    }
}

fn is_fingerprint(reader: &mut Reader<'_>, word: &Written) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let legal = word.text.len() == 12 && word.text.bytes().all(digit);
    if !legal {
        bad_value(reader, "fingerprint", word, "12 hexadecimal digits, as reports have them".into(), None);
    }
    legal
}

/// Adds the table to a manifest that is being written.
pub(super) fn write(contracts: &Contracts, text: &mut Text) {
    const TABLE: &str = "contracts";
    if let Some((word, _)) = &contracts.mode {
        text.say(TABLE, "mode", &write::string(&word.text));
    }
    let list = |patterns: &[ItemPattern]| {
        let patterns: Vec<String> = patterns.iter().map(|pattern| write::string(pattern.text())).collect();
        format!("[{}]", patterns.join(", "))
    };
    let lists = [
        ("public", &contracts.public),
        ("implemented", &contracts.implemented),
        ("remote", &contracts.remote),
        ("capabilities", &contracts.capabilities),
    ];
    for (key, patterns) in lists {
        if !patterns.is_empty() {
            text.say(TABLE, key, &list(patterns));
        }
    }
    let lock = contracts.lock.as_ref().map(|(written, _)| written);
    for (key, word) in [("lock", lock), ("environment", contracts.environment.as_ref())] {
        if let Some(word) = word {
            text.say(TABLE, key, &write::string(&word.text));
        }
    }
    if contracts.unstable_is_checked {
        text.say(TABLE, "unstable", "\"checked\"");
    }
    if let Some(versions) = contracts.deprecation {
        text.say(TABLE, "deprecation", &format!("{{ versions = {versions} }}"));
    }
    if !contracts.ignores.is_empty() {
        let ignores = contracts.ignores.iter().map(|ignore| {
            let mut entries = vec![
                ("rule", &ignore.rule),
                ("item", &ignore.item),
                ("reason", &ignore.reason),
                ("expires", &ignore.expires.0),
            ];
            entries.extend(ignore.fingerprint.as_ref().map(|fingerprint| ("fingerprint", fingerprint)));
            let entries = entries.into_iter().map(|(key, word)| format!("{key} = {}", write::string(&word.text)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        });
        text.say(TABLE, "ignore", &format!("[{}]", ignores.collect::<Vec<_>>().join(", ")));
    }
    for (rule, grade) in &contracts.severities {
        let word = match grade {
            Some(Grade::Error) => "error",
            Some(Grade::Warning) => "warning",
            Some(Grade::Note) => "note",
            None => "off",
        };
        text.say("contracts.severity", &rule.text, &write::string(word));
    }
}
