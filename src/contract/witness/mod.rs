//! The proof of what rules say about links: for every function and resource that a change touches, a consumer that uses
//! nothing else is made, a provider of the whole interface, and the validator is asked whether the two link.
//!
//! The components are made from the two versions by the encoder that real ones are made by, so they import what a real
//! consumer would: what is used and the types that it speaks of. Where the validator and the rules disagree, one of them is
//! mistaken, and a run must not say "ok" then.

mod pair;
mod parts;
mod touched;
mod version;
mod worlds;

use super::change::{Change, ItemPath};
use super::rule::Effect;
use super::rules::uses::USE_DEP_TRACK_CHANGED;
use super::side::Side;
use super::wit_types::needed;
use crate::diag::caught::caught;
use indexmap::IndexMap;
use parts::{Parts, Use};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use touched::{Changes, Linked, Touched};
use version::{Compared, Made, Number, Version};
use wit_parser::{InterfaceId, TypeDefKind, WorldId};
use worlds::Worlds;

/// Who was linked with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// An old consumer with a new provider.
    OldConsumer,
    /// A new consumer with an old provider.
    NewConsumer,
    /// An old provider where all of the new interface is asked for.
    OldProvider,
    /// An old guest where the new world is asked for.
    OldGuest,
    /// A new guest where the old world is asked for.
    NewGuest,
}

/// What the validator was asked, and how it came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Witnessed {
    /// How many pairs of components were linked.
    pub asked: usize,
    /// How many of them a change concerns.
    pub touched: usize,
    /// How many were not, though they were to be asked about: guests of worlds of which nobody knows beforehand what their
    /// encoder leaves out.
    pub left_out: usize,
    /// Where rules and validator disagree.
    pub disagreements: Vec<Disagreement>,
    /// What no component could be made for, and why: these are not confirmed.
    pub unmade: Vec<(ItemPath, String)>,
}

/// A pair of components about which rules and validator disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The function, resource or interface that the consumer uses.
    pub item: ItemPath,
    /// Which of the two is old.
    pub direction: Direction,
    /// The rules that were taken to break it; none if the rules say that it links.
    pub rules: Vec<&'static str>,
    /// What the validator says against it; `None` if it links.
    pub refused: Option<String>,
}

impl Direction {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OldConsumer => "old consumer, new provider",
            Self::NewConsumer => "new consumer, old provider",
            Self::OldProvider => "old provider, new contract",
            Self::OldGuest => "old guest, new world",
            Self::NewGuest => "new guest, old world",
        }
    }

    fn effect(self, change: &Change) -> Effect {
        match self {
            Self::OldConsumer | Self::OldGuest => change.effects.old_consumer,
            Self::NewConsumer | Self::NewGuest => change.effects.new_consumer,
            Self::OldProvider => change.effects.old_provider,
        }
    }
}

/// Which items are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Those that a change touches.
    Touched,
    /// All items of interfaces, so that changes nobody found come to light.
    All,
    /// That, and guests of worlds. Which of a world's own types an encoder leaves out is its affair, so only contracts that
    /// are written for it are asked this way.
    AllAndGuests,
}

