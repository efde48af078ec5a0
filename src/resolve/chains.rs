//! Chains: middleware around an interface, the outermost first.
//!
//! Member k imports the interface from member k + 1; everyone outside the chain who imports it gets the first member. A
//! component named twice stands as two instances. If the root is a member and exports the interface, the result exports
//! the first member's instead. The last member's own import of the interface is resolved as any other, except that no
//! member of its own chain may fill it: so a chain may also wrap what the host provides.

use super::Context;
use super::candidates::same_kind_of_name;
use super::choice::{By, Choice, Problem};
use super::diags::{BadPattern, ChainMatchesNothing, ChainMember, ChainWithoutUse, Lacks, Role, What};
use super::instances::{Instances, Port};
use super::plugs::{NoPlug, plug_of};
use crate::diag::Sink;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::listed::MOST;
use crate::model::near::nearest_name;
use crate::model::plan::{InstanceId, Plug, Reason, Socket};
use crate::model::request::{Chain, Request};
use crate::types::fit::fits;
use std::collections::{BTreeMap, BTreeSet};

/// All chains, ready to be asked.
pub(super) struct Chains<'a> {
    list: Vec<Prepared<'a>>,
}

struct Prepared<'a> {
    chain: &'a Chain,
    pattern: ImportPattern,
    /// The members; `None` where the name is wrong, which was reported.
    members: Vec<Option<InstanceId>>,
    /// Where each member stands.
    at: BTreeMap<InstanceId, usize>,
    /// Whether the root is at its head and does not export the interface: then the rest wraps only what the root imports.
    inside: bool,
    /// Whether no member has its interface, which was reported.
    strange: bool,
    /// Whether something is wrong with it, which was reported.
    faulty: bool,
}

impl<'a> Chains<'a> {
    /// Reads the chains, makes the copies they need and reports members that cannot stand where they do.
    pub(super) fn new(request: &'a Request, instances: &mut Instances<'_>, root: InstanceId, sink: &mut Sink) -> Self {
        let mut list: Vec<Prepared<'a>> = Vec::new();
        for chain in &request.chains {
            let pattern = match ImportPattern::parse(&chain.interface.text, Place::Name) {
                Ok(pattern) => pattern,
                Err(fault) => {
                    sink.report(BadPattern { text: &chain.interface, role: Role::Chain, fault: Some(fault) });
                    continue;
                }
            };
            let (mut members, mut at) = (Vec::new(), BTreeMap::new());
            for (position, name) in chain.members.iter().enumerate() {
                let named = instances.named(name, What::ChainMember, sink);
                let member = match named {
                    Some(id) if at.contains_key(&id) => Some(instances.copy(id)),
                    other => other,
                };
                at.extend(member.map(|id| (id, position)));
                members.push(member);
            }
            let (inside, strange, faulty) = (false, false, false);
            let mut prepared = Prepared { chain, pattern, members, at, inside, strange, faulty };
            prepared.inside = matches!(prepared.members.as_slice(), [Some(first), _, ..] if *first == root)
                && !prepared.exports(instances, root);
            if prepared.is_strange(instances) {
                prepared.report_strange(instances, sink);
                (prepared.strange, prepared.faulty) = (true, true);
            } else {
                prepared.faulty = prepared.check_members(instances, sink);
            }
            list.push(prepared);
        }
        for chain in &mut list {
            if !chain.strange && chain.is_idle(instances, root) {
                chain.faulty = true;
                sink.report(ChainWithoutUse { chain: chain.chain });
            }
        }
        Self { list }
    }

