//! C0806, what happened and where: the inner component first, then what was running.

use crate::diag::{Code, Diagnostic};
use crate::host::blame::{Blame, Culprit};
use crate::model::listed::quoted;
use compose_engine::{Asked, Frame, Limit, Trap};

/// Of more frames than that the middle is left out: a recursion has thousands.
const FRAMES: usize = 24;

/// A trap of the component of that name, whose code is where the table says.
pub(super) fn trapped(name: &str, trap: &Trap, blame: &Blame) -> Diagnostic {
    let top = trap.frames.first();
    let culprit = top.and_then(|frame| blame.culprit(frame));
    let function = top.and_then(|frame| blame.function(frame));
    let who = match culprit {
        Some(culprit) => format!("`{}` in `{name}`", culprit.name()),
        None => format!("`{name}`"),
    };
    let place = function.as_ref().map_or_else(String::new, |function| format!(" in `{function}`"));
    let what = trap.message.strip_prefix("wasm trap: ").unwrap_or(&trap.message);
    let mut diagnostic =
        Diagnostic::new(Code::Trapped, format!("{who} trapped{place}: {what}")).fact("component", name);
    if let Some(culprit) = culprit {
        diagnostic = diagnostic.fact("culprit", &culprit.component);
        for instance in &culprit.instances {
            diagnostic = diagnostic.fact("instance", instance);
        }
        if culprit.instances.len() > 1 {
            let instances = quoted(&culprit.instances);
            diagnostic = diagnostic
                .note(format!("`{}` has several instances, and this is one of them: {instances}", culprit.component));
        }
    }
    if let Some(function) = function {
        diagnostic = diagnostic.fact("function", function);
    }
    if let Some(limit) = trap.limit {
        let word = limit.word();
        diagnostic = diagnostic.note(format!("it had reached its limit of {word}")).fact("limit", word);
        if limit != Limit::Stack {
            diagnostic = diagnostic.help(format!("--limit {word}=none"));
        }
    }
    if trap.frames.len() > 1 || trap.frames.iter().any(|frame| frame.source.is_some()) {
        diagnostic = diagnostic.note(backtrace(name, &trap.frames, blame));
    }
    // A panic looks into the environment by itself, so that says nothing here.
    for looked in looked_for(Asked { env: false, ..trap.asked }) {
        diagnostic = diagnostic.note(looked);
    }
    diagnostic
}

/// What a component that failed had looked for and found empty, with the flag that gives it.
pub(super) fn looked_for(asked: Asked) -> Vec<String> {
    let env =
        asked.env.then_some("it asked for its environment, which is empty: `--env NAME=VALUE` gives it a variable");
    let stdin = asked.stdin.then_some("it read its standard input, which is at its end: `--stdin` gives it this one");
    env.into_iter().chain(stdin).map(Into::into).collect()
}

/// What was running, innermost first: a line a component, and below it a line a function that something is known of.
fn backtrace(name: &str, frames: &[Frame], blame: &Blame) -> String {
    let mut text = String::from("what was running, innermost first:");
    let mut around: Option<Option<&Culprit>> = None;
    let mut nameless = 0_usize;
    let mut shown = 0_usize;
    let mut last = String::new();
    let mut times = 1_usize;
    for (at, frame) in frames.iter().enumerate() {
        let culprit = blame.culprit(frame);
        let known = blame.function(frame);
        let line = known.map(|function| match &frame.source {
            Some((file, line)) => format!("{function} ({file}:{line})"),
            None => function,
        });
        if around != Some(culprit) {
            folded(&mut text, &mut nameless, &mut times);
            around = Some(culprit);
            last.clear();
            shown += 1;
            if shown > FRAMES {
                text.push_str(&format!("\n… and {} more", frames.len() - at));
                return text;
            }
            text.push_str(&format!("\n`{}`", culprit.map_or(name, Culprit::name)));
        }
        match line {
            None => nameless += 1,
            Some(line) if line == last && nameless == 0 => times += 1,
            Some(line) => {
                folded(&mut text, &mut nameless, &mut times);
                shown += 1;
                if shown > FRAMES {
                    text.push_str(&format!("\n… and {} more", frames.len() - at));
                    return text;
                }
                text.push_str(&format!("\n    {line}"));
                last = line;
            }
        }
    }
    folded(&mut text, &mut nameless, &mut times);
    text
}

/// Says how many frames were not told one by one.
fn folded(text: &mut String, nameless: &mut usize, times: &mut usize) {
    if *times > 1 {
        text.push_str(&format!(" ({times} times)"));
    }
    if *nameless > 0 {
        let plural = if *nameless == 1 { "a function without a name" } else { "functions without names" };
        let count = if *nameless == 1 { String::new() } else { format!("{nameless} ") };
        text.push_str(&format!("\n    {count}{plural}"));
    }
    (*nameless, *times) = (0, 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(function: Option<&str>, line: Option<u32>) -> Frame {
        let source = line.map(|line| ("a.rs".to_owned(), line));
        Frame { module: None, function: function.map(Into::into), index: 0, offset: None, part: None, source }
    }

    #[test]
    fn frames_that_say_nothing_or_the_same_are_one_line() {
        let frames = [
            frame(Some("deep"), Some(7)),
            frame(Some("deep"), Some(7)),
            frame(None, None),
            frame(None, None),
            frame(Some("run"), None),
        ];
        let told = backtrace("app", &frames, &Blame::default());
        assert_eq!(
            told,
            "what was running, innermost first:\n`app`\n    deep (a.rs:7) (2 times)\n    2 functions without names\n    run"
        );
    }

    #[test]
    fn many_frames_are_cut() {
        let frames: Vec<Frame> = (0..100).map(|line| frame(Some("f"), Some(line))).collect();
        let told = backtrace("app", &frames, &Blame::default());
        assert_eq!(told.lines().count(), FRAMES + 2);
        assert!(told.ends_with("\n… and 77 more"), "{told}");
    }
}
