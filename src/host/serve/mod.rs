//! What a server needs besides a component: an address to listen at, and the words for what goes wrong before and while it
//! runs.

pub mod diags;

use compose_engine::Door;
use diags::NoDoor;
use std::net::{Ipv4Addr, SocketAddr};

/// `IP:PORT`, `localhost:PORT`, or `PORT` on the loopback.
pub fn address(text: &str) -> Option<SocketAddr> {
    let local = |port: &str| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().ok()?)));
    match text.parse() {
        Ok(address) => Some(address),
        Err(_) => local(text.strip_prefix("localhost:").unwrap_or(text)),
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

    #[test]
    fn addresses_are_read_and_a_port_alone_is_on_the_loopback() {
        let read = |text| address(text).map(|address| address.to_string());
        assert_eq!(read("0.0.0.0:80").as_deref(), Some("0.0.0.0:80"));
        assert_eq!(read("[::1]:0").as_deref(), Some("[::1]:0"));
        assert_eq!(read("8081").as_deref(), Some("127.0.0.1:8081"));
        assert_eq!(read("localhost:0").as_deref(), Some("127.0.0.1:0"));
        assert_eq!(read("shop.test:80"), None);
        assert_eq!(read("65536"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn two_servers_do_not_share_an_address() {
        let (_door, taken) = open(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a free port");
        let second = open(taken).expect_err("it is taken");
        let diagnostic = Diagnostic::from(&second);
        assert_eq!(diagnostic.code, Code::AddressTaken);
        assert!(diagnostic.message.contains(&taken.to_string()), "{}", diagnostic.message);
    }
}
