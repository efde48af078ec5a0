//! A file or folder as a revision of a git repository has it, without a checkout: git is asked for its objects.
//!
//! git itself is run, because only it knows all ways in which a repository keeps objects (worktrees, alternates, partial
//! clones). Nothing is written, nothing is fetched: an object that a shallow or partial clone lacks is a fault.

use super::diags::git::{GitFailed, NoGit, NoSuchRevision, NotInRevision};
use super::tree::Remembered;
use crate::diag::Diagnostic;
use crate::model::near::nearest;
use crate::model::request::Written;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

/// Where something is: `git:REV:PATH`. As git has it, the path is seen from the top of the repository, and one that begins
/// with `./` or `../` from the folder where the tool is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GitWord<'a> {
    pub revision: &'a str,
    pub path: &'a str,
}

/// One entry of a tree that git lists.
struct Entry {
    mode: Mode,
    object: String,
    path: PathBuf,
}

#[derive(PartialEq, Eq)]
enum Mode {
    File,
    Link,
    Repository,
}

impl<'a> GitWord<'a> {
    /// Whether a word means a revision, whole or not.
    pub(super) fn is_meant(word: &str) -> bool {
        word.starts_with("git:")
    }

    /// Takes `git:REV:PATH` apart; `None` if it does not begin so or lacks a part.
    pub(super) fn parse(word: &'a str) -> Option<Self> {
        let (revision, path) = word.strip_prefix("git:")?.split_once(':')?;
        (!revision.is_empty() && !path.is_empty()).then_some(Self { revision, path })
    }

    /// Everything at the path that a contract may be made of.
    pub(super) fn load(self, written: &Written) -> Result<Remembered, Box<Diagnostic>> {
        let git = Git { written };
        let commit = format!("{}^{{commit}}", self.revision);
        let below = git.ask(&["rev-parse", "--show-prefix"], b"")?;
        if !git.knows(&commit)? {
            let shallow = git.ask(&["rev-parse", "--is-shallow-repository"], b"").is_ok_and(|said| said == b"true\n");
            return Err(Box::new(NoSuchRevision { written, revision: self.revision, shallow }.into()));
        }
        let missing = || -> Result<Remembered, Box<Diagnostic>> {
            let near = self.near(&git)?;
            let (revision, path) = (self.revision, self.path);
            Err(Box::new(NotInRevision { written, revision, path, near: near.as_deref() }.into()))
        };
        let Some(mut path) = self.top_path(String::from_utf8_lossy(&below).trim_end()) else { return missing() };
        // What is named may be a link, to something that is a link in turn.
        for _ in 0..MOST_LINKS {
            let object = self.object(&path);
            if !git.knows(&object)? {
                break;
            }
            match git.kind(self.revision, &path)? {
                Kind::Folder => return Ok(Remembered { files: git.tree(&object)? }),
                Kind::File => {
                    let contents = git.ask(&["cat-file", "blob", &object], b"")?;
                    return Ok(Remembered { files: BTreeMap::from([(PathBuf::new(), contents.into())]) });
                }
                Kind::Link => {
                    let to = git.ask(&["cat-file", "blob", &object], b"")?;
                    let to = PathBuf::from(String::from_utf8_lossy(&to).into_owned());
                    match inside(&path.parent().unwrap_or(Path::new("")).join(to)) {
                        Some(target) => path = target,
                        None => break,
                    }
                }
            }
        }
        missing()
    }

    /// The path from the top of the repository, given the folder where the tool is run; `None` if it leaves it.
    fn top_path(self, below: &str) -> Option<PathBuf> {
        let relative =
            self.path == "." || self.path == ".." || self.path.starts_with("./") || self.path.starts_with("../");
        inside(&Path::new(if relative { below } else { "" }).join(self.path))
    }

    /// The name of what is at a path.
    fn object(self, path: &Path) -> String {
        match path.as_os_str().is_empty() {
            true => format!("{}^{{tree}}", self.revision),
            false => format!("{}:{}", self.revision, path.display()),
        }
    }

