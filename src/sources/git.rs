//! A file or folder as a revision of a git repository has it, without a checkout: git is asked for its objects.
//!
//! git itself is run, because only it knows all ways in which a repository keeps objects (worktrees, alternates, partial
//! clones). Nothing is written, nothing is fetched: an object that a shallow or partial clone lacks is a fault.

use super::diags::git::{GitFailed, NoSuchRevision, NotInRevision};
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
    /// Takes `git:REV:PATH` apart; `None` if it does not begin so or lacks a part.
    pub(super) fn parse(word: &'a str) -> Option<Self> {
        let (revision, path) = word.strip_prefix("git:")?.split_once(':')?;
        let path = path.trim_end_matches('/');
        (!revision.is_empty() && !path.is_empty()).then_some(Self { revision, path })
    }

    /// Everything at the path.
    pub(super) fn load(self, written: &Written) -> Result<Remembered, Box<Diagnostic>> {
        let git = Git { written };
        let commit = format!("{}^{{commit}}", self.revision);
        git.ask(&["rev-parse", "--is-inside-work-tree"], b"")?;
        if !git.knows(&commit)? {
            let shallow = git.ask(&["rev-parse", "--is-shallow-repository"], b"").is_ok_and(|said| said == b"true\n");
            return Err(Box::new(NoSuchRevision { written, revision: self.revision, shallow }.into()));
        }
        let object = format!("{}:{}", self.revision, self.path);
        if !git.knows(&object)? {
            let near = self.near(&git)?;
            return Err(Box::new(
                NotInRevision { written, revision: self.revision, path: self.path, near: near.as_deref() }.into(),
            ));
        }
        let files = match git.ask(&["cat-file", "-t", &object], b"")?.as_slice() {
            b"tree\n" => git.tree(&object)?,
            _ => BTreeMap::from([(PathBuf::new(), git.ask(&["cat-file", "blob", &object], b"")?.into())]),
        };
        Ok(Remembered { files })
    }

    /// A path that the revision has, of almost this name.
    fn near(self, git: &Git<'_>) -> Result<Option<String>, Box<Diagnostic>> {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", self.path));
        let tree = format!("{}:{folder}", self.revision);
        if !git.knows(&tree)? {
            return Ok(None);
        }
        let listed = git.ask(&["ls-tree", "-z", "--name-only", &tree], b"")?;
        let listed = String::from_utf8_lossy(&listed);
        let near = nearest(name, listed.split_terminator('\0'));
        Ok(near.map(|near| if folder.is_empty() { near.into() } else { format!("{folder}/{near}") }))
    }
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
        let mut child = command.spawn().map_err(failed)?;
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
        entries.retain(|entry| entry.mode != Mode::Repository);
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
        assert_eq!(parse("git:origin/main~2:./wit/"), Some(("origin/main~2", "./wit")));
        for none in ["wit", "git:main", "git::wit", "git:main:", "git:main:/"] {
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
