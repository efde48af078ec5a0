//! What is made runs: wherever it is, whatever was done to it, and as it was told to.

use super::{HELLO, STUB, command, component, done, ended, exe, folder, hello, make, shop, start};
use crate::support::{read, root};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

#[test]
fn hello_needs_nothing() {
    let folder = hello();
    let output = start(&folder.path().join("app"), &[]);
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), b"hello\n".to_vec(), Vec::new()));
}

#[test]
fn the_shop_runs_stripped_read_only_and_twice_at_once() {
    let folder = folder();
    shop(folder.path(), "shop-cli");
    make(folder.path(), "shop.wasm", &[]);
    let app = folder.path().join("app");
    let report = read(root().join("fixtures/expected/shop-cli.txt"));
    let runs = |app: &std::path::Path| {
        let output = start(app, &[]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", app.display());
        assert_eq!(String::from_utf8_lossy(&output.stdout), report, "{}", app.display());
    };
    runs(&app);
    let broken = std::os::unix::ffi::OsStrExt::from_bytes(b"a\xff");
    let broken: &std::ffi::OsStr = broken;
    let output = ended(Command::new(&app).arg(broken).env_clear());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.starts_with("error: the argument `a"), "{said}");
    let failed = start(&app, &["--fail"]);
    assert_eq!((failed.status.code(), failed.stderr.as_slice()), (Some(1), &b"shop-cli: told to fail\n"[..]));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| runs(&app));
        }
    });
    // What is kept for later is there too.
    done(folder.path(), &["extract", "app", "-o", "out.wasm"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("it is there");
    assert!(bytes("out.wasm") == bytes("shop.wasm"), "the component is another one");
    for (tool, words) in [("strip", &["-o"][..]), ("strip", &["--strip-unneeded", "-o"])] {
        let stripped = folder.path().join("stripped");
        // Where there is none, nobody can strip anything either.
        if let Ok(status) = Command::new(tool).args(words).args([&stripped, &app]).status() {
            assert!(status.success(), "{tool} {words:?}");
            runs(&stripped);
        }
    }
    std::fs::set_permissions(&app, std::fs::Permissions::from_mode(0o555)).expect("it is ours");
    runs(&app);
}

#[test]
fn an_executable_ends_as_its_component_does() {
    let folder = folder();
    let ends = |code: &str, words: &[&str]| {
        component(folder.path(), "app.wasm", &command(code));
        make(folder.path(), "app.wasm", words);
        let output = start(&folder.path().join("app"), &[]);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(ends("i32.const 0", &[]), (Some(0), String::new()));
    assert_eq!(ends("i32.const 1", &[]), (Some(1), String::new()));
    let (status, said) = ends("unreachable", &[]);
    assert_eq!(status, Some(3), "{said}");
    assert!(said.starts_with("error[C0806]: `app` trapped: "), "{said}");
    for (limit, word) in [("time=100ms", "time"), ("fuel=1000", "fuel")] {
        let (status, said) = ends("loop br 0 end i32.const 0", &["--limit", limit]);
        assert_eq!((status, said), (Some(3), format!("error[C0807]: `app` reached its limit of {word}\n")));
    }
    // Interpreted, it is the same.
    assert_eq!(ends("i32.const 1", &["--portable"]), (Some(1), String::new()));
    let (status, said) = ends("loop br 0 end i32.const 0", &["--portable", "--limit", "time=100ms"]);
    assert_eq!(status, Some(3), "{said}");
}

#[test]
fn the_same_makes_the_same_wherever() {
    let made = || {
        let folder = hello();
        std::fs::read(folder.path().join("app")).expect("it is there")
    };
    assert!(made() == made(), "two executables of one component differ");
    // The engine numbers these types in an order that chance would have a hand in.
    let types = "abcdefgh".chars();
    let each = |text: fn(char) -> String| types.clone().map(text).collect::<String>();
    let text = format!(
        r#"(component {} (component $names {} {}) (instance $types (instantiate $names {})) (export "t:t/types" (instance $types))
            (core module $m (func (export "run") (result i32) i32.const 0))
            (core instance $i (instantiate $m))
            (func $run (result (result)) (canon lift (core func $i "run")))
            (instance $r (export "run" (func $run)))
            (export "wasi:cli/run@0.2.0" (instance $r)))"#,
        each(|name| format!(r#"(type ${name}' (record (field "{name}" u8)))"#)),
        each(|name| format!(r#"(import "{name}" (type ${name} (eq ${name}')))"#)),
        each(|name| format!(r#"(export "its-{name}" (type ${name}))"#)),
        each(|name| format!(r#"(with "{name}" (type ${name}'))"#)),
    );
    let made = || {
        let folder = folder();
        component(folder.path(), "types.wasm", &text);
        make(folder.path(), "types.wasm", &[]);
        std::fs::read(folder.path().join("app")).expect("it is there")
    };
    assert!(made() == made(), "two executables of one component with several types differ");
}

#[test]
fn compose_is_a_stub_itself_and_whoever_may_read_may_run() {
    let folder = folder();
    component(folder.path(), "hello.wasm", HELLO);
    // Nothing is named, and nothing stands beside a copy of it.
    let own = folder.path().join("compose");
    std::fs::copy(&*STUB, &own).expect("a copy");
    std::fs::set_permissions(&own, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = ended(Command::new(&own).args(["exe", "hello.wasm"]).current_dir(folder.path()).env_clear());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("its stub is `compose` itself"), "{said}");
    let app = folder.path().join("target/compose/hello");
    let mode = std::fs::metadata(&app).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o111, (mode & 0o444) >> 2);
    assert_eq!(start(&app, &["--help"]).stdout, b"hello\n", "a sealed one is no `compose` any more");
}

#[test]
fn what_a_manifest_grants_is_sealed_in() {
    let folder = folder();
    let inner = folder.path().join("inner");
    std::fs::create_dir_all(&inner).expect("made");
    component(&inner, "hello.wasm", HELLO);
    let manifest = "[composition]\nname = \"t:hi\"\nroot = \"hello\"\n[components]\nhello = \"hello.wasm\"\n\
        [host]\ndir = [\"data::/data:ro\"]\nenv = { SECRET = \"xyzzy\" }\nlimit = { time = \"5s\" }\n";
    std::fs::write(inner.join("compose.toml"), manifest).expect("written");
    make(folder.path(), "inner/compose.toml", &["--env", "B=2", "--limit", "memory=1MiB"]);
    let shown = done(folder.path(), &["inspect", "app"]);
    assert!(shown.contains("hi, a command\n"), "{shown}");
    // Paths of a manifest are its own, and values may be secrets.
    assert!(shown.contains("granted    dir data::/data:ro, env B, env SECRET\n"), "{shown}");
    assert!(shown.contains("memory=1048576, time=5000ms"), "{shown}");
    assert!(!shown.contains("xyzzy"), "{shown}");
    // The folder is looked for where it starts.
    let output = start(&folder.path().join("app"), &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(3) && said.starts_with("error[C0802]: `--dir data` cannot be granted"),
        "{said}"
    );
    std::fs::create_dir(folder.path().join("data")).expect("made");
    let output = ended(Command::new(folder.path().join("app")).current_dir(folder.path()));
    assert_eq!(output.stdout, b"hello\n");
}

#[test]
fn an_executable_that_could_not_start_is_not_made() {
    let folder = folder();
    let stub = STUB.display().to_string();
    let wanting = command("i32.const 0").replacen(
        "(component",
        r#"(component (import "wasi:config/store@0.2.0-rc.1" (instance (export "get-all" (func))))"#,
        1,
    );
    component(folder.path(), "wanting.wasm", &wanting);
    let output = exe(folder.path(), &["wanting.wasm", "-o", "app", "--stub", &stub]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(3) && said.contains("error[C0803]"), "{said}");
    component(folder.path(), "library.wasm", "(component)");
    let output = exe(folder.path(), &["library.wasm", "-o", "app", "--stub", &stub]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(3) && said.contains("error[C0804]"), "{said}");
    assert!(!folder.path().join("app").exists());
}

#[test]
fn a_command_of_streams_and_futures_runs() {
    let folder = folder();
    let manifest = root().join("fixtures/ticks/command.toml");
    make(folder.path(), &manifest.display().to_string(), &[]);
    let output = start(&folder.path().join("app"), &["3"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "tick 1\ntick 2\ntick 3\ntotal 6\n");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    assert_eq!(start(&folder.path().join("app"), &["greet", ""]).status.code(), Some(1));
}
