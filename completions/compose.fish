# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_compose_global_optspecs
    string join \n C= message-format= deny= color= q/quiet v/verbose h/help V/version
end

function __fish_compose_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_compose_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_compose_using_subcommand
    set -l cmd (__fish_compose_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c compose -n "__fish_compose_needs_command" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_needs_command" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_needs_command" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_needs_command" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_needs_command" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_needs_command" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_needs_command" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_needs_command" -s V -l version -d 'Print version'
complete -c compose -n "__fish_compose_needs_command" -f -a "build" -d 'Compose the inputs into one component'
complete -c compose -n "__fish_compose_needs_command" -f -a "check" -d 'Do everything that `build` does up to writing, and print the plan'
complete -c compose -n "__fish_compose_needs_command" -f -a "why" -d 'Say why something is wired, open, exported, there or unused, and why not otherwise'
complete -c compose -n "__fish_compose_needs_command" -f -a "graph" -d 'Draw the wiring: as text, DOT, Mermaid or JSON'
complete -c compose -n "__fish_compose_needs_command" -f -a "inspect" -d 'Show what is inside of any component: parts, sizes, wires, versions'
complete -c compose -n "__fish_compose_needs_command" -f -a "run" -d 'Run a component: its command, or one of its functions'
complete -c compose -n "__fish_compose_needs_command" -f -a "test" -d 'Run the cases that tell what a composition should do'
complete -c compose -n "__fish_compose_needs_command" -f -a "serve" -d 'Answer HTTP requests with a component'
complete -c compose -n "__fish_compose_needs_command" -f -a "exe" -d 'Make one executable of a component that needs nothing installed; look into such executables'
complete -c compose -n "__fish_compose_needs_command" -f -a "init" -d 'Write a manifest of what `build` would be given'
complete -c compose -n "__fish_compose_needs_command" -f -a "contract" -d 'Check contracts between teams: what changed, and what compiled components really ask of each other'
complete -c compose -n "__fish_compose_needs_command" -f -a "explain" -d 'Print the page of an error or warning, or of a rule of contracts'
complete -c compose -n "__fish_compose_needs_command" -f -a "completions" -d 'Print what a shell needs to complete this command line'
complete -c compose -n "__fish_compose_needs_command" -f -a "man" -d 'Print the manual page, or write all of them'
complete -c compose -n "__fish_compose_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand build" -s o -l output -d 'Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]' -r -F
complete -c compose -n "__fish_compose_using_subcommand build" -l verify -d 'What to validate before writing: the types and wiring, or every byte' -r -f -a "skeleton\t''
full\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -l emit -d 'Also write the plan (JSON), the WIT, the text form, or a depfile; beside the output unless a path is given' -r -f -a "plan\t''
wit\t''
wat\t''
deps\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -l against -d 'Say what changes since that component was built: above all, what is asked of the host that was not' -r -F
complete -c compose -n "__fish_compose_using_subcommand build" -l manifest-path -d 'The manifest, or a document in its place [default: compose.toml here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand build" -l deps -d 'A folder where the packages of a `.wac` document are looked up [default: deps]' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand build" -l dep -d 'Where a package of a `.wac` document is, if not there' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l root -d 'The component whose exports become the result\'s' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l offer -d 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand build" -l wire -d 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l chain -d 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l allow-import -d 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l deny-import -d 'Let no matching import stay open, whatever is allowed' -r
complete -c compose -n "__fish_compose_using_subcommand build" -l target -d 'The host the result is for' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand build" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand build" -l no-plan -d 'Leave the plan out of the component'
complete -c compose -n "__fish_compose_using_subcommand build" -l allow-unused -d 'Let a component that was named end unused'
complete -c compose -n "__fish_compose_using_subcommand build" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand build" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand build" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand build" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand check" -l against -d 'Say what changes since that component was built: above all, what is asked of the host that was not' -r -F
complete -c compose -n "__fish_compose_using_subcommand check" -l manifest-path -d 'The manifest, or a document in its place [default: compose.toml here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand check" -l deps -d 'A folder where the packages of a `.wac` document are looked up [default: deps]' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand check" -l dep -d 'Where a package of a `.wac` document is, if not there' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l root -d 'The component whose exports become the result\'s' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l offer -d 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand check" -l wire -d 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l chain -d 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l allow-import -d 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l deny-import -d 'Let no matching import stay open, whatever is allowed' -r
complete -c compose -n "__fish_compose_using_subcommand check" -l target -d 'The host the result is for' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand check" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand check" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand check" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand check" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand check" -l allow-unused -d 'Let a component that was named end unused'
complete -c compose -n "__fish_compose_using_subcommand check" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand check" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand check" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand check" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand why" -l not -d 'Ask why that instance or component does not fill the import' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l manifest-path -d 'The manifest, or a document in its place [default: compose.toml here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand why" -l deps -d 'A folder where the packages of a `.wac` document are looked up [default: deps]' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand why" -l dep -d 'Where a package of a `.wac` document is, if not there' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l root -d 'The component whose exports become the result\'s' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l offer -d 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand why" -l wire -d 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l chain -d 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l allow-import -d 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l deny-import -d 'Let no matching import stay open, whatever is allowed' -r
complete -c compose -n "__fish_compose_using_subcommand why" -l target -d 'The host the result is for' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand why" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand why" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand why" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand why" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand why" -l allow-unused -d 'Let a component that was named end unused'
complete -c compose -n "__fish_compose_using_subcommand why" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand why" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand why" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand why" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand graph" -l format -d 'The form of the picture [default: tree; json with --message-format json]' -r -f -a "tree\t''
dot\t''
mermaid\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand graph" -l artifact -d 'Draw a finished component instead, by whomever it was composed; `-` is standard input' -r -F
complete -c compose -n "__fish_compose_using_subcommand graph" -l manifest-path -d 'The manifest, or a document in its place [default: compose.toml here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand graph" -l deps -d 'A folder where the packages of a `.wac` document are looked up [default: deps]' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand graph" -l dep -d 'Where a package of a `.wac` document is, if not there' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l root -d 'The component whose exports become the result\'s' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l offer -d 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand graph" -l wire -d 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l chain -d 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l allow-import -d 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l deny-import -d 'Let no matching import stay open, whatever is allowed' -r
complete -c compose -n "__fish_compose_using_subcommand graph" -l target -d 'The host the result is for' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand graph" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand graph" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand graph" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand graph" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand graph" -l allow-unused -d 'Let a component that was named end unused'
complete -c compose -n "__fish_compose_using_subcommand graph" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand graph" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand graph" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand graph" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand inspect" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand inspect" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand inspect" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand inspect" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand inspect" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand inspect" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand inspect" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand run" -l manifest-path -d 'The manifest, in the place of FILE' -r -F
complete -c compose -n "__fish_compose_using_subcommand run" -l invoke -d 'Call a function with WAVE values, `ns:pkg/iface.func(1, {name: "x"})`, instead of running a command; repeat it for more calls of one instance' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l script -d 'Make the calls of a script, one a line (`$b = bucket.new("a")`, `$b.get("k")`, `drop $b`); `-` is standard input, and a pipe will do' -r -F
complete -c compose -n "__fish_compose_using_subcommand run" -l trace -d 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers' -r -F
complete -c compose -n "__fish_compose_using_subcommand run" -l dir -d 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l env -d 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l net -d 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l http -d 'Let it send HTTP requests to a server' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l config -d 'Tell it a value by `wasi:config`' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l keyvalue -d 'Give it key-value buckets in memory, with values in them or (`--keyvalue \'\'`) empty' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l shut -d 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting' -r
complete -c compose -n "__fish_compose_using_subcommand run" -l limit -d 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`' -r
complete -c compose -n "__fish_compose_using_subcommand run" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand run" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand run" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand run" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand run" -l no-cache -d 'Build and compile everything again, whatever earlier runs left'
complete -c compose -n "__fish_compose_using_subcommand run" -l stdin -l inherit-stdio -d 'Let it read this process\'s standard input'
complete -c compose -n "__fish_compose_using_subcommand run" -l json -d 'Print results as JSON, one a line'
complete -c compose -n "__fish_compose_using_subcommand run" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand run" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand run" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand test" -l manifest-path -d 'The manifest' -r -F
complete -c compose -n "__fish_compose_using_subcommand test" -l filter -d 'Run only cases with this in their name' -r
complete -c compose -n "__fish_compose_using_subcommand test" -s j -l jobs -d 'Run so many cases at once [default: one a processor]' -r
complete -c compose -n "__fish_compose_using_subcommand test" -l repeat -d 'Run each case so often; one that passes and fails is told' -r
complete -c compose -n "__fish_compose_using_subcommand test" -l trace -d 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers' -r -F
complete -c compose -n "__fish_compose_using_subcommand test" -l report -d 'The form of the report, and a file for it: human, json, junit, github. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand test" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand test" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand test" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand test" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand test" -l no-cache -d 'Build and compile everything again, whatever earlier runs left'
complete -c compose -n "__fish_compose_using_subcommand test" -l fail-fast -d 'Run nothing more once a case has failed'
complete -c compose -n "__fish_compose_using_subcommand test" -l accept -d 'Take what comes as the snapshots from now on'
complete -c compose -n "__fish_compose_using_subcommand test" -l record -d 'Send requests to the servers that are granted, and record what they answer'
complete -c compose -n "__fish_compose_using_subcommand test" -l differential -d 'Run each case on the composition and on its pieces: both must do the same'
complete -c compose -n "__fish_compose_using_subcommand test" -l times -d 'Tell how long each case took'
complete -c compose -n "__fish_compose_using_subcommand test" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand test" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand test" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand serve" -l manifest-path -d 'The manifest, in the place of FILE' -r -F
complete -c compose -n "__fish_compose_using_subcommand serve" -l addr -d 'Where to listen: `IP:PORT`, or `PORT` on the loopback; port 0 is any free one' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l concurrency -d 'Requests that are answered at once' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l queue -d 'Requests that wait beyond those; what comes then is turned away (503)' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l connections -d 'Connections that are open at once' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l reuse -d 'Requests that one instance answers [default: 1 for a handler of 0.2, 128 for one of 0.3]' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l threads -d 'Threads [default: one for each processor]' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l max-body -d 'The largest body of a request (413 beyond)' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l max-head -d 'The largest head of a request (431 beyond)' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l head-time -d 'How long the head of a request may take to arrive (408 beyond)' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l stall-time -d 'How long a client may neither send nor take a byte of a body' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l keep-alive -d 'How long a connection stays open without a request' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l grace -d 'How long requests that have begun may take once the server is told to stop' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l access-log -d 'The form of the line for each request on standard error [default: human, with `--quiet` none]' -r -f -a "human\t''
json\t''
none\t''"
complete -c compose -n "__fish_compose_using_subcommand serve" -l dir -d 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l env -d 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l net -d 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l http -d 'Let it send HTTP requests to a server' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l config -d 'Tell it a value by `wasi:config`' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l keyvalue -d 'Give it key-value buckets in memory, with values in them or (`--keyvalue \'\'`) empty' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l shut -d 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -l limit -d 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`' -r
complete -c compose -n "__fish_compose_using_subcommand serve" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand serve" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand serve" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand serve" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand serve" -l no-cache -d 'Build and compile everything again, whatever earlier runs left'
complete -c compose -n "__fish_compose_using_subcommand serve" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand serve" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand serve" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l manifest-path -d 'The manifest, in the place of FILE' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -s o -l output -d 'Where to write the executable [default: target/compose/NAME]' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l addr -d 'Let it serve HTTP at that address, until it is told another when it starts; port 0 is any free one [default: 127.0.0.1:8080, of what has no command]' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l access-log -d 'The line on standard error for each request that it will serve [default: none]' -r -f -a "human\t''
json\t''
none\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l stub -d 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l target -d 'The system and processor it is for [default: those of the stub]' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l dir -d 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l env -d 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l net -d 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l http -d 'Let it send HTTP requests to a server' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l config -d 'Tell it a value by `wasi:config`' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l keyvalue -d 'Give it key-value buckets in memory, with values in them or (`--keyvalue \'\'`) empty' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l shut -d 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l limit -d 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l no-cache -d 'Build and compile everything again, whatever earlier runs left'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -l portable -d 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -a "inspect" -d 'Show what is inside: the component, what it is given, the engine, sizes'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -a "verify" -d 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -a "upgrade" -d 'Compile the component inside again, for another stub'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -a "extract" -d 'Take the component out, as it was'
complete -c compose -n "__fish_compose_using_subcommand exe; and not __fish_seen_subcommand_from inspect verify upgrade extract help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -s o -l output -d 'Where to write the new one [default: in the place of the old one]' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l stub -d 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l target -d 'The system and processor it is for [default: those of the stub]' -r
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -l portable -d 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -s o -l output -d 'Where to write the component; `-` is standard output' -r -F
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from extract" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from help" -f -a "inspect" -d 'Show what is inside: the component, what it is given, the engine, sizes'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from help" -f -a "upgrade" -d 'Compile the component inside again, for another stub'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from help" -f -a "extract" -d 'Take the component out, as it was'
complete -c compose -n "__fish_compose_using_subcommand exe; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand init" -l from -d 'Say what a `.wac` document says, or a configuration of `wasm-tools compose` (YAML)' -r -F
complete -c compose -n "__fish_compose_using_subcommand init" -l root-file -d 'The root that a configuration is for [default: `root.wasm` or `root.wat` where it looks for components]' -r -F
complete -c compose -n "__fish_compose_using_subcommand init" -s o -l output -d 'Where to write the manifest; `-` is standard output [default: compose.toml]' -r -F
complete -c compose -n "__fish_compose_using_subcommand init" -l deps -d 'A folder where the packages of a `.wac` document are looked up [default: deps]' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand init" -l dep -d 'Where a package of a `.wac` document is, if not there' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l root -d 'The component whose exports become the result\'s' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l offer -d 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand init" -l wire -d 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l chain -d 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l allow-import -d 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l deny-import -d 'Let no matching import stay open, whatever is allowed' -r
complete -c compose -n "__fish_compose_using_subcommand init" -l target -d 'The host the result is for' -r -f -a "wasmtime-48\t''
tools-0.263\t''"
complete -c compose -n "__fish_compose_using_subcommand init" -l manifest-path -d 'The manifest, or a document in its place [default: compose.toml here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand init" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand init" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand init" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand init" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand init" -l force -d 'Replace a manifest that is there'
complete -c compose -n "__fish_compose_using_subcommand init" -l allow-unused -d 'Let a component that was named end unused'
complete -c compose -n "__fish_compose_using_subcommand init" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand init" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand init" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand init" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "diff" -d 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "check" -d 'Hold what components really import against what others export, or against a world'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "matrix" -d 'Hold every consumer against every provider, as a table'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "record" -d 'Write down what consumers really import, in `compose.contracts.lock`'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "verify" -d 'Hold providers against all recorded consumers, without having them'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "lint" -d 'Look for faults of one contract by itself, and for what a component may do'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "rules" -d 'List the rules of contracts'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "explain" -d 'Print the page of a rule: whom it breaks, why, what to do, with examples'
complete -c compose -n "__fish_compose_using_subcommand contract; and not __fish_seen_subcommand_from diff check matrix record verify lint rules explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l against -d 'Versions before OLD, for modes that are transitive' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l mode -d 'Who must not be broken: old compiled consumers with the new provider (backward), new consumers with the old provider (forward), or both (full); by OLD, or by all versions before (…-transitive). Without it, the versions decide' -r -f -a "backward\t''
forward\t''
full\t''
backward-transitive\t''
forward-transitive\t''
full-transitive\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l implemented -d 'Interfaces that others implement, so that what is added there breaks them: `acme:plugin/*`' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l report -d 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l allow-missing -d 'Take a side that is not there (a contract that was not there yet, or no longer is) for an empty one: everything is added, or everything is removed'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l no-witness -d 'Trust the rules without linking components to prove them'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -l no-cache -d 'Validate every component again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l world -d 'Hold each component against a world instead: a WIT file or folder, and which of its worlds' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l allow-import -d 'What the host has besides the world: an interface, `ns:pkg/*` or `ns:*`' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l report -d 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l consumer -d 'Components that import' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l provider -d 'Components that export; WIT packages and folders offer what they describe' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l report -d 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from matrix" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l retire -d 'Take a consumer out that no longer exists' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l lock -d 'The lock [default: `lock` of the configuration, else compose.contracts.lock]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l environment -d 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l all -d 'Record imports of `wasi:*` too: they are left to the host otherwise, since no team answers for them'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l check -d 'Write nothing; fail if the lock is not what would be written'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from record" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l allow-import -d 'What the host has besides `wasi:*`: an interface, `ns:pkg/*` or `ns:*`' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l lock -d 'The lock [default: `lock` of the configuration, else compose.contracts.lock]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l environment -d 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l report -d 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l part -d 'These are not all that is deployed: what none of them has is no matter, as it is for a single provider'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l whole -d 'This is all that is deployed, though it is a single provider'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -l no-cache -d 'Validate every input again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l component -d 'A component that is to be held against a world of the contract: what it asks for, and what it has no need of' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l world -d 'The world that the component is held against, if the contract has several' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l remote -d 'Interfaces that may be reached over a network: `acme:kv`, `acme:kv/store`, `acme:*`' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l allow-capability -d 'Capabilities that components may have: `wasi:sockets/*`' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l config -d 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]' -r -F
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l report -d 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l pedantic -d 'Ask rules of taste too'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -l no-cache -d 'Validate every component again, whatever earlier runs found out'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from lint" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -l area -d 'Only the rules about this: function, record, world-import, remote-link, …' -r
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -l json -d 'One JSON object a line, with everything; the same as --message-format json'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from rules" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -l deny -d 'Make errors of all `warnings`' -r -f -a "warnings\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "check" -d 'Hold what components really import against what others export, or against a world'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "matrix" -d 'Hold every consumer against every provider, as a table'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "record" -d 'Write down what consumers really import, in `compose.contracts.lock`'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Hold providers against all recorded consumers, without having them'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "lint" -d 'Look for faults of one contract by itself, and for what a component may do'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "rules" -d 'List the rules of contracts'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Print the page of a rule: whom it breaks, why, what to do, with examples'
complete -c compose -n "__fish_compose_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand explain" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand explain" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand explain" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand explain" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand explain" -l list -d 'List every code'
complete -c compose -n "__fish_compose_using_subcommand explain" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand explain" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c compose -n "__fish_compose_using_subcommand completions" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand completions" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand completions" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand completions" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand completions" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand completions" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand completions" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand man" -s C -d 'Work as if started in that folder' -r -f -a "(__fish_complete_directories)"
complete -c compose -n "__fish_compose_using_subcommand man" -l message-format -d 'The form of errors and warnings' -r -f -a "human\t''
short\t''
json\t''"
complete -c compose -n "__fish_compose_using_subcommand man" -l deny -d 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)' -r -f -a "warnings\t''
new-imports\t''"
complete -c compose -n "__fish_compose_using_subcommand man" -l color -d 'Colours: only on a terminal (and without NO_COLOR), or as told' -r -f -a "auto\t''
always\t''
never\t''"
complete -c compose -n "__fish_compose_using_subcommand man" -s q -l quiet -d 'Say nothing but errors'
complete -c compose -n "__fish_compose_using_subcommand man" -s v -l verbose -d 'Say more: reasons, what was rejected, and how long each stage took'
complete -c compose -n "__fish_compose_using_subcommand man" -s h -l help -d 'Print help'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "build" -d 'Compose the inputs into one component'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "check" -d 'Do everything that `build` does up to writing, and print the plan'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "why" -d 'Say why something is wired, open, exported, there or unused, and why not otherwise'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "graph" -d 'Draw the wiring: as text, DOT, Mermaid or JSON'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "inspect" -d 'Show what is inside of any component: parts, sizes, wires, versions'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "run" -d 'Run a component: its command, or one of its functions'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "test" -d 'Run the cases that tell what a composition should do'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "serve" -d 'Answer HTTP requests with a component'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "exe" -d 'Make one executable of a component that needs nothing installed; look into such executables'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "init" -d 'Write a manifest of what `build` would be given'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "contract" -d 'Check contracts between teams: what changed, and what compiled components really ask of each other'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "explain" -d 'Print the page of an error or warning, or of a rule of contracts'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "completions" -d 'Print what a shell needs to complete this command line'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "man" -d 'Print the manual page, or write all of them'
complete -c compose -n "__fish_compose_using_subcommand help; and not __fish_seen_subcommand_from build check why graph inspect run test serve exe init contract explain completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from exe" -f -a "inspect" -d 'Show what is inside: the component, what it is given, the engine, sizes'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from exe" -f -a "verify" -d 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from exe" -f -a "upgrade" -d 'Compile the component inside again, for another stub'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from exe" -f -a "extract" -d 'Take the component out, as it was'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "diff" -d 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "check" -d 'Hold what components really import against what others export, or against a world'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "matrix" -d 'Hold every consumer against every provider, as a table'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "record" -d 'Write down what consumers really import, in `compose.contracts.lock`'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "verify" -d 'Hold providers against all recorded consumers, without having them'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "lint" -d 'Look for faults of one contract by itself, and for what a component may do'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "rules" -d 'List the rules of contracts'
complete -c compose -n "__fish_compose_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "explain" -d 'Print the page of a rule: whom it breaks, why, what to do, with examples'
