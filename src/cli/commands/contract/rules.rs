//! `compose contract rules`: the catalogue, or an area of it.

use crate::cli::colours::Kind;
use crate::cli::shell::Shell;
use crate::cli::{exit, usage};
use crate::contract::catalogue;
use crate::contract::rule::Area;
use crate::diag::render::Format;
use crate::diag::visible_line;
use crate::model::near::nearest;
use clap::Args;
use clap::error::ErrorKind;

/// `compose contract rules`.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Only the rules about this: function, record, world-import, remote-link, …
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// One JSON object a line, with everything; the same as --message-format json
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Rules, shell: &Shell) -> Result<u8, clap::Error> {
    let area = args.area.as_deref().map(area).transpose()?;
    match args.json || shell.format == Format::Json {
        true => shell.out(&catalogue::listed(area).into_iter().map(catalogue::json).collect::<String>()),
        false => shell.show(Kind::Rules, &catalogue::list(area)),
    }
    Ok(exit::OK)
}

fn area(word: &str) -> Result<Area, clap::Error> {
    catalogue::area(word).ok_or_else(|| {
        let used = |area: &Area| !catalogue::listed(Some(*area)).is_empty();
        let words: Vec<&str> = Area::ALL.into_iter().filter(used).map(Area::word).collect();
        let tip = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the areas are {}", words.join(", ")),
        };
        usage(ErrorKind::InvalidValue, format!("no area is called `{}`\n\n  tip: {tip}", visible_line(word)))
    })
}
