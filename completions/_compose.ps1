
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'compose' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'compose'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'compose' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Compose the inputs into one component')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Do everything that `build` does up to writing, and print the plan')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Say why something is wired, open, exported, there or unused, and why not otherwise')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the wiring: as text, DOT, Mermaid or JSON')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is inside of any component: parts, sizes, wires, versions')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Run a component: its command, or one of its functions')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run the cases that tell what a composition should do')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answer HTTP requests with a component')
            [CompletionResult]::new('exe', 'exe', [CompletionResultType]::ParameterValue, 'Make one executable of a component that needs nothing installed; look into such executables')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a manifest of what `build` would be given')
            [CompletionResult]::new('contract', 'contract', [CompletionResultType]::ParameterValue, 'Check contracts between teams: what changed, and what compiled components really ask of each other')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of an error or warning, or of a rule of contracts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete this command line')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all of them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;build' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'What to validate before writing: the types and wiring, or every byte')
            [CompletionResult]::new('--emit', '--emit', [CompletionResultType]::ParameterName, 'Also write the plan (JSON), the WIT, the text form, or a depfile; beside the output unless a path is given')
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Say what changes since that component was built: above all, what is asked of the host that was not')
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, or a document in its place [default: compose.toml here or in a folder above]')
            [CompletionResult]::new('--deps', '--deps', [CompletionResultType]::ParameterName, 'A folder where the packages of a `.wac` document are looked up [default: deps]')
            [CompletionResult]::new('--dep', '--dep', [CompletionResultType]::ParameterName, 'Where a package of a `.wac` document is, if not there')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The component whose exports become the result''s')
            [CompletionResult]::new('--offer', '--offer', [CompletionResultType]::ParameterName, 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root')
            [CompletionResult]::new('--wire', '--wire', [CompletionResultType]::ParameterName, 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`')
            [CompletionResult]::new('--chain', '--chain', [CompletionResultType]::ParameterName, 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default')
            [CompletionResult]::new('--deny-import', '--deny-import', [CompletionResultType]::ParameterName, 'Let no matching import stay open, whatever is allowed')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The host the result is for')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-plan', '--no-plan', [CompletionResultType]::ParameterName, 'Leave the plan out of the component')
            [CompletionResult]::new('--allow-unused', '--allow-unused', [CompletionResultType]::ParameterName, 'Let a component that was named end unused')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;check' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Say what changes since that component was built: above all, what is asked of the host that was not')
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, or a document in its place [default: compose.toml here or in a folder above]')
            [CompletionResult]::new('--deps', '--deps', [CompletionResultType]::ParameterName, 'A folder where the packages of a `.wac` document are looked up [default: deps]')
            [CompletionResult]::new('--dep', '--dep', [CompletionResultType]::ParameterName, 'Where a package of a `.wac` document is, if not there')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The component whose exports become the result''s')
            [CompletionResult]::new('--offer', '--offer', [CompletionResultType]::ParameterName, 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root')
            [CompletionResult]::new('--wire', '--wire', [CompletionResultType]::ParameterName, 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`')
            [CompletionResult]::new('--chain', '--chain', [CompletionResultType]::ParameterName, 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default')
            [CompletionResult]::new('--deny-import', '--deny-import', [CompletionResultType]::ParameterName, 'Let no matching import stay open, whatever is allowed')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The host the result is for')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--allow-unused', '--allow-unused', [CompletionResultType]::ParameterName, 'Let a component that was named end unused')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;why' {
            [CompletionResult]::new('--not', '--not', [CompletionResultType]::ParameterName, 'Ask why that instance or component does not fill the import')
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, or a document in its place [default: compose.toml here or in a folder above]')
            [CompletionResult]::new('--deps', '--deps', [CompletionResultType]::ParameterName, 'A folder where the packages of a `.wac` document are looked up [default: deps]')
            [CompletionResult]::new('--dep', '--dep', [CompletionResultType]::ParameterName, 'Where a package of a `.wac` document is, if not there')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The component whose exports become the result''s')
            [CompletionResult]::new('--offer', '--offer', [CompletionResultType]::ParameterName, 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root')
            [CompletionResult]::new('--wire', '--wire', [CompletionResultType]::ParameterName, 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`')
            [CompletionResult]::new('--chain', '--chain', [CompletionResultType]::ParameterName, 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default')
            [CompletionResult]::new('--deny-import', '--deny-import', [CompletionResultType]::ParameterName, 'Let no matching import stay open, whatever is allowed')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The host the result is for')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--allow-unused', '--allow-unused', [CompletionResultType]::ParameterName, 'Let a component that was named end unused')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;graph' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form of the picture [default: tree; json with --message-format json]')
            [CompletionResult]::new('--artifact', '--artifact', [CompletionResultType]::ParameterName, 'Draw a finished component instead, by whomever it was composed; `-` is standard input')
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, or a document in its place [default: compose.toml here or in a folder above]')
            [CompletionResult]::new('--deps', '--deps', [CompletionResultType]::ParameterName, 'A folder where the packages of a `.wac` document are looked up [default: deps]')
            [CompletionResult]::new('--dep', '--dep', [CompletionResultType]::ParameterName, 'Where a package of a `.wac` document is, if not there')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The component whose exports become the result''s')
            [CompletionResult]::new('--offer', '--offer', [CompletionResultType]::ParameterName, 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root')
            [CompletionResult]::new('--wire', '--wire', [CompletionResultType]::ParameterName, 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`')
            [CompletionResult]::new('--chain', '--chain', [CompletionResultType]::ParameterName, 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default')
            [CompletionResult]::new('--deny-import', '--deny-import', [CompletionResultType]::ParameterName, 'Let no matching import stay open, whatever is allowed')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The host the result is for')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--allow-unused', '--allow-unused', [CompletionResultType]::ParameterName, 'Let a component that was named end unused')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;inspect' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;run' {
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, in the place of FILE')
            [CompletionResult]::new('--invoke', '--invoke', [CompletionResultType]::ParameterName, 'Call a function with WAVE values, `ns:pkg/iface.func(1, {name: "x"})`, instead of running a command; repeat it for more calls of one instance')
            [CompletionResult]::new('--script', '--script', [CompletionResultType]::ParameterName, 'Make the calls of a script, one a line (`$b = bucket.new("a")`, `$b.get("k")`, `drop $b`); `-` is standard input, and a pipe will do')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here')
            [CompletionResult]::new('--net', '--net', [CompletionResultType]::ParameterName, 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port')
            [CompletionResult]::new('--http', '--http', [CompletionResultType]::ParameterName, 'Let it send HTTP requests to a server')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Tell it a value by `wasi:config`')
            [CompletionResult]::new('--keyvalue', '--keyvalue', [CompletionResultType]::ParameterName, 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty')
            [CompletionResult]::new('--shut', '--shut', [CompletionResultType]::ParameterName, 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Build and compile everything again, whatever earlier runs left')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Let it read this process''s standard input')
            [CompletionResult]::new('--inherit-stdio', '--inherit-stdio', [CompletionResultType]::ParameterName, 'Let it read this process''s standard input')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results as JSON, one a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;test' {
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Run only cases with this in their name')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Run so many cases at once [default: one a processor]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Run so many cases at once [default: one a processor]')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Run each case so often; one that passes and fails is told')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, json, junit, github. May be given several times')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Build and compile everything again, whatever earlier runs left')
            [CompletionResult]::new('--fail-fast', '--fail-fast', [CompletionResultType]::ParameterName, 'Run nothing more once a case has failed')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Take what comes as the snapshots from now on')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Send requests to the servers that are granted, and record what they answer')
            [CompletionResult]::new('--differential', '--differential', [CompletionResultType]::ParameterName, 'Run each case on the composition and on its pieces: both must do the same')
            [CompletionResult]::new('--times', '--times', [CompletionResultType]::ParameterName, 'Tell how long each case took')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;serve' {
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, in the place of FILE')
            [CompletionResult]::new('--addr', '--addr', [CompletionResultType]::ParameterName, 'Where to listen: `IP:PORT`, or `PORT` on the loopback; port 0 is any free one')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Requests that are answered at once')
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Requests that wait beyond those; what comes then is turned away (503)')
            [CompletionResult]::new('--connections', '--connections', [CompletionResultType]::ParameterName, 'Connections that are open at once')
            [CompletionResult]::new('--reuse', '--reuse', [CompletionResultType]::ParameterName, 'Requests that one instance answers [default: 1 for a handler of 0.2, 128 for one of 0.3]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Threads [default: one for each processor]')
            [CompletionResult]::new('--max-body', '--max-body', [CompletionResultType]::ParameterName, 'The largest body of a request (413 beyond)')
            [CompletionResult]::new('--max-head', '--max-head', [CompletionResultType]::ParameterName, 'The largest head of a request (431 beyond)')
            [CompletionResult]::new('--head-time', '--head-time', [CompletionResultType]::ParameterName, 'How long the head of a request may take to arrive (408 beyond)')
            [CompletionResult]::new('--stall-time', '--stall-time', [CompletionResultType]::ParameterName, 'How long a client may neither send nor take a byte of a body')
            [CompletionResult]::new('--keep-alive', '--keep-alive', [CompletionResultType]::ParameterName, 'How long a connection stays open without a request')
            [CompletionResult]::new('--grace', '--grace', [CompletionResultType]::ParameterName, 'How long requests that have begun may take once the server is told to stop')
            [CompletionResult]::new('--access-log', '--access-log', [CompletionResultType]::ParameterName, 'The form of the line for each request on standard error [default: human, with `--quiet` none]')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here')
            [CompletionResult]::new('--net', '--net', [CompletionResultType]::ParameterName, 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port')
            [CompletionResult]::new('--http', '--http', [CompletionResultType]::ParameterName, 'Let it send HTTP requests to a server')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Tell it a value by `wasi:config`')
            [CompletionResult]::new('--keyvalue', '--keyvalue', [CompletionResultType]::ParameterName, 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty')
            [CompletionResult]::new('--shut', '--shut', [CompletionResultType]::ParameterName, 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Build and compile everything again, whatever earlier runs left')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;exe' {
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, in the place of FILE')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to write the executable [default: target/compose/NAME]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to write the executable [default: target/compose/NAME]')
            [CompletionResult]::new('--addr', '--addr', [CompletionResultType]::ParameterName, 'Let it serve HTTP at that address, until it is told another when it starts; port 0 is any free one [default: 127.0.0.1:8080, of what has no command]')
            [CompletionResult]::new('--access-log', '--access-log', [CompletionResultType]::ParameterName, 'The line on standard error for each request that it will serve [default: none]')
            [CompletionResult]::new('--stub', '--stub', [CompletionResultType]::ParameterName, 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The system and processor it is for [default: those of the stub]')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here')
            [CompletionResult]::new('--net', '--net', [CompletionResultType]::ParameterName, 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port')
            [CompletionResult]::new('--http', '--http', [CompletionResultType]::ParameterName, 'Let it send HTTP requests to a server')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Tell it a value by `wasi:config`')
            [CompletionResult]::new('--keyvalue', '--keyvalue', [CompletionResultType]::ParameterName, 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty')
            [CompletionResult]::new('--shut', '--shut', [CompletionResultType]::ParameterName, 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Build and compile everything again, whatever earlier runs left')
            [CompletionResult]::new('--portable', '--portable', [CompletionResultType]::ParameterName, 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is inside: the component, what it is given, the engine, sizes')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Compile the component inside again, for another stub')
            [CompletionResult]::new('extract', 'extract', [CompletionResultType]::ParameterValue, 'Take the component out, as it was')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;exe;inspect' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;exe;verify' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;exe;upgrade' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to write the new one [default: in the place of the old one]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to write the new one [default: in the place of the old one]')
            [CompletionResult]::new('--stub', '--stub', [CompletionResultType]::ParameterName, 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The system and processor it is for [default: those of the stub]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--portable', '--portable', [CompletionResultType]::ParameterName, 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;exe;extract' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to write the component; `-` is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to write the component; `-` is standard output')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;exe;help' {
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is inside: the component, what it is given, the engine, sizes')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Compile the component inside again, for another stub')
            [CompletionResult]::new('extract', 'extract', [CompletionResultType]::ParameterValue, 'Take the component out, as it was')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;exe;help;inspect' {
            break
        }
        'compose;exe;help;verify' {
            break
        }
        'compose;exe;help;upgrade' {
            break
        }
        'compose;exe;help;extract' {
            break
        }
        'compose;exe;help;help' {
            break
        }
        'compose;init' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Say what a `.wac` document says, or a configuration of `wasm-tools compose` (YAML)')
            [CompletionResult]::new('--root-file', '--root-file', [CompletionResultType]::ParameterName, 'The root that a configuration is for [default: `root.wasm` or `root.wat` where it looks for components]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Where to write the manifest; `-` is standard output [default: compose.toml]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Where to write the manifest; `-` is standard output [default: compose.toml]')
            [CompletionResult]::new('--deps', '--deps', [CompletionResultType]::ParameterName, 'A folder where the packages of a `.wac` document are looked up [default: deps]')
            [CompletionResult]::new('--dep', '--dep', [CompletionResultType]::ParameterName, 'Where a package of a `.wac` document is, if not there')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'The component whose exports become the result''s')
            [CompletionResult]::new('--offer', '--offer', [CompletionResultType]::ParameterName, 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root')
            [CompletionResult]::new('--wire', '--wire', [CompletionResultType]::ParameterName, 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`')
            [CompletionResult]::new('--chain', '--chain', [CompletionResultType]::ParameterName, 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default')
            [CompletionResult]::new('--deny-import', '--deny-import', [CompletionResultType]::ParameterName, 'Let no matching import stay open, whatever is allowed')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The host the result is for')
            [CompletionResult]::new('--manifest-path', '--manifest-path', [CompletionResultType]::ParameterName, 'The manifest, or a document in its place [default: compose.toml here or in a folder above]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a manifest that is there')
            [CompletionResult]::new('--allow-unused', '--allow-unused', [CompletionResultType]::ParameterName, 'Let a component that was named end unused')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract' {
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold what components really import against what others export, or against a world')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Hold every consumer against every provider, as a table')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Write down what consumers really import, in `compose.contracts.lock`')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Hold providers against all recorded consumers, without having them')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Look for faults of one contract by itself, and for what a component may do')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules of contracts')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of a rule: whom it breaks, why, what to do, with examples')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;contract;diff' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Versions before OLD, for modes that are transitive')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'Who must not be broken: old compiled consumers with the new provider (backward), new consumers with the old provider (forward), or both (full); by OLD, or by all versions before (…-transitive). Without it, the versions decide')
            [CompletionResult]::new('--implemented', '--implemented', [CompletionResultType]::ParameterName, 'Interfaces that others implement, so that what is added there breaks them: `acme:plugin/*`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--allow-missing', '--allow-missing', [CompletionResultType]::ParameterName, 'Take a side that is not there (a contract that was not there yet, or no longer is) for an empty one: everything is added, or everything is removed')
            [CompletionResult]::new('--no-witness', '--no-witness', [CompletionResultType]::ParameterName, 'Trust the rules without linking components to prove them')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every component again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;check' {
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'Hold each component against a world instead: a WIT file or folder, and which of its worlds')
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'What the host has besides the world: an interface, `ns:pkg/*` or `ns:*`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;matrix' {
            [CompletionResult]::new('--consumer', '--consumer', [CompletionResultType]::ParameterName, 'Components that import')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Components that export; WIT packages and folders offer what they describe')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;record' {
            [CompletionResult]::new('--retire', '--retire', [CompletionResultType]::ParameterName, 'Take a consumer out that no longer exists')
            [CompletionResult]::new('--lock', '--lock', [CompletionResultType]::ParameterName, 'The lock [default: `lock` of the configuration, else compose.contracts.lock]')
            [CompletionResult]::new('--environment', '--environment', [CompletionResultType]::ParameterName, 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Record imports of `wasi:*` too: they are left to the host otherwise, since no team answers for them')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Write nothing; fail if the lock is not what would be written')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;verify' {
            [CompletionResult]::new('--allow-import', '--allow-import', [CompletionResultType]::ParameterName, 'What the host has besides `wasi:*`: an interface, `ns:pkg/*` or `ns:*`')
            [CompletionResult]::new('--lock', '--lock', [CompletionResultType]::ParameterName, 'The lock [default: `lock` of the configuration, else compose.contracts.lock]')
            [CompletionResult]::new('--environment', '--environment', [CompletionResultType]::ParameterName, 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--part', '--part', [CompletionResultType]::ParameterName, 'These are not all that is deployed: what none of them has is no matter, as it is for a single provider')
            [CompletionResult]::new('--whole', '--whole', [CompletionResultType]::ParameterName, 'This is all that is deployed, though it is a single provider')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every input again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;lint' {
            [CompletionResult]::new('--component', '--component', [CompletionResultType]::ParameterName, 'A component that is to be held against a world of the contract: what it asks for, and what it has no need of')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'The world that the component is held against, if the contract has several')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'Interfaces that may be reached over a network: `acme:kv`, `acme:kv/store`, `acme:*`')
            [CompletionResult]::new('--allow-capability', '--allow-capability', [CompletionResultType]::ParameterName, 'Capabilities that components may have: `wasi:sockets/*`')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--pedantic', '--pedantic', [CompletionResultType]::ParameterName, 'Ask rules of taste too')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Validate every component again, whatever earlier runs found out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;rules' {
            [CompletionResult]::new('--area', '--area', [CompletionResultType]::ParameterName, 'Only the rules about this: function, record, world-import, remote-link, …')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON object a line, with everything; the same as --message-format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;explain' {
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;contract;help' {
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold what components really import against what others export, or against a world')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Hold every consumer against every provider, as a table')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Write down what consumers really import, in `compose.contracts.lock`')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Hold providers against all recorded consumers, without having them')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Look for faults of one contract by itself, and for what a component may do')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules of contracts')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of a rule: whom it breaks, why, what to do, with examples')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;contract;help;diff' {
            break
        }
        'compose;contract;help;check' {
            break
        }
        'compose;contract;help;matrix' {
            break
        }
        'compose;contract;help;record' {
            break
        }
        'compose;contract;help;verify' {
            break
        }
        'compose;contract;help;lint' {
            break
        }
        'compose;contract;help;rules' {
            break
        }
        'compose;contract;help;explain' {
            break
        }
        'compose;contract;help;help' {
            break
        }
        'compose;explain' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List every code')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'compose;completions' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;man' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work as if started in that folder')
            [CompletionResult]::new('--message-format', '--message-format', [CompletionResultType]::ParameterName, 'The form of errors and warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: only on a terminal (and without NO_COLOR), or as told')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: reasons, what was rejected, and how long each stage took')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'compose;help' {
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Compose the inputs into one component')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Do everything that `build` does up to writing, and print the plan')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Say why something is wired, open, exported, there or unused, and why not otherwise')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the wiring: as text, DOT, Mermaid or JSON')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is inside of any component: parts, sizes, wires, versions')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Run a component: its command, or one of its functions')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run the cases that tell what a composition should do')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answer HTTP requests with a component')
            [CompletionResult]::new('exe', 'exe', [CompletionResultType]::ParameterValue, 'Make one executable of a component that needs nothing installed; look into such executables')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a manifest of what `build` would be given')
            [CompletionResult]::new('contract', 'contract', [CompletionResultType]::ParameterValue, 'Check contracts between teams: what changed, and what compiled components really ask of each other')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of an error or warning, or of a rule of contracts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete this command line')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all of them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'compose;help;build' {
            break
        }
        'compose;help;check' {
            break
        }
        'compose;help;why' {
            break
        }
        'compose;help;graph' {
            break
        }
        'compose;help;inspect' {
            break
        }
        'compose;help;run' {
            break
        }
        'compose;help;test' {
            break
        }
        'compose;help;serve' {
            break
        }
        'compose;help;exe' {
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is inside: the component, what it is given, the engine, sizes')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?')
            [CompletionResult]::new('upgrade', 'upgrade', [CompletionResultType]::ParameterValue, 'Compile the component inside again, for another stub')
            [CompletionResult]::new('extract', 'extract', [CompletionResultType]::ParameterValue, 'Take the component out, as it was')
            break
        }
        'compose;help;exe;inspect' {
            break
        }
        'compose;help;exe;verify' {
            break
        }
        'compose;help;exe;upgrade' {
            break
        }
        'compose;help;exe;extract' {
            break
        }
        'compose;help;init' {
            break
        }
        'compose;help;contract' {
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold what components really import against what others export, or against a world')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Hold every consumer against every provider, as a table')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Write down what consumers really import, in `compose.contracts.lock`')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Hold providers against all recorded consumers, without having them')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Look for faults of one contract by itself, and for what a component may do')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules of contracts')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the page of a rule: whom it breaks, why, what to do, with examples')
            break
        }
        'compose;help;contract;diff' {
            break
        }
        'compose;help;contract;check' {
            break
        }
        'compose;help;contract;matrix' {
            break
        }
        'compose;help;contract;record' {
            break
        }
        'compose;help;contract;verify' {
            break
        }
        'compose;help;contract;lint' {
            break
        }
        'compose;help;contract;rules' {
            break
        }
        'compose;help;contract;explain' {
            break
        }
        'compose;help;explain' {
            break
        }
        'compose;help;completions' {
            break
        }
        'compose;help;man' {
            break
        }
        'compose;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
