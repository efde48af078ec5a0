//! An answer for people.

use super::answer::{
    Answer, ExportAnswer, InstanceAnswer, Needed, OfferedAnswer, OpenAnswer, SocketAnswer, UnusedAnswer, Verdict,
};
use crate::diag::{visible, visible_line};

impl Answer {
    /// For people: a paragraph for each thing of that name.
    pub(in crate::cli) fn text(&self) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        for instance in &self.instances {
            paragraphs.push(instance.text());
            paragraphs.extend(instance.imports.iter().map(SocketAnswer::text));
        }
        paragraphs.extend(self.sockets.iter().map(SocketAnswer::text));
        paragraphs.extend(self.open.iter().map(OpenAnswer::text));
        paragraphs.extend(self.exports.iter().map(ExportAnswer::text));
        paragraphs.extend(self.offered.iter().map(OfferedAnswer::text));
        paragraphs.extend(self.unused.iter().map(UnusedAnswer::text));
        paragraphs.extend(self.candidate.iter().map(Verdict::text));
        visible(&paragraphs.join("\n"))
    }
}

impl InstanceAnswer {
    fn text(&self) -> String {
        let mut out = format!("`{}` is an instance of {}\n", self.instance, self.component);
        out.push_str(match (self.root, self.way.is_empty()) {
            (true, _) => "  it is the root\n",
            (false, true) if self.exported.is_empty() => "  it is in the plan because it is to be kept\n",
            (false, true) => "  it is in the plan because the result exports something of it\n",
            (false, false) => "  it is in the plan because\n",
        });
        for (index, step) in self.way.iter().enumerate() {
            let next = self.way.get(index + 1).map_or(&self.instance, |next| &next.instance);
            out.push_str(&format!("    `{}` imports {}, filled by `{next}`\n", step.instance, step.import));
        }
        // A single use is the end of the way.
        if self.used_by.len() > 1 || (self.way.is_empty() && !self.used_by.is_empty()) {
            out.push_str("  it fills\n");
            for step in &self.used_by {
                out.push_str(&format!("    {} of `{}`\n", step.import, step.instance));
            }
        }
        if !self.exported.is_empty() && !self.root {
            out.push_str(&format!("  the result exports its {}\n", self.exported.join(", ")));
        }
        out
    }
}

impl SocketAnswer {
    fn text(&self) -> String {
        let mut out = format!("`{}` imports {}\n", self.instance, self.import);
        out.push_str(&format!("  filled by {}\n  because {}\n", self.filled_by_words, self.because));
        out.push_str(&needed(&self.needed_by));
        for rejected in &self.rejected {
            let (component, export) = (&rejected.component, &rejected.export);
            out.push_str(&format!("  not by `{component}`, its export {export}: {}\n", rejected.because));
        }
        out
    }
}

/// Who names types.
fn needed(by: &[Needed]) -> String {
    let lines = by.iter().map(|needed| format!("  its types are named by the {} {}\n", needed.side, needed.name));
    lines.collect()
}

impl OpenAnswer {
    fn text(&self) -> String {
        let mut out = format!("the result imports {}\n", self.import);
        for step in &self.fills {
            let other = if step.import == self.import { String::new() } else { format!(", for its {}", step.import) };
            out.push_str(&format!("  it fills an import of `{}`{other}\n", step.instance));
        }
        if self.merged.len() > 1 {
            out.push_str(&format!("  it is one import for {}, by the highest version\n", self.merged.join(", ")));
        }
        if self.types_only {
            out.push_str("  it has types only and asks nothing of the host\n");
            // The imports that it fills say the same.
            if self.fills.is_empty() {
                out.push_str(&needed(&self.needed_by));
            }
        }
        out
    }
}

impl ExportAnswer {
    fn text(&self) -> String {
        let its = if self.its_export == self.export { String::new() } else { format!(", its {}", self.its_export) };
        format!("the result exports {}\n  from `{}`{its}\n  because {}\n", self.export, self.instance, self.because)
    }
}

impl OfferedAnswer {
    fn text(&self) -> String {
        let state = if self.in_plan { "" } else { "  nothing in the plan is made of it\n" };
        format!(
            "`{}` exports {}\n{state}  {}\n  help: to export it: {}\n",
            self.component, self.export, self.because, self.help
        )
    }
}

impl UnusedAnswer {
    fn text(&self) -> String {
        let mut out = format!(
            "`{}` ({}) is among the inputs, but nothing in the plan needs it\n",
            self.component,
            visible_line(&self.origin)
        );
        for export in &self.exports {
            if export.passed_over.is_empty() {
                out.push_str(&format!("  nothing imports its {}\n", export.export));
            }
            for verdict in &export.passed_over {
                out.push_str(&format!(
                    "  its {} does not fill {} of `{}`: {}\n",
                    export.export, verdict.import, verdict.instance, verdict.because
                ));
            }
        }
        if self.exports.is_empty() {
            out.push_str("  it exports nothing\n");
        }
        out
    }
}

impl Verdict {
    fn text(&self) -> String {
        let word = if self.taken { "is" } else { "is not" };
        let export = self.export.as_ref().map_or_else(String::new, |export| format!(", by its export {export}"));
        format!(
            "{} of `{}` {word} filled by `{}`{export}\n  because {}\n",
            self.import, self.instance, self.candidate, self.because
        )
    }
}
