//! THE catalogue: every diagnostic that `compose` can give.
//!
//! Codes go by stage (01 manifest, 02 sources, 03 decode, 04 resolve, 05 check, 06 link, 07 emit, 08 host, 09 contract,
//! 99 internal). A code is never reused or renumbered. Each has a page in `docs/errors/`, so a missing page does not
//! compile.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The run fails.
    Error,
    /// The run goes on; `--deny warnings` makes it fail.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($code:ident $name:ident $severity:ident $title:literal)*) => {
        /// The code of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// `C0401`.
            pub fn number(self) -> &'static str {
                match self { $(Self::$name => stringify!($code),)* }
            }

            /// `UnresolvedImport`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// How bad it is unless the user says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// One line saying what it is, as a phrase.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The page that `compose explain` prints (Markdown).
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../docs/errors/", stringify!($code), ".md")),)*
                }
            }
        }
    };
}

codes! {
    C0101 ManifestSyntax Error "the manifest is not valid TOML"
    C0102 UnknownKey Error "a key of the manifest does not exist"
    C0103 DuplicateKey Error "a key of the manifest is there twice"
    C0104 WrongType Error "a value in the manifest is of the wrong type"
    C0105 IllegalName Error "a name in the manifest is not legal"
    C0106 IllegalPattern Error "the name or pattern of an import cannot be read"
    C0107 ExcludingKeys Error "two keys of the manifest exclude each other"
    C0108 RegistryComponent Error "components cannot come from registries yet"
    C0109 MissingKey Error "the manifest lacks a key"
    C0110 BadValue Error "a key of the manifest does not take this value"
    C0120 WacSyntax Error "a `.wac` document cannot be read"
    C0121 WacUnsupported Error "something in a `.wac` document is not supported"
    C0122 WacUnknownName Error "a name in a `.wac` document stands for nothing"
    C0123 WacDuplicateName Error "a name in a `.wac` document is there twice"
    C0124 FillNotLast Error "`...` is not the last argument"
    C0125 PackageNotFound Error "a package is in none of the places where it may be"
    C0126 ExportNeedsName Error "an instance is exported without a name"
    C0127 OwnPackage Error "a `.wac` document instantiates the package that it defines"
    C0128 NothingInstantiated Error "a `.wac` document instantiates nothing"
    C0130 YamlSyntax Error "a YAML configuration cannot be read"
    C0131 ImportComponents Error "a result cannot import components"
    C0201 InputMissing Error "an input does not exist"
    C0202 InputUnreadable Error "an input cannot be read"
    C0203 InputSpecial Error "an input is not a file"
    C0204 WatSyntax Error "text of WebAssembly cannot be read"
    C0205 WitSyntax Error "a WIT package cannot be read"
    C0206 DuplicateInputName Error "two inputs have one name"
    C0207 InputChanged Error "an input changed during the run"
    C0208 IllegalInputName Error "the name given to an input is not legal"
    C0209 StdinTwice Error "standard input is given as two inputs"
    C0210 NothingOffered Warning "an offered folder has no components"
    C0211 UnknownWorld Error "the world to conform to does not exist"
    C0212 WitPackageName Error "a WIT package has another name than the manifest says"
    C0213 TextNotUtf8 Error "a text among the inputs is not UTF-8"
    C0214 InputTooLarge Error "an input is larger than a component can be"
    C0215 AmbiguousFileName Warning "a name could mean several files"
    C0301 NotWasm Error "an input is not WebAssembly"
    C0302 CoreModule Error "an input is a core module, not a component"
    C0303 InvalidComponent Error "an input is damaged or not a valid component"
    C0304 FeatureNotSupported Error "the host does not have a feature that an input needs"
    C0305 EmptyInput Error "an input has no bytes"
    C0306 UnsupportedExtern Error "an import or export is of a kind that cannot be composed"
    C0307 DeclaredUnusable Error "an import that is declared cannot be had"
    C0308 TooManyItems Error "the type of an input has too many items"
    C0320 PlanUnreadable Warning "the plan inside an artifact cannot be read"
    C0321 PlanDigestsDiffer Warning "a component inside an artifact is not the one that its plan names"
    C0322 PlanWiresDiffer Warning "the wires of an artifact are not those of its plan"
    C0323 PlanPartsDiffer Warning "an artifact is not made of what its plan says"
    C0401 UnresolvedImport Error "no component provides an import"
    C0402 PlugDoesNotFit Error "an import is provided with another type"
    C0403 AmbiguousImport Error "several components could provide an import"
    C0404 SearchTooLarge Error "there are too many ways to wire the inputs"
    C0405 UnknownInstance Error "no component or instance has that name"
    C0406 PinMatchesNothing Error "a wire names an import that is not there"
    C0407 UnknownExport Error "an instance does not export what is asked of it"
    C0408 ConflictingPins Error "an import is wired twice"
    C0409 BadPattern Error "a text is neither a name nor a pattern of names"
    C0410 ChainMember Error "a component cannot stand where a chain has it"
    C0411 ChainWithoutUse Error "nothing uses a chain"
    C0412 ImportCycle Error "instances import each other in a loop"
    C0413 UnusedInput Error "an input was given and is not used"
    C0414 DeniedImport Error "an import is left open and denied"
    C0415 OpenImportsDisagree Error "open imports of one interface disagree"
    C0416 OpenNameCollision Error "open imports of one plain name disagree"
    C0417 DuplicateExport Error "the result would export a name twice"
    C0418 NoRoot Error "there is no root component"
    C0419 DuplicateInstance Error "the name of an instance is taken"
    C0420 LabelWithoutPlug Error "nothing says what a labelled import is wired to"
    C0421 IncidentalExport Warning "the result exports what no package defines"
    C0422 OwnImport Error "an instance is wired to itself"
    C0423 ChainMatchesNothing Error "a chain is for an interface that its members do not have"
    C0424 PatternMatchesNothing Warning "an allowed or denied pattern matches no import"
    C0425 SpreadWithoutUse Error "all of an instance is wired or exported, and nothing of it is taken"
    C0426 ExportedPart Error "a part of an export is exported that speaks of types of the whole"
    C0427 NotWired Error "nothing says what an import is wired to"
    C0501 ResourceSplit Error "a resource has two owners"
    C0502 TooManyInstances Error "there are more instances than the host takes"
    C0503 TooManyComponents Error "there are more modules and components than the host takes"
    C0504 LabelNotSupported Error "the host does not know labelled or external names"
    C0505 CanonicalNameNotSupported Error "the host does not know canonical names"
    C0506 NotWitShaped Error "an import or export of the result is of a kind that WIT does not have"
    C0507 OtherHostRefuses Warning "another host would refuse the result"
    C0508 ResourceNotNameable Error "an import or export speaks of a type that cannot be named there"
    C0509 UnknownHost Error "the target is no known host"
    C0510 WorldNotMet Error "the result does not conform to the world it is to have"
    C0511 ResultTooLarge Error "the result is larger than WebAssembly can be"
    C0512 TooManyTables Error "a core module has more tables than the host takes"
    C0513 NewImports Warning "the result asks its host for more than an artifact did"
    C0701 OutputIsInput Error "the output is also an input"
    C0702 OutputIsSpecial Error "the output is not a place for a file"
    C0703 MissingOutputFolder Error "the folder of the output does not exist"
    C0704 OutputNotWritten Error "the output could not be written"
    C0705 OutputIsTerminal Error "a component would be written to a terminal"
    C0706 NoWitForm Error "the result has no form in WIT"
    C0707 DepfileLacks Warning "a name cannot stand in a depfile"
    C0801 BadGrant Error "what is granted cannot be understood"
    C0802 GrantImpossible Error "what is granted cannot be given"
    C0803 NotGranted Error "the component imports what was not granted"
    C0804 NothingToRun Error "the component does not export what is to be run"
    C0805 EngineRefuses Error "the engine does not take the component"
    C0806 Trapped Error "the component trapped"
    C0807 LimitReached Error "the component reached a limit"
    C0808 CallFailed Error "a call cannot be made"
    C0809 NoFunction Error "the component exports no such function"
    C0810 AmbiguousFunction Error "several functions have one name"
    C0811 BadArgument Error "an argument is not what the function takes"
    C0812 NoText Error "a function takes or gives what has no text"
    C0813 AddressTaken Error "another process listens at the address"
    C0814 AddressImpossible Error "the address cannot be listened at"
    C0815 NoServer Error "the component answers no HTTP requests"
    C0816 NoAnswer Error "a request was not answered"
    C0820 NotSealed Error "a file is no executable that `compose exe` made"
    C0821 SealedDamaged Error "what is sealed into an executable is damaged"
    C0822 StubChanged Error "an executable is not as it was made"
    C0823 NoStub Error "there is no stub to make an executable of"
    C0824 StubUnfit Error "a stub does not fit what is to be sealed into it"
    C0830 CaseFailed Error "a case did not go as it says"
    C0831 CaseFlaky Error "a case passes and fails"
    C0832 EmptyCase Error "a case tests nothing"
    C0833 MixedCase Error "a case has keys of two kinds of cases"
    C0834 TwoCases Error "two cases have one name"
    C0835 NoCases Error "there are no cases to run"
    C0837 BadRecording Error "a recording cannot be used"
    C0838 BadSnapshots Error "snapshots cannot be used"
    C0840 NotTraced Error "a component cannot be taken apart to show the calls inside"
    C0901 GitFailed Error "git cannot be asked"
    C0902 NoSuchRevision Error "git knows no such revision"
    C0903 NotInRevision Error "the revision has nothing at the path"
    C0904 ContractUndecodable Error "the types of a component have no form in WIT"
    C0905 ManifestInRevision Error "a manifest is named in a revision"
    C0910 UnknownRule Error "a rule of contracts does not exist"
    C0911 TwoConfigurations Error "two files of one folder configure contracts"
    C0920 LockMissing Error "there is no lock of contracts"
    C0921 LockDamaged Error "a lock of contracts is not in its form"
    C0922 LockConflict Error "a lock of contracts has the marks of a merge in it"
    C0923 LockNewer Error "a lock of contracts is of a later form"
    C0924 LockEdited Error "a recording is not as it was recorded"
    C0925 LockTwice Error "an import is recorded twice"
    C0926 LockIncomplete Error "imports of a recorded consumer are missing"
    C0927 CannotRecord Error "an import has no form that can be recorded"
    C0928 NotRecorded Error "a consumer is not recorded"
    C0929 NoEnvironment Error "nothing is recorded for an environment"
    C0930 ContractBroken Error "the result breaks a recorded consumer"
    C0931 RecordingOutOfDate Warning "a recording of a consumer is out of date"
    C9901 Internal Error "compose made a mistake of its own"
}

impl Code {
    /// The code of that number (`C0401`, in any case) or name (`UnresolvedImport`, `unresolved-import`).
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.number().eq_ignore_ascii_case(text) || code.name() == text || code.kebab_name() == text)
    }

    /// `unresolved-import`.
    pub fn kebab_name(self) -> String {
        let mut out = String::new();
        for (index, letter) in self.name().chars().enumerate() {
            if letter.is_ascii_uppercase() && index > 0 {
                out.push('-');
            }
            out.push(letter.to_ascii_lowercase());
        }
        out
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
