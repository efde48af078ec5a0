//! The address a server listens at.

use std::io;
use std::net::{SocketAddr, TcpListener};
use tokio::net::TcpSocket;

/// How many connections the system keeps until they are accepted.
const BACKLOG: u32 = 1024;

/// An address that is listened at. Clients can connect from now on, and wait.
#[derive(Debug)]
pub struct Door(TcpListener);

impl Door {
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