    /// What the chains say about a socket.
    pub(super) fn choose(&self, instances: &Instances<'_>, socket: Socket) -> Option<Choice<'a>> {
        let port = instances.import(socket);
        let chain = self.of(&port)?;
        let next = match chain.position(socket.instance) {
            Some(at) => at + 1,
            None if chain.inside => return None,
            None => 0,
        };
        let Some(member) = *chain.members.get(next)? else { return Some(Choice::Broken(Problem::Silent)) };
        let by = By::Chain(chain.chain);
        let plug = match plug_of(instances, member, &port) {
            Ok(plug) => plug,
            Err(NoPlug::Several(plugs)) => return Some(Choice::Several(plugs)),
            // If no version at all is exported, the member was reported as one that cannot stand there.
            Err(NoPlug::Nothing) if !chain.exports(instances, member) => return Some(Choice::Broken(Problem::Silent)),
            Err(NoPlug::Nothing) => return Some(Choice::Broken(Problem::TargetLacks { by, target: member })),
        };
        Some(match fits(instances.export(plug).view(), port.view()) {
            Ok(_) => Choice::Wire(plug, Reason::Chain(written(chain.chain))),
            Err(mismatch) => Choice::Broken(Problem::Misfit { plugs: vec![(plug, mismatch)], by }),
        })
    }

    /// Whether an instance may not fill a socket by itself, because the socket ends a chain the instance is in.
    pub(super) fn excludes(&self, context: &Context<'_>, socket: Socket, instance: InstanceId) -> bool {
        self.of(&context.instances.import(socket))
            .is_some_and(|chain| chain.position(socket.instance).is_some() && chain.position(instance).is_some())
    }

    /// What the result exports in the place of an export of the root: the plug of the first member of a chain around it.
    /// `Some(None)` if a chain should stand there and cannot, which is reported.
    pub(super) fn outermost(&self, instances: &Instances<'_>, export: Plug, sink: &mut Sink) -> Option<Option<Plug>> {
        let port = instances.export(export);
        let chain = self.of(&port).filter(|chain| chain.position(export.instance).is_some())?;
        let Some(first) = chain.members.first().copied().flatten() else { return Some(None) };
        let plug = instances.plugs(first).find(|plug| same_kind_of_name(&port, &instances.export(*plug)));
        if plug.is_none() && chain.exports(instances, first) {
            // It exports the interface, but on another track than the root does.
            let (member, component) = (&chain.chain.members[0], instances.component(first));
            let provides = false;
            sink.report(ChainMember { chain: chain.chain, member, component, lacks: Lacks::Export, provides });
        }
        Some(plug)
    }

    /// Whether an instance is in a chain with which something is wrong, which was reported.
    pub(super) fn is_member_of_faulty(&self, id: InstanceId) -> bool {
        self.list.iter().any(|chain| chain.faulty && chain.position(id).is_some())
    }

    /// Whether two of the instances are members of a chain for an interface that no member has: it was to choose one.
    pub(super) fn were_to_settle(&self, plugs: &[Plug]) -> bool {
        let among = |chain: &Prepared<'_>| plugs.iter().filter(|plug| chain.position(plug.instance).is_some()).count();
        self.list.iter().any(|chain| chain.strange && among(chain) > 1)
    }

    fn of(&self, port: &Port<'_>) -> Option<&Prepared<'a>> {
        let name = port.name();
        let mut matching: Vec<_> =
            self.list.iter().filter_map(|chain| Some((chain.pattern.matches(&name)?, chain))).collect();
        matching.sort_by_key(|(closeness, _)| *closeness);
        matching.first().map(|(_, chain)| *chain)
    }
}

impl Prepared<'_> {
    fn position(&self, id: InstanceId) -> Option<usize> {
        self.at.get(&id).copied()
    }

    fn imports(&self, instances: &Instances<'_>, id: InstanceId) -> bool {
        instances.sockets(id).any(|socket| self.pattern.matches(&instances.import(socket).name()).is_some())
    }

    fn exports(&self, instances: &Instances<'_>, id: InstanceId) -> bool {
        instances.plugs(id).any(|plug| self.pattern.matches(&instances.export(plug).name()).is_some())
    }

    /// Whether no member has anything to do with the interface, so that its name is at fault and not the members.
    fn is_strange(&self, instances: &Instances<'_>) -> bool {
        let mut known = self.members.iter().flatten().peekable();
        known.peek().is_some() && known.all(|id| !self.imports(instances, *id) && !self.exports(instances, *id))
    }

    /// Reports that no member has the interface, with what they have instead.
    fn report_strange(&self, instances: &Instances<'_>, sink: &mut Sink) {
        // If a member is not known, which was reported, it may be the one that has it.
        let Some(members) = self.members.iter().copied().collect::<Option<Vec<_>>>() else { return };
        let ports = members.iter().flat_map(|id| {
            let imports = instances.sockets(*id).map(|socket| instances.import(socket));
            imports.chain(instances.plugs(*id).map(|plug| instances.export(plug))).collect::<Vec<_>>()
        });
        let mut known: Vec<String> = ports.map(|port| port.name().to_string()).collect();
        known.sort();
        known.dedup();
        let near = nearest_name(&self.chain.interface.text, known.iter().map(String::as_str));
        sink.report(ChainMatchesNothing { chain: self.chain, near, known: &known });
    }

    /// Reports members that cannot stand where they do; whether there were any.
    fn check_members(&self, instances: &Instances<'_>, sink: &mut Sink) -> bool {
        let mut faulty = false;
        // What a component lacks is told once, however often it is named.
        let mut told = BTreeSet::new();
        for (at, (member, written)) in self.members.iter().zip(&self.chain.members).enumerate() {
            let Some(id) = *member else {
                faulty = true;
                continue;
            };
            let must_export = at > 0 || !self.inside;
            let must_import = at + 1 < self.members.len();
            let lacks = match (must_export && !self.exports(instances, id), must_import && !self.imports(instances, id))
            {
                (true, true) => Lacks::Both,
                (true, false) => Lacks::Export,
                (false, true) => Lacks::Import,
                (false, false) => continue,
            };
            faulty = true;
            if !told.insert((instances.get(id).component, lacks)) {
                continue;
            }
            let provides = self.exports(instances, id);
            sink.report(ChainMember {
                chain: self.chain,
                member: written,
                component: instances.component(id),
                lacks,
                provides,
            });
        }
        faulty
    }

    /// Whether nothing gets the first member: no instance outside imports the interface, and the root, if it is a member,
    /// does not export it.
    fn is_idle(&self, instances: &Instances<'_>, root: InstanceId) -> bool {
        let wraps_root = self.position(root).is_some() && self.exports(instances, root);
        let outside =
            !self.inside && instances.ids().any(|id| self.position(id).is_none() && self.imports(instances, id));
        self.members.iter().all(Option::is_some) && !self.inside && !wraps_root && !outside
    }
}

/// A chain as it would stand on the command line. Each wire of it tells this, so a long one is cut.
pub(super) fn written(chain: &Chain) -> String {
    let members: Vec<&str> = chain.members.iter().take(MOST).map(|member| member.text.as_str()).collect();
    let rest = if chain.members.len() > MOST { ",…" } else { "" };
    format!("{}={}{rest}", chain.interface.text, members.join(","))
}
