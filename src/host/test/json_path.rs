//! Places in JSON: `items[0].sku`, `"a key with dots".x`; an empty path is the whole.
//!
//! Small on purpose: it names one place and asks nothing. What has to be searched for is better said with a text.

use serde_json::Value;

/// A step to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    Key(String),
    At(usize),
}

/// The value at a path; the way that there is no further, as it is written, if there is none.
///
/// # Errors
/// The part of the path up to where it leads nowhere.
pub(super) fn find<'v>(value: &'v Value, path: &str) -> Result<&'v Value, String> {
    let ways = read(path).ok_or_else(|| path.to_owned())?;
    let mut at = value;
    for (way, end) in ways {
        let next = match &way {
            Way::Key(key) => at.get(key),
            Way::At(index) => at.get(index),
        };
        at = next.ok_or_else(|| path[..end].to_owned())?;
    }
    Ok(at)
}

/// Whether a path can be read.
pub(super) fn is_path(path: &str) -> bool {
    read(path).is_some()
}

/// Each step with the end of it in the text.
fn read(path: &str) -> Option<Vec<(Way, usize)>> {
    let mut ways = Vec::new();
    let mut at = 0;
    while at < path.len() {
        let rest = &path[at..];
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            ways.push((Way::At(inner[..end].parse().ok()?), at + end + 2));
            at += end + 2;
            continue;
        }
        let rest = match (rest.strip_prefix('.'), at) {
            (Some(rest), 1..) => rest,
            (None, 0) => rest,
            _ => return None,
        };
        at = path.len() - rest.len();
        let (key, length) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"')?;
                (&quoted[..end], end + 2)
            }
            None => {
                let end = rest.find(['.', '[', ']', '"']).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        if length == 0 {
            return None;
        }
        at += length;
        ways.push((Way::Key(key.into()), at));
    }
    Some(ways)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_to_places() {
        let value = json!({"items": [{"sku": "cup", "a.b": 1}, [2, 3]], "n": null});
        let found = |path| find(&value, path).cloned();
        assert_eq!(found(""), Ok(value.clone()));
        assert_eq!(found("items[0].sku"), Ok(json!("cup")));
        assert_eq!(found("items[0].\"a.b\""), Ok(json!(1)));
        assert_eq!(found("items[1][1]"), Ok(json!(3)));
        assert_eq!(found("n"), Ok(json!(null)));
        assert_eq!(found("items[2].sku"), Err("items[2]".into()));
        assert_eq!(found("items[0].name.first"), Err("items[0].name".into()));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in [".a", "a..b", "a[", "a[x]", "a[]", "a]", "\"a", "a\"b\"", "a."] {
            assert!(!is_path(path), "{path}");
        }
        assert!(["", "a", "[0]", "\"\".a"].iter().all(|path| is_path(path)));
    }
}