    /// A path that the revision has, of almost this name.
    fn near(self, git: &Git<'_>) -> Result<Option<String>, Box<Diagnostic>> {
        let path = self.path.trim_end_matches('/');
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let tree = format!("{}:{folder}", self.revision);
        if !git.knows(&tree)? {
            return Ok(None);
        }
        let listed = git.ask(&["ls-tree", "-z", "--full-tree", "--name-only", &tree], b"")?;
        let listed = String::from_utf8_lossy(&listed);
        let near = nearest(name, listed.split_terminator('\0'));
        Ok(near.map(|near| if folder.is_empty() { near.into() } else { format!("{folder}/{near}") }))
    }
}

/// As many links one after the other as systems follow.
const MOST_LINKS: usize = 40;

/// What is at a path.
enum Kind {
    File,
    Folder,
    Link,
}

struct Git<'a> {
    written: &'a Written,
}

impl Git<'_> {
    /// Runs git with some input; what it prints, or what it says against it.
    fn ask(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
        let output = self.run(args, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(self.failed(said.lines().next().unwrap_or("it says nothing").trim_start_matches("fatal: ")))
    }

    /// What is at a path of a revision.
    fn kind(&self, revision: &str, path: &Path) -> Result<Kind, Box<Diagnostic>> {
        if path.as_os_str().is_empty() {
            return Ok(Kind::Folder);
        }
        let path = path.display().to_string();
        let listed = self.ask(&["ls-tree", "-z", "--full-tree", "--end-of-options", revision, "--", &path], b"")?;
        Ok(match listed.split(|byte| *byte == b' ').next() {
            Some(b"120000") => Kind::Link,
            Some(b"040000") => Kind::Folder,
            _ => Kind::File,
        })
    }

    /// Whether git knows an object by a name.
    fn knows(&self, object: &str) -> Result<bool, Box<Diagnostic>> {
        // A name that begins with a dash is no option.
        let output = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", object], b"")?;
        Ok(output.status.success())
    }

    fn run(&self, args: &[&str], input: &[u8]) -> Result<std::process::Output, Box<Diagnostic>> {
        let failed = |error: std::io::Error| self.failed(&error.to_string());
        let mut command = Command::new("git");
        // No object is fetched, no question asked, and messages are those of the manual.
        command.args(["--no-replace-objects"]).args(args);
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Box::new(NoGit { written: self.written }.into()),
            _ => failed(error),
        })?;
        let mut stdin = child.stdin.take().expect("it was asked for");
        let input = input.to_owned();
        // Beside reading, since both pipes may fill; a git that ends early says why by itself.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().map_err(failed)?;
        drop(writer.join());
        Ok(output)
    }

    fn failed(&self, message: &str) -> Box<Diagnostic> {
        Box::new(GitFailed { written: self.written, message }.into())
    }

    /// The files below a tree. A link stands for what it leads to, if that is in the tree; other repositories are not
    /// entered, so that what is missing is told by whoever asks for it.
    fn tree(&self, object: &str) -> Result<BTreeMap<PathBuf, Bytes>, Box<Diagnostic>> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", object], b"")?;
        let listed = listed.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        let entries: Option<Vec<Entry>> = listed.map(entry).collect();
        let mut entries = entries.ok_or_else(|| self.failed("its list of files has another form than expected"))?;
        // Beside contracts a folder may have anything, of any size.
        let concerns = |path: &Path| {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            ["wit", "wasm", "wat"].contains(&ending.to_ascii_lowercase().as_str())
        };
        entries.retain(|entry| match entry.mode {
            Mode::File => concerns(&entry.path),
            Mode::Link => true,
            Mode::Repository => false,
        });
        let contents = self.blobs(&entries)?;
        let mut files = BTreeMap::new();
        let mut links = Vec::new();
        for (entry, contents) in entries.into_iter().zip(contents) {
            match entry.mode {
                Mode::Link => links.push((entry.path, contents)),
                _ => drop(files.insert(entry.path, contents)),
            }
        }
        follow(&mut files, &links);
        Ok(files)
    }

    /// The contents of entries, in their order.
    fn blobs(&self, entries: &[Entry]) -> Result<Vec<Bytes>, Box<Diagnostic>> {
        let asked: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        let said = Bytes::from(self.ask(&["cat-file", "--batch"], asked.as_bytes())?);
        let mut rest = said;
        let mut contents = Vec::new();
        for entry in entries {
            let blob = next_blob(&mut rest, &entry.object);
            contents.push(blob.ok_or_else(|| {
                self.failed(&format!("the contents of `{}` are not in this clone", entry.path.display()))
            })?);
        }
        Ok(contents)
    }
}

