//! The stub by itself, and with a component in it.

use component_compose::host::exe::{self, Verdict, Wanted};
use compose_engine::{Grants, Limits};
use std::process::Command;

const STUB: &str = env!("CARGO_BIN_EXE_compose-stub");

/// A command that gives 0 or 1.
fn command(status: u8) -> Vec<u8> {
    let wat = format!(
        r#"(component
            (core module $main (func (export "run") (result i32) i32.const {status}))
            (core instance $main (instantiate $main))
            (func $run (result (result)) (canon lift (core func $main "run")))
            (instance $exported (export "run" (func $run)))
            (export "wasi:cli/run@0.2.0" (instance $exported)))"#
    );
    wat::parse_str(wat).expect("it is a component")
}

#[test]
fn a_stub_alone_says_what_it_is() {
    let output = Command::new(STUB).env_clear().output().expect("it starts");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("error[C0820]: there is no component in this executable\n"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_stub_runs_what_is_sealed_into_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let stub = std::fs::read(STUB).expect("it is there");
    let (says, _) = exe::note(&stub).expect("it is a stub");
    let folder = tempfile::tempdir().expect("a folder");
    for status in [0, 1] {
        let component = command(status);
        let wanted = Wanted {
            name: "app",
            component: &component,
            serves: None,
            args: Vec::new(),
            grants: Grants::default(),
            limits: Limits::default(),
            request_time: None,
            portable: false,
        };
        let compiled = exe::compile(&wanted, &says.triple).expect("it is a command");
        let pieces = exe::graft(&wanted, &compiled, &says.triple, &stub).expect("it is a stub of ours");
        let bytes = pieces.concat();
        assert_eq!(exe::verify(&bytes), Some(Verdict::Intact));
        let app = folder.path().join(format!("app{status}"));
        std::fs::write(&app, bytes).expect("written");
        std::fs::set_permissions(&app, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        let output = Command::new(&app).env_clear().output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(i32::from(status)), ""));
    }
}
