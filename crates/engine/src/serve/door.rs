//! The address a server listens at.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use tokio::net::TcpSocket;

/// How many connections the system keeps until they are accepted.
const BACKLOG: u32 = 1024;

/// An address that is listened at. Clients can connect from now on, and wait.
#[derive(Debug)]
pub struct Door(TcpListener);

impl Door {
    /// The address that a text means: `IP:PORT`, `localhost:PORT`, or `PORT` on the loopback.
    pub fn named(text: &str) -> Option<SocketAddr> {
        let local = |port: &str| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().ok()?)));
        text.parse().ok().or_else(|| local(text.strip_prefix("localhost:").unwrap_or(text)))
    }

    /// Listens at an address; port 0 is any free one.
    ///
    /// # Errors
    /// If the address is taken, is not one of this machine, or may not be listened at.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let _inside = runtime.enter();
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Connections of a server that has just ended are no reason not to start; on Windows the same option would let
        // two servers have one address.
        socket.set_reuseaddr(!cfg!(windows))?;
        socket.bind(address)?;
        Ok(Door(socket.listen(BACKLOG)?.into_std()?))
    }

    /// The address, with the port that the system chose.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// To be listened at by a runtime.
    pub(super) fn into_inner(self) -> TcpListener {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_a_port_alone_is_on_the_loopback() {
        let read = |text| Door::named(text).map(|address| address.to_string());
        assert_eq!(read("0.0.0.0:80").as_deref(), Some("0.0.0.0:80"));
        assert_eq!(read("[::1]:0").as_deref(), Some("[::1]:0"));
        assert_eq!(read("8081").as_deref(), Some("127.0.0.1:8081"));
        assert_eq!(read("localhost:0").as_deref(), Some("127.0.0.1:0"));
        assert_eq!(read("shop.test:80"), None);
        assert_eq!(read("65536"), None);
        assert_eq!(read(""), None);
    }
}
