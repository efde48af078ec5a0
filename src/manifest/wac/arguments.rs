//! The arguments of a `new`: named, inferred, spread, and the `...` that leaves the rest to the host.
//!
//! Named and inferred ones go before spreads, and `...` comes last, in whichever order the first two stand.

use super::diags::{FillNotLast, WacDuplicateName};
use super::lower::{Argument, Filler, Lowering, range};
use std::ops::Range;
use wac_parser::{InstantiationArgument, NewExpr};

impl<'d> Lowering<'d> {
    /// The arguments that nothing is wrong with.
    pub(super) fn arguments(&mut self, new: &'d NewExpr<'d>) -> Vec<Argument> {
        let mut arguments = Vec::new();
        let mut seen: Vec<(&str, Range<usize>)> = Vec::new();
        for (at, argument) in new.arguments.iter().enumerate() {
            match argument {
                InstantiationArgument::Named(named) => {
                    let (name, span) = (named.name.as_str(), range(named.name.span()));
                    self.refuse_again(&mut seen, name, span.clone());
                    let Some(value) = self.expr(&named.expr) else { continue };
                    let import = self.written(name, span);
                    arguments.push(Argument { import, inferred: false, to: Filler::Value(value) });
                }
                InstantiationArgument::Inferred(id) => {
                    let span = range(id.span);
                    self.refuse_again(&mut seen, id.string, span.clone());
                    let Some(value) = self.lookup(id) else { continue };
                    let import = self.written(id.string, span);
                    arguments.push(Argument { import, inferred: true, to: Filler::Value(value) });
                }
                InstantiationArgument::Spread(id) => {
                    let Some(value) = self.lookup(id) else { continue };
                    let span = range(id.span);
                    let import = self.written("*", span);
                    arguments.push(Argument { import, inferred: false, to: Filler::Spread(value) });
                }
                InstantiationArgument::Fill(span) => {
                    let span = range(*span);
                    if at + 1 < new.arguments.len() {
                        self.report(FillNotLast { spot: self.spot(span) });
                        continue;
                    }
                    let import = self.written("*", span.clone());
                    arguments.push(Argument { import, inferred: false, to: Filler::Host(span) });
                }
            }
        }
        arguments
    }

    fn refuse_again(&mut self, seen: &mut Vec<(&'d str, Range<usize>)>, name: &'d str, span: Range<usize>) {
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
            let first = first.clone();
            self.report(WacDuplicateName { spot: self.spot(span), first, name, what: "argument" });
            return;
        }
        seen.push((name, span));
    }
}
