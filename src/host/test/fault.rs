//! What was found when a case was run: facts, and where in the file of tests they belong to. The words are in `diags.rs`.

use super::text::Missed;
use crate::host::pieces::Why;
use std::ops::Range;

/// Something that is not as expected.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What says so, in the file of tests.
    pub at: Range<usize>,
    /// What it is.
    pub about: About,
}

/// What is not as expected.
#[derive(Debug, Clone)]
pub enum About {
    /// A call gave another value.
    Value {
        /// The call.
        call: String,
        /// The value that was expected.
        expected: String,
        /// The value that came.
        actual: String,
    },
    /// A call gave a value that a pattern does not match.
    Pattern {
        /// The call.
        call: String,
        /// The value that came.
        actual: String,
        /// The way to the place that does not match, and what is there.
        why: Option<(String, String)>,
    },
    /// What was expected is no value of the type that came.
    NoValue {
        /// Why not.
        why: String,
        /// The type.
        ty: String,
        /// The value that came.
        actual: String,
    },
    /// Nothing trapped.
    NoTrap {
        /// What came instead.
        actual: String,
    },
    /// A step was not reached, because the one before it ended the instance, as it should.
    NotRun {
        /// The call that did.
        after: String,
    },
    /// Something trapped, and does not say what it should.
    OtherTrap {
        /// What it says.
        actual: String,
    },
    /// It could not be run, or not to its end.
    Failed {
        /// What was being done: the call, the request.
        during: String,
        /// What happened.
        message: String,
        /// More about it.
        notes: Vec<String>,
        /// What to do.
        help: Vec<String>,
        /// What it had said on standard error.
        said: String,
    },
    /// Another exit status.
    Exit {
        /// The one that was expected.
        expected: i32,
        /// The one that came.
        actual: i32,
        /// What it said on standard error.
        said: String,
    },
    /// A text is not as expected.
    Text {
        /// Which: `stdout`, `body`, the name of a header or file.
        what: String,
        /// What does not hold of it.
        missed: Missed,
        /// The text.
        actual: String,
    },
    /// Another status.
    Status {
        /// The one that was expected.
        expected: u16,
        /// The one that came.
        actual: u16,
        /// The body that came with it.
        body: String,
    },
    /// A header that should be there is not, or the other way round.
    Header {
        /// Its name.
        name: String,
        /// Its value, if it is there.
        actual: Option<String>,
    },
    /// The body is not JSON.
    NoJson {
        /// Why not.
        why: String,
        /// The body.
        body: String,
    },
    /// Another value in the body, or none.
    Json {
        /// The place.
        path: String,
        /// The value that was expected.
        expected: String,
        /// The value that is there, or how far the place is.
        actual: Result<String, String>,
    },
    /// A file that should have been left is not there.
    NotLeft {
        /// The file.
        file: String,
        /// What is there.
        there: Vec<String>,
    },
    /// Other calls than these.
    Calls {
        /// The calls that were expected.
        expected: Vec<String>,
        /// The calls that were made.
        actual: Vec<String>,
    },
    /// What a mock answers is no answer.
    NoAnswer {
        /// The function.
        function: String,
        /// Why not.
        why: String,
        /// The type of the function in WIT, if it was looked at before anything ran.
        ty: Option<String>,
    },
    /// No function takes such arguments.
    NoArgument {
        /// The function.
        function: String,
        /// Why an argument can never be; `None` if there are more or fewer than it takes.
        why: Option<String>,
        /// So many are written.
        given: usize,
        /// So many it takes.
        taken: usize,
        /// Its type in WIT.
        ty: String,
    },
    /// There is no function of that name where somebody stands.
    NoSuchFunction {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// Nobody stands where calls are to be counted.
    Unseen {
        /// What is counted.
        import: String,
        /// Where somebody stands.
        seen: Vec<String>,
    },
    /// Calls are listed, and nobody stands anywhere.
    NobodySees,
    /// A component is to stand in for a part of what an instance imports.
    PartReplaced {
        /// The whole of it.
        import: String,
    },
    /// A component does not export what it is to stand in for.
    NotReplaced {
        /// The component.
        component: String,
        /// What it should export.
        import: String,
        /// What it exports, if that helps.
        known: Vec<String>,
    },
    /// A component exports a function that it is to stand in for, of another type.
    OtherType {
        /// The component.
        component: String,
        /// The function.
        function: String,
        /// Its type in WIT where it is imported.
        wanted: String,
        /// Its type in WIT there.
        given: String,
    },
    /// Nothing imports what a mock stands in for.
    NoSuchImport {
        /// What the mock says.
        import: String,
        /// The instance, if it says one.
        of: Option<String>,
        /// What is imported.
        known: Vec<String>,
    },
    /// There is no instance of that name.
    NoSuchInstance {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// What is tested was not composed here and carries no plan, so nobody can look inside.
    Inside {
        /// What was to be looked at, if it is something by itself.
        what: Option<String>,
    },
    /// It cannot be taken apart.
    NotInPieces {
        /// What is in the way.
        why: Vec<String>,
    },
    /// The pieces of a composition do something else than the whole.
    Differs {
        /// What the whole gave.
        whole: String,
        /// What the pieces gave.
        pieces: String,
        /// What was wrong with the pieces.
        why: Option<Box<About>>,
    },
    /// A wire that nobody can stand at.
    NotCut {
        /// The import.
        import: String,
        /// The instance.
        of: String,
        /// Why not.
        why: Why,
    },
    /// A function was called more or less often.
    Called {
        /// The function.
        function: String,
        /// So often it should have been; `None` is at least once.
        expected: Option<u64>,
        /// So often it was.
        actual: u64,
    },
    /// Other than before.
    Snapshot {
        /// What is in the file.
        expected: String,
        /// What came.
        actual: String,
    },
    /// There was no before.
    NoSnapshot {
        /// What came.
        actual: String,
    },
    /// A request that the recording does not have.
    Unrecorded {
        /// The request.
        request: String,
        /// The file.
        file: String,
        /// The requests that it has and that were not sent.
        left: Vec<String>,
    },
    /// A word of the case cannot be what it is.
    Word {
        /// What is wrong with it.
        message: String,
        /// More about it.
        notes: Vec<String>,
        /// What to do.
        help: Vec<String>,
    },
}