/// The rules that say that an item breaks, and what the validator has against each link of it.
type Answers = (Vec<&'static str>, Vec<Option<String>>);

/// Links what the changes touch, and compares with what their rules say.
pub fn confirm(old: &Side, new: &Side, changes: &[Change], extent: Extent) -> Witnessed {
    let binary = old.component.is_some() || new.component.is_some();
    let compared = Compared::new(old, new);
    let (old, new) = (Version::new(old, &compared, 0), Version::new(new, &compared, 1));
    // What one side lacks may be left out on purpose; where it is not, a change says so.
    let told = |question: &Question<'_>| changes.iter().any(|change| question.is_within(&change.item));
    let lacks = |question: &Question<'_>| binary && question.is_lacking() && !told(question);
    let mut questions = old.uses(Direction::OldConsumer, &new);
    questions.extend(new.uses(Direction::NewConsumer, &old));
    questions.extend(new.contracts(&old));
    questions.retain(|question| !lacks(question));
    let changes = Changes::new(changes);
    if extent == Extent::AllAndGuests {
        questions.extend(old.guests(Direction::OldGuest, &new));
        questions.extend(new.guests(Direction::NewGuest, &old));
    }
    let all = questions.len();
    questions.retain(|question| question.unless.of(&changes).is_empty());
    let mut witnessed = Witnessed { left_out: all - questions.len(), ..Witnessed::default() };
    let asked: Vec<_> = questions
        .into_iter()
        .map(|question| (rules(&question, &changes), question))
        .filter(|((touching, _), _)| *touching || extent != Extent::Touched)
        .collect();
    witnessed.asked = asked.len();
    witnessed.touched = asked.iter().filter(|((touching, _), _)| *touching).count();
    let answers: Vec<_> =
        asked.par_iter().map(|(_, question)| caught(|| question.ask()).and_then(|said| said)).collect();
    // Where there are two versions of a package, changes do not say in which they are: one of the two must be as they say.
    let mut by_item: IndexMap<(ItemPath, Direction), Answers> = IndexMap::new();
    for (((_, rules), question), answer) in asked.into_iter().zip(answers) {
        let Question { item, direction, .. } = question;
        match answer {
            Ok(refused) => by_item.entry((item, direction)).or_insert((rules, Vec::new())).1.push(refused),
            Err(message) => witnessed.unmade.push((item, message)),
        }
    }
    for ((item, direction), (rules, answers)) in by_item {
        let refused = answers.into_iter().flatten().next();
        if rules.is_empty() != refused.is_none() {
            witnessed.disagreements.push(Disagreement { item, direction, rules, refused });
        }
    }
    witnessed
}

/// Whether any change concerns a question, and the rules of those that say it breaks.
fn rules(question: &Question<'_>, changes: &Changes<'_>) -> (bool, Vec<&'static str>) {
    // What another version of a package is to those who use it says nothing of the package itself.
    let of_users =
        |change: &Change| *change.rule == USE_DEP_TRACK_CHANGED && change.item.package == question.item.package;
    let concerned: Vec<&Change> = question.touched.of(changes).into_iter().filter(|change| !of_users(change)).collect();
    let broken = concerned.iter().filter(|change| match question.direction {
        // Who has turned no feature on is asked for nothing that a provider with the feature would be.
        Direction::OldProvider => change.effects.old_provider == Effect::Breaks,
        direction => direction.effect(change) != Effect::Fine,
    });
    (!concerned.is_empty(), broken.map(|change| change.rule.id).collect())
}

/// Two components to be linked.
struct Question<'v> {
    item: ItemPath,
    direction: Direction,
    touched: Touched,
    /// With a change here there is nothing to be asked.
    unless: Touched,
    pair: Pair<'v>,
}

/// The two.
enum Pair<'v> {
    /// A consumer of an interface, or all of it that can be asked for, and a provider.
    Interface { asking: (Of<'v>, InterfaceId, What<'v>), offering: Option<(Of<'v>, InterfaceId)> },
    /// A guest, and the world that it is to be one of.
    World { guest: (&'v Worlds, WorldId), world: (&'v Worlds, WorldId) },
}

/// What a component is made of, when it is.
#[derive(Clone, Copy)]
struct Of<'v> {
    made: &'v Made<'v>,
    unstable: bool,
}

impl<'v> Of<'v> {
    fn parts(self) -> &'v Parts {
        self.made.parts(self.unstable)
    }
}

/// What is asked of a provider.
enum What<'v> {
    Use(Use<'v>),
    All,
}

