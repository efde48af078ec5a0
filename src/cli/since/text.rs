//! What changed since an artifact, in a few lines: what is asked of the host first, then the world, then the inside.

use crate::cli::plan_text;
use crate::diag::visible;
use crate::inspect::against::{Because, Moved, Retyped, Rewired, Since, Through, Told, Wanted};
use crate::model::listed::{listed, quoted};

/// More lines of one kind are counted.
const MOST: usize = 12;

pub(super) fn text(since: &Since, size: Option<usize>) -> String {
    let mut out = format!("since {}", since.origin);
    match size {
        Some(size) if size == since.bytes => out.push_str(&format!(" ({})", plan_text::size(size))),
        Some(size) => out.push_str(&format!(" ({} -> {})", plan_text::size(since.bytes), plan_text::size(size))),
        None => {}
    }
    out.push('\n');
    if since.is_nothing() {
        out.push_str("  nothing has changed\n");
        return visible(&out);
    }
    let opened = since.opened.iter().map(|it| format!("{}{}", it.name, through(&it.through)));
    group(&mut out, "asks more of the host", '+', opened);
    let widened = since.widened.iter().map(|(name, came)| format!("{name}: {}", quoted(came)));
    group(&mut out, "asks for more functions", '+', widened);
    group(&mut out, "no longer asks of the host", '-', since.closed.iter().cloned());
    group(&mut out, "exports more", '+', since.exported.iter().cloned());
    group(&mut out, "no longer exports", '-', since.withdrawn.iter().cloned());
    group(&mut out, "exports another type of", '~', since.retyped.iter().map(retyped));
    group(&mut out, "other versions", '~', since.moved.iter().map(moved));
    let added = since.added.iter().map(|it| {
        let of = if it.component == it.instance { String::new() } else { format!(" of {}", it.component) };
        format!("{}{of}{}", it.instance, it.wanted.as_ref().map(wanted).unwrap_or_default())
    });
    group(&mut out, "new instances", '+', added);
    group(&mut out, "instances that are gone", '-', since.removed.iter().cloned());
    let rebuilt = since
        .rebuilt
        .iter()
        .map(|it| format!("{} ({} -> {})", it.instance, plan_text::size(it.old_bytes), plan_text::size(it.new_bytes)));
    group(&mut out, "instances of other bytes", '~', rebuilt);
    group(&mut out, "wires", '~', since.rewired.iter().map(rewired));
    visible(&out)
}

fn group(out: &mut String, heading: &str, mark: char, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("  {heading}\n"));
    for line in lines.iter().take(MOST) {
        out.push_str(&format!("    {mark} {line}\n"));
    }
    if lines.len() > MOST {
        out.push_str(&format!("    and {} more: `--message-format json` has all\n", lines.len() - MOST));
    }
}

fn through(through: &[Through]) -> String {
    if through.is_empty() {
        return String::new();
    }
    let way = |way: &Through| {
        let because = match &way.because {
            Because::New(Some(wanted)) => format!(", new for {} of {}", wanted.import, wanted.instance),
            Because::New(None) => ", which is new".into(),
            Because::WasFilledBy(other) => format!(", where {other} filled it before"),
            Because::Rebuilt => ", whose component is another one".into(),
            Because::Unknown => String::new(),
        };
        format!("{}{because}", way.instance)
    };
    format!(" through {}", listed(through, way))
}

fn wanted(wanted: &Wanted) -> String {
    format!(" for {} of {}", wanted.import, wanted.instance)
}

fn moved(moved: &Moved) -> String {
    let version =
        |name: &str| name.rsplit_once('@').map_or_else(|| "no version".to_owned(), |(_, version)| version.to_owned());
    let name = moved.new.split('@').next().unwrap_or_default();
    let side = if moved.exported { "export " } else { "" };
    format!("{side}{name} {} -> {}", version(&moved.old), version(&moved.new))
}

fn retyped(retyped: &Retyped) -> String {
    let breaks = listed(&retyped.breaks, |text| (*text).to_owned());
    let came = (!retyped.came.is_empty()).then(|| format!("has {} besides", quoted(&retyped.came)));
    match (retyped.breaks.is_empty(), came) {
        (true, came) => {
            format!("{}: {}; what was compiled against it still links", retyped.name, came.unwrap_or_default())
        }
        (false, None) => format!("{}: {breaks}", retyped.name),
        (false, Some(came)) => format!("{}: {breaks}; {came}", retyped.name),
    }
}

fn rewired(rewired: &Rewired) -> String {
    let end = |told: &Told| match told {
        Told::Instance(instance, export) if *export == rewired.import => instance.clone(),
        Told::Instance(instance, export) => format!("{instance}, its {export}"),
        Told::Host(name) if *name == rewired.import => "the host".into(),
        Told::Host(name) => format!("the host, as {name}"),
        Told::Other => "something inside".into(),
    };
    let head = format!("{} imports {}", rewired.instance, rewired.import);
    match (&rewired.old, &rewired.new) {
        (Some(old), Some(new)) => format!("{head} from {}, before from {}", end(new), end(old)),
        (None, Some(new)) => format!("{head} from {}, which it did not import", end(new)),
        (Some(old), None) => format!("{} no longer imports {} (from {})", rewired.instance, rewired.import, end(old)),
        (None, None) => head,
    }
}
