//! What a server needs besides a component: an address to listen at, and the words for what goes wrong before and while it
//! runs.

pub mod diags;

use crate::host::blame::Blame;
use crate::host::diags::Wanting;
use bytes::Bytes;
use compose_engine::Door;
use diags::NoDoor;
use std::net::SocketAddr;
use std::sync::OnceLock;

/// The inside of a component that is looked into only once something fails in it.
#[derive(Debug)]
pub struct Inside {
    bytes: Bytes,
    blame: OnceLock<Blame>,
}

impl Inside {
    /// That of a component.
    pub fn new(bytes: Bytes) -> Self {
        Self { bytes, blame: OnceLock::new() }
    }
}

impl Wanting for Inside {
    fn of(&self, _: &str) -> Vec<String> {
        // What it wants was granted before it began.
        Vec::new()
    }

    fn blame(&self) -> Blame {
        self.blame.get_or_init(|| Blame::of(&self.bytes)).clone()
    }
}

/// Listens at the address.
pub fn open(address: SocketAddr) -> Result<(Door, SocketAddr), NoDoor> {
    let opened = Door::open(address).and_then(|door| door.address().map(|real| (door, real)));
    opened.map_err(|error| NoDoor { address, error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};
    use std::net::Ipv4Addr;

    #[test]
    fn two_servers_do_not_share_an_address() {
        let (_door, taken) = open(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a free port");
        let second = open(taken).expect_err("it is taken");
        let diagnostic = Diagnostic::from(&second);
        assert_eq!(diagnostic.code, Code::AddressTaken);
        assert!(diagnostic.message.contains(&taken.to_string()), "{}", diagnostic.message);
    }
}