impl Version<'_> {
    fn of(&self, number: Number, unstable: bool) -> Of<'_> {
        Of { made: self.made(number), unstable: unstable || self.binary }
    }

    /// Everything that a consumer of this version can use, asked of another version. What is stable is asked of what is
    /// stable, and what needs a feature is asked with all features on.
    fn uses<'v>(&'v self, direction: Direction, of: &'v Version<'_>) -> Vec<Question<'v>> {
        let mut questions = Vec::new();
        let whole = self.interfaces.iter().filter(|(key, _)| !of.has_used(key));
        for ((path, number), id) in whole {
            let interface = &self.side.resolve.interfaces[*id];
            let other = of.interfaces.get(&(path.clone(), *number)).copied();
            let linked = other.map(|other| linked((self, *id), (of, other), *number, true)).unwrap_or_default();
            let mut add = |is_stable: bool, item, touched, used| {
                let asking = (self.of(*number, !is_stable), *id, What::Use(used));
                let offering = other;
                let offering = offering.filter(|id| !is_stable || of.stable().has(*id));
                let offering = offering.map(|id| (of.of(*number, !is_stable), id));
                let pair = Pair::Interface { asking, offering };
                questions.push(Question { item, direction, touched, unless: Touched::default(), pair });
            };
            let stable = self.stable().has(*id).then(|| &self.stable().resolve().interfaces[*id]);
            for (name, function) in &interface.functions {
                let item = self.side.function_path(path, function);
                let touched = Touched::by_function(self.side, (*id, &linked[0]), &item, function);
                let is_stable = stable.is_some_and(|stable| stable.functions.contains_key(name));
                add(is_stable, item, touched, Use::Function(name));
            }
            for (name, ty) in &interface.types {
                if matches!(self.side.resolve.types[*ty].kind, TypeDefKind::Resource) {
                    let touched = Touched::by_types(self.side, (*id, &linked[0]), vec![*ty]);
                    let is_stable = stable.is_some_and(|stable| stable.types.contains_key(name));
                    add(is_stable, path.below(name), touched, Use::Resource(*ty));
                }
            }
        }
        questions
    }

    /// Each interface of this version in full, asked of an older one that has it.
    fn contracts<'v>(&'v self, old: &'v Version<'_>) -> Vec<Question<'v>> {
        let both = self.interfaces.iter().filter_map(|(key, id)| Some((key, *id, *old.interfaces.get(key)?)));
        let question = |((path, number), id, old_id): (&(ItemPath, Number), InterfaceId, InterfaceId)| {
            // What the interface needs is asked for with it; what is of others, as far as it speaks of it.
            let linked = linked((self, id), (old, old_id), *number, false);
            let touched = [self, old]
                .into_iter()
                .zip(&linked)
                .map(|(version, linked)| {
                    let in_full = |id| version.stable().has(id);
                    Touched::by_interfaces(version.side, linked.iter().copied(), linked, in_full)
                })
                .fold(Touched::default(), Touched::or);
            let pair = Pair::Interface {
                asking: (self.of(*number, false), id, What::All),
                offering: old.stable().has(old_id).then(|| (old.of(*number, false), old_id)),
            };
            let (item, direction, unless) = (path.clone(), Direction::OldProvider, Touched::default());
            Question { item, direction, touched, unless, pair }
        };
        let whole = |key: &(ItemPath, Number)| !self.has_used(key) && !old.has_used(key);
        both.filter(|(key, id, _)| self.stable().has(*id) && whole(key)).map(question).collect()
    }

    /// A guest of each world of this version, asked to be one of another version.
    fn guests<'v>(&'v self, direction: Direction, of: &'v Version<'_>) -> Vec<Question<'v>> {
        let both = self.worlds.iter().filter_map(|(key, id)| {
            let (path, number) = key;
            let (guest, world) = (self.made(*number).worlds(), of.made(*number).worlds());
            let other = *of.worlds.get(key)?;
            (guest.has(*id) && world.has(other)).then_some((path, (guest, *id), (world, other)))
        });
        let question = |(path, guest, world): (&ItemPath, (&'v Worlds, WorldId), (&'v Worlds, WorldId))| Question {
            item: path.clone(),
            direction,
            touched: guest.0.touched(self.side, path, guest.1).or(world.0.touched(of.side, path, world.1)),
            unless: guest.0.beside(self.side, guest.1).or(world.0.beside(of.side, world.1)),
            pair: Pair::World { guest, world },
        };
        both.map(question).collect()
    }
}

