//! The clock of a run: how long each stage took, and a line for whoever waits.
//!
//! The line is shown on a terminal only, only after a moment, and is gone before anything is printed, so that nothing
//! of it is ever left behind. Times are printed if they were asked for (`-v`) and nowhere else.

use super::plan_text;
use crate::diag::json_line;
use crate::diag::watch::{Counted, Stage, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How long a run may take before it has to show that it works.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often the line is drawn.
const TICK: Duration = Duration::from_millis(100);

/// The line that is on the screen, for those who end the process from outside.
static SHOWN: OnceLock<ProgressBar> = OnceLock::new();

#[derive(Serialize)]
struct Line {
    format: u32,
    r#type: &'static str,
    stages: Vec<StageLine>,
}

#[derive(Serialize)]
struct StageLine {
    stage: &'static str,
    micros: u128,
    #[serde(flatten)]
    counts: BTreeMap<&'static str, usize>,
}

/// What is known of the stages so far.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    stages: Vec<Timed>,
    over: bool,
}

#[derive(Debug)]
struct Timed {
    stage: Stage,
    began: Instant,
    took: Option<Duration>,
    counts: BTreeMap<Counted, usize>,
}

impl Progress {
    /// With a line on a screen, or with the clock alone.
    pub(super) fn new(screen: Option<fn() -> ProgressDrawTarget>) -> Self {
        let bar = screen.map(|screen| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            bar.set_style(style("{spinner} {prefix}"));
            let shown = SHOWN.get_or_init(|| bar).clone();
            show_later(shown.clone(), screen);
            shown
        });
        Self { bar, state: Mutex::default() }
    }

    /// The run is over: the clock stops and the line goes away.
    pub(super) fn finish(&self) {
        let mut state = self.state();
        state.over = true;
        state.close();
        drop(state);
        if self.bar.is_some() {
            clear();
        }
    }

    /// The stages as a table.
    pub(super) fn table(&self) -> String {
        let state = self.state();
        let mut out = String::new();
        if state.stages.is_empty() {
            return out;
        }
        for timed in &state.stages {
            let counts: Vec<String> = timed.counts.iter().map(|(what, count)| counted(*what, *count)).collect();
            let line = format!("{:<9}{:>12}   {}", timed.stage.word(), milliseconds(timed.took()), counts.join(", "));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        let total: Duration = state.stages.iter().map(Timed::took).sum();
        out.push_str(&format!("{:<9}{:>12}\n", "in all", milliseconds(total)));
        out
    }

    /// The stages as a line of JSON.
    pub(super) fn json(&self) -> String {
        let state = self.state();
        if state.stages.is_empty() {
            return String::new();
        }
        let stage = |timed: &Timed| StageLine {
            stage: timed.stage.word(),
            micros: timed.took().as_micros(),
            counts: timed.counts.iter().map(|(what, count)| (what.word(), *count)).collect(),
        };
        let stages = state.stages.iter().map(stage).collect();
        let line = Line { format: crate::diag::json::FORMAT, r#type: "timings", stages };
        json_line(&line)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn close(&mut self) {
        if let Some(last) = self.stages.last_mut() {
            last.took.get_or_insert_with(|| last.began.elapsed());
        }
    }
}

impl Timed {
    fn took(&self) -> Duration {
        self.took.unwrap_or_default()
    }
}

impl Watch for Progress {
    fn begins(&self, stage: Stage) {
        let mut state = self.state();
        if state.over || state.stages.last().is_some_and(|last| last.stage == stage) {
            return;
        }
        state.close();
        state.stages.push(Timed { stage, began: Instant::now(), took: None, counts: BTreeMap::new() });
        if let Some(bar) = &self.bar {
            bar.set_style(style("{spinner} {prefix}"));
            bar.set_prefix(stage.word());
        }
    }

    fn expects(&self, what: Counted, count: usize) {
        if let Some(bar) = &self.bar {
            bar.set_style(style(&format!("{{spinner}} {{prefix:<9}} {{bar:24}} {{pos}}/{{len}} {}", what.word())));
            bar.set_length(count as u64);
            bar.set_position(0);
        }
    }

    fn done(&self, what: Counted, count: usize) {
        if let Some(last) = self.state().stages.last_mut() {
            *last.counts.entry(what).or_default() += count;
        }
        if let (Some(bar), Counted::Files) = (&self.bar, what) {
            bar.inc(count as u64);
        }
    }
}

/// Takes the line from the screen, if there is one.
pub(super) fn clear() {
    if let Some(bar) = SHOWN.get() {
        bar.finish_and_clear();
    }
}

fn show_later(bar: ProgressBar, screen: fn() -> ProgressDrawTarget) {
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if !bar.is_finished() {
            super::signals::watch();
            bar.set_draw_target(screen());
            bar.enable_steady_tick(TICK);
            // It may have ended between the question and the answer.
            if bar.is_finished() {
                bar.finish_and_clear();
            }
        }
    });
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is ours").progress_chars("=> ")
}

/// `7 files`, `1.4 MB`.
fn counted(what: Counted, count: usize) -> String {
    match what {
        Counted::Bytes => plan_text::size(count),
        _ if count == 1 => format!("1 {}", what.word().trim_end_matches('s')),
        _ => format!("{count} {}", what.word()),
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_told_in_order_with_what_they_counted() {
        let progress = Progress::new(None);
        progress.begins(Stage::Read);
        progress.expects(Counted::Files, 2);
        progress.done(Counted::Files, 1);
        progress.done(Counted::Bytes, 1_400_000);
        progress.done(Counted::Files, 1);
        progress.begins(Stage::Resolve);
        progress.begins(Stage::Resolve);
        progress.done(Counted::Wires, 1);
        progress.finish();
        progress.begins(Stage::Write);
        let table = progress.table();
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!((lines[0][0], &lines[0][2..]), ("read", &["ms", "2", "files,", "1.4", "MB"][..]));
        assert_eq!((lines[1][0], &lines[1][2..]), ("resolve", &["ms", "1", "wire"][..]));
        assert_eq!(&lines[2][..2], ["in", "all"]);
        assert_eq!(lines.len(), 3);
        let value: serde_json::Value = serde_json::from_str(&progress.json()).expect("JSON");
        assert_eq!(value["stages"][0]["files"], 2);
        assert_eq!(value["stages"][1]["stage"], "resolve");
        assert!(value["stages"][1]["micros"].is_u64());
    }

    #[test]
    fn templates_are_legal() {
        let progress = Progress::new(Some(ProgressDrawTarget::hidden));
        progress.begins(Stage::Validate);
        progress.expects(Counted::Files, 3);
        progress.done(Counted::Files, 1);
        progress.finish();
        assert!(SHOWN.get().is_some_and(ProgressBar::is_finished));
    }
}