/// One line of `ls-tree -z`: mode, kind, object, a tab, the path.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let facts = std::str::from_utf8(&line[..tab]).ok()?;
    let mut facts = facts.split(' ');
    let (mode, kind, object) = (facts.next()?, facts.next()?, facts.next()?);
    let mode = match (mode, kind) {
        ("120000", _) => Mode::Link,
        (_, "blob") => Mode::File,
        _ => Mode::Repository,
    };
    let path = PathBuf::from(String::from_utf8_lossy(&line[tab + 1..]).into_owned());
    Some(Entry { mode, object: object.into(), path })
}

/// Takes one object off what `cat-file --batch` prints: a line `OBJECT blob SIZE`, the contents, a newline.
fn next_blob(rest: &mut Bytes, object: &str) -> Option<Bytes> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = rest.split_to(end + 1);
    let size = std::str::from_utf8(&head[..end]).ok()?.strip_prefix(object)?.strip_prefix(" blob ")?;
    let size: usize = size.parse().ok()?;
    if rest.len() <= size {
        return None;
    }
    let contents = rest.split_to(size);
    drop(rest.split_to(1));
    Some(contents)
}

/// Adds what links lead to, files and folders, under the names of the links. Links inside a linked folder are passed over, so
/// that no loop of links can grow.
fn follow(files: &mut BTreeMap<PathBuf, Bytes>, links: &[(PathBuf, Bytes)]) {
    let target = |(link, to): &(PathBuf, Bytes)| {
        inside(&link.parent().unwrap_or(Path::new("")).join(std::str::from_utf8(to).ok()?))
    };
    let targets: BTreeMap<&Path, PathBuf> =
        links.iter().filter_map(|link| Some((link.0.as_path(), target(link)?))).collect();
    let mut added = Vec::new();
    for (link, first) in &targets {
        let mut target = first;
        // No chain of links is longer than there are links.
        for _ in links {
            match targets.get(target.as_path()) {
                Some(next) => target = next,
                None => break,
            }
        }
        let below = files.iter().filter_map(|(path, contents)| Some((path.strip_prefix(target).ok()?, contents)));
        added.extend(below.map(|(rest, contents)| {
            let path = if rest == Path::new("") { link.to_path_buf() } else { link.join(rest) };
            (path, contents.clone())
        }));
    }
    files.extend(added);
}

/// The path without `.` and `..`, if it does not leave the tree.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir => out.pop().then_some(())?,
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_revision_and_a_path() {
        let parse = |word| GitWord::parse(word).map(|word| (word.revision, word.path));
        assert_eq!(parse("git:main:wit"), Some(("main", "wit")));
        assert_eq!(parse("git:origin/main~2:./wit/"), Some(("origin/main~2", "./wit/")));
        for none in ["wit", "git:main", "git::wit", "git:main:"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }

    #[test]
    fn links_stand_for_what_they_lead_to() {
        let file = |path: &str| (PathBuf::from(path), Bytes::from("x"));
        let link = |path: &str, to: &str| (PathBuf::from(path), Bytes::from(to.to_owned()));
        let mut files: BTreeMap<_, _> = ["a.wit", "shared/io/b.wit"].map(file).into();
        let links = [
            link("deps/io", "../shared/io"),
            link("deps/c.wit", "./d.wit"),
            link("deps/d.wit", "../a.wit"),
            link("deps/out", "../../elsewhere"),
            link("one", "two"),
            link("two", "one"),
            link("loop", "shared"),
        ];
        follow(&mut files, &links);
        let paths: Vec<_> = files.keys().map(|path| path.display().to_string()).collect();
        let expected = ["a.wit", "deps/c.wit", "deps/d.wit", "deps/io/b.wit", "loop/io/b.wit", "shared/io/b.wit"];
        assert_eq!(paths, expected);
    }
}
