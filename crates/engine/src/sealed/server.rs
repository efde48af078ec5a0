//! An executable that serves HTTP: at the address that was sealed in, unless it is told another.

use super::runner::{CANNOT, USAGE};
use super::words::{failed, said, tell};
use super::{Sealed, Serves};
use crate::{AccessLog, Door, Error, Host, Program, Stop, Teller, Told};
use std::net::SocketAddr;
use std::sync::Arc;

/// The variable that tells another address.
const ADDRESS: &str = "COMPOSE_ADDR";

/// Serves until it is told to stop; gives the status.
///
/// # Errors
/// If it cannot be served at all.
pub(super) fn serve(sealed: &Sealed, serves: &Serves, program: &Program, host: &Host) -> Result<u8, Error> {
    let address = match address(&serves.address) {
        Ok(address) => address,
        Err(said) => {
            tell(&said);
            return Ok(USAGE);
        }
    };
    program.serves(host)?;
    let opened = Door::open(address).and_then(|door| door.address().map(|real| (door, real)));
    let (door, real) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            let (code, why) = match error.kind() {
                std::io::ErrorKind::AddrInUse => ("C0813", "another process listens there".to_owned()),
                _ => ("C0814", error.to_string()),
            };
            tell(&said(code, &format!("`{address}` cannot be listened at: {why}"), &[hint()]));
            return Ok(CANNOT);
        }
    };
    tell(&format!("listening on http://{real}\n"));
    let (sealed, access) = (sealed.clone(), serves.access_log);
    let (log, writer) = Teller::start(access != AccessLog::None, false, move |told| words(&sealed, access, told), tell)
        .map_err(|error| Error::Engine(error.to_string()))?;
    let served = program.serve(host, &serves.options, door, &Stop::new(), true, Arc::new(log))?;
    // Whoever is still at work when the time is over holds the log too, and is not waited for.
    if served.cut == 0 {
        let _ = writer.join();
    }
    Ok(0)
}

fn hint() -> String {
    format!("`--addr IP:PORT` or {ADDRESS} tells another address")
}

/// The address of the arguments, else of the environment, else the one that was sealed in.
fn address(sealed: &str) -> Result<SocketAddr, String> {
    let mut words = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok());
    let told = match (words.next(), words.next(), words.next()) {
        (None, ..) => std::env::var(ADDRESS).ok(),
        (Some(option), Some(address), None) if option == "--addr" => Some(address),
        (Some(option), None, _) if option.starts_with("--addr=") => Some(option["--addr=".len()..].to_owned()),
        (Some(word), ..) => return Err(format!("error: a server takes no `{}`\n  {}\n", word.escape_debug(), hint())),
    };
    let told = told.as_deref().unwrap_or(sealed);
    Door::named(told).ok_or_else(|| format!("error: `{}` is no address\n  {}\n", told.escape_debug(), hint()))
}

/// What is told while it serves, in plain words.
fn words(sealed: &Sealed, access: AccessLog, told: &Told) -> String {
    match told {
        Told::Answered(answered) if access == AccessLog::Json => answered.json(),
        Told::Answered(answered) => answered.line(),
        Told::Failed(failure) => failed(sealed, &failure.error),
        Told::Again(again) => {
            let told = failed(sealed, &again.error);
            Told::again(again, told.lines().next().unwrap_or_default())
        }
        Told::Stopping(running) => Told::stopping(*running),
        Told::Missing(count) if access == AccessLog::Json => Told::missing_json(*count),
        Told::Missing(count) => Told::missing(*count),
    }
}