/// The interfaces of two versions that both have of what two interfaces need, by the names that components have for them.
fn linked(
    one: (&Version<'_>, InterfaceId),
    other: (&Version<'_>, InterfaceId),
    number: Number,
    unstable: bool,
) -> [Linked; 2] {
    let of = |(version, id): (&Version<'_>, InterfaceId)| -> BTreeMap<String, InterfaceId> {
        let parts = version.of(number, unstable).parts();
        needed(parts.resolve(), id).into_iter().map(|id| (parts.name(id), id)).collect()
    };
    let both = [of(one), of(other)];
    [0, 1].map(|which: usize| {
        let shared = both[which].iter().filter(|(name, _)| both[1 - which].contains_key(*name));
        shared.map(|(_, id)| *id).collect()
    })
}

impl Question<'_> {
    /// Whether there is nothing to link with.
    fn is_lacking(&self) -> bool {
        matches!(self.pair, Pair::Interface { offering: None, .. })
    }

    /// Whether it is about an interface or package, or something in it.
    fn is_within(&self, item: &ItemPath) -> bool {
        self.item.package == item.package && item.names.len() <= 1 && self.item.names.starts_with(&item.names)
    }

    /// What the validator says against the link, `Ok(None)` if nothing; `Err` if a component could not be made.
    fn ask(&self) -> Result<Option<String>, String> {
        let linked = match &self.pair {
            Pair::Interface { offering: None, .. } => return Ok(Some("there is no such interface".into())),
            Pair::Interface { asking: (asking, asked, what), offering: Some((offering, offered)) } => {
                let (asking, offering) = (asking.parts(), offering.parts());
                let (provider, other) = (offering.provider(*offered)?, asking.provider(*asked)?);
                let name = asking.name(*asked);
                match what {
                    What::Use(used) => pair::consumer_with(&asking.consumer(*asked, *used)?, provider, other, &name),
                    What::All => {
                        let lacking = other.names.difference(&provider.names).filter(|lacking| **lacking != name);
                        let lacking: BTreeSet<&String> = lacking.collect();
                        let contract = match lacking.is_empty() && !asking.asks_others(*asked) {
                            true => None,
                            false => Some(asking.asked_for(*asked, &lacking)?),
                        };
                        let contract = contract.as_ref().unwrap_or(other);
                        match lacking.is_empty() {
                            true => pair::provider_as(provider, contract),
                            false => pair::provider_beside(provider, contract, &lacking),
                        }
                    }
                }
            }
            Pair::World { guest: (worlds, guest), world: (others, world) } => {
                pair::component_as(&worlds.guest(*guest)?, &others.contract(*world)?)
            }
        };
        Ok(pair::refused(&linked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::rule::{Example, Rule};
    use crate::contract::rules::function::{FUNC_ADDED, FUNC_REMOVED};

    fn sides(rule: &Rule) -> (Side, Side) {
        let Example::Change { old, new } = rule.examples[0] else { panic!("an example of a change") };
        let side = |name, text| Side::of_text(name, &format!("package a:b@1.0.0;\n{text}")).expect("WIT");
        (side("old.wit", old), side("new.wit", new))
    }

    fn change(rule: &'static Rule, path: &[&str]) -> Change {
        let names = path.iter().map(|name| (*name).to_owned()).collect();
        Change::new(rule, ItemPath { package: "a:b".into(), names }, None, None)
    }

    #[test]
    fn the_validator_agrees_with_true_rules_and_not_with_others() {
        for rule in [&FUNC_ADDED, &FUNC_REMOVED] {
            let (old, new) = sides(rule);
            let said = [change(rule, &["store", "size"])];
            let witnessed = confirm(&old, &new, &said, Extent::All);
            assert_eq!((witnessed.disagreements, witnessed.unmade), (Vec::new(), Vec::new()), "{rule}");
            assert_eq!(witnessed.asked, 4, "{rule}: two consumers of one version, one of the other, one provider");

            let silent = confirm(&old, &new, &[], Extent::All);
            assert!(!silent.disagreements.is_empty(), "{rule}: a change that nobody found comes to light");
            let other = if *rule == FUNC_ADDED { &FUNC_REMOVED } else { &FUNC_ADDED };
            let wrong = confirm(&old, &new, &[change(other, &["store", "size"])], Extent::Touched);
            assert!(!wrong.disagreements.is_empty(), "{rule} is not {other}");
        }
    }
}
