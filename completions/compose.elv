
use builtin;
use str;

set edit:completion:arg-completer[compose] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'compose'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'compose'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand build 'Compose the inputs into one component'
            cand check 'Do everything that `build` does up to writing, and print the plan'
            cand why 'Say why something is wired, open, exported, there or unused, and why not otherwise'
            cand graph 'Draw the wiring: as text, DOT, Mermaid or JSON'
            cand inspect 'Show what is inside of any component: parts, sizes, wires, versions'
            cand run 'Run a component: its command, or one of its functions'
            cand test 'Run the cases that tell what a composition should do'
            cand serve 'Answer HTTP requests with a component'
            cand exe 'Make one executable of a component that needs nothing installed; look into such executables'
            cand init 'Write a manifest of what `build` would be given'
            cand contract 'Check contracts between teams: what changed, and what compiled components really ask of each other'
            cand explain 'Print the page of an error or warning, or of a rule of contracts'
            cand completions 'Print what a shell needs to complete this command line'
            cand man 'Print the manual page, or write all of them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;build'= {
            cand -o 'Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]'
            cand --output 'Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]'
            cand --verify 'What to validate before writing: the types and wiring, or every byte'
            cand --emit 'Also write the plan (JSON), the WIT, the text form, or a depfile; beside the output unless a path is given'
            cand --against 'Say what changes since that component was built: above all, what is asked of the host that was not'
            cand --manifest-path 'The manifest, or a document in its place [default: compose.toml here or in a folder above]'
            cand --deps 'A folder where the packages of a `.wac` document are looked up [default: deps]'
            cand --dep 'Where a package of a `.wac` document is, if not there'
            cand --root 'The component whose exports become the result''s'
            cand --offer 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root'
            cand --wire 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`'
            cand --chain 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`'
            cand --allow-import 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default'
            cand --deny-import 'Let no matching import stay open, whatever is allowed'
            cand --target 'The host the result is for'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-plan 'Leave the plan out of the component'
            cand --allow-unused 'Let a component that was named end unused'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;check'= {
            cand --against 'Say what changes since that component was built: above all, what is asked of the host that was not'
            cand --manifest-path 'The manifest, or a document in its place [default: compose.toml here or in a folder above]'
            cand --deps 'A folder where the packages of a `.wac` document are looked up [default: deps]'
            cand --dep 'Where a package of a `.wac` document is, if not there'
            cand --root 'The component whose exports become the result''s'
            cand --offer 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root'
            cand --wire 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`'
            cand --chain 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`'
            cand --allow-import 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default'
            cand --deny-import 'Let no matching import stay open, whatever is allowed'
            cand --target 'The host the result is for'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --allow-unused 'Let a component that was named end unused'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;why'= {
            cand --not 'Ask why that instance or component does not fill the import'
            cand --manifest-path 'The manifest, or a document in its place [default: compose.toml here or in a folder above]'
            cand --deps 'A folder where the packages of a `.wac` document are looked up [default: deps]'
            cand --dep 'Where a package of a `.wac` document is, if not there'
            cand --root 'The component whose exports become the result''s'
            cand --offer 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root'
            cand --wire 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`'
            cand --chain 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`'
            cand --allow-import 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default'
            cand --deny-import 'Let no matching import stay open, whatever is allowed'
            cand --target 'The host the result is for'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --allow-unused 'Let a component that was named end unused'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;graph'= {
            cand --format 'The form of the picture [default: tree; json with --message-format json]'
            cand --artifact 'Draw a finished component instead, by whomever it was composed; `-` is standard input'
            cand --manifest-path 'The manifest, or a document in its place [default: compose.toml here or in a folder above]'
            cand --deps 'A folder where the packages of a `.wac` document are looked up [default: deps]'
            cand --dep 'Where a package of a `.wac` document is, if not there'
            cand --root 'The component whose exports become the result''s'
            cand --offer 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root'
            cand --wire 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`'
            cand --chain 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`'
            cand --allow-import 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default'
            cand --deny-import 'Let no matching import stay open, whatever is allowed'
            cand --target 'The host the result is for'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --allow-unused 'Let a component that was named end unused'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;inspect'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;run'= {
            cand --manifest-path 'The manifest, in the place of FILE'
            cand --invoke 'Call a function with WAVE values, `ns:pkg/iface.func(1, {name: "x"})`, instead of running a command; repeat it for more calls of one instance'
            cand --script 'Make the calls of a script, one a line (`$b = bucket.new("a")`, `$b.get("k")`, `drop $b`); `-` is standard input, and a pipe will do'
            cand --trace 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers'
            cand --dir 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)'
            cand --env 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here'
            cand --net 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port'
            cand --http 'Let it send HTTP requests to a server'
            cand --config 'Tell it a value by `wasi:config`'
            cand --keyvalue 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty'
            cand --shut 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting'
            cand --limit 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Build and compile everything again, whatever earlier runs left'
            cand --stdin 'Let it read this process''s standard input'
            cand --inherit-stdio 'Let it read this process''s standard input'
            cand --json 'Print results as JSON, one a line'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;test'= {
            cand --manifest-path 'The manifest'
            cand --filter 'Run only cases with this in their name'
            cand -j 'Run so many cases at once [default: one a processor]'
            cand --jobs 'Run so many cases at once [default: one a processor]'
            cand --repeat 'Run each case so often; one that passes and fails is told'
            cand --trace 'Show the calls between the instances inside, as a tree, or write them to FILE for trace viewers'
            cand --report 'The form of the report, and a file for it: human, json, junit, github. May be given several times'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Build and compile everything again, whatever earlier runs left'
            cand --fail-fast 'Run nothing more once a case has failed'
            cand --accept 'Take what comes as the snapshots from now on'
            cand --record 'Send requests to the servers that are granted, and record what they answer'
            cand --differential 'Run each case on the composition and on its pieces: both must do the same'
            cand --times 'Tell how long each case took'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;serve'= {
            cand --manifest-path 'The manifest, in the place of FILE'
            cand --addr 'Where to listen: `IP:PORT`, or `PORT` on the loopback; port 0 is any free one'
            cand --concurrency 'Requests that are answered at once'
            cand --queue 'Requests that wait beyond those; what comes then is turned away (503)'
            cand --connections 'Connections that are open at once'
            cand --reuse 'Requests that one instance answers [default: 1 for a handler of 0.2, 128 for one of 0.3]'
            cand --threads 'Threads [default: one for each processor]'
            cand --max-body 'The largest body of a request (413 beyond)'
            cand --max-head 'The largest head of a request (431 beyond)'
            cand --head-time 'How long the head of a request may take to arrive (408 beyond)'
            cand --stall-time 'How long a client may neither send nor take a byte of a body'
            cand --keep-alive 'How long a connection stays open without a request'
            cand --grace 'How long requests that have begun may take once the server is told to stop'
            cand --access-log 'The form of the line for each request on standard error [default: human, with `--quiet` none]'
            cand --dir 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)'
            cand --env 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here'
            cand --net 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port'
            cand --http 'Let it send HTTP requests to a server'
            cand --config 'Tell it a value by `wasi:config`'
            cand --keyvalue 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty'
            cand --shut 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting'
            cand --limit 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Build and compile everything again, whatever earlier runs left'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;exe'= {
            cand --manifest-path 'The manifest, in the place of FILE'
            cand -o 'Where to write the executable [default: target/compose/NAME]'
            cand --output 'Where to write the executable [default: target/compose/NAME]'
            cand --addr 'Let it serve HTTP at that address, until it is told another when it starts; port 0 is any free one [default: 127.0.0.1:8080, of what has no command]'
            cand --access-log 'The line on standard error for each request that it will serve [default: none]'
            cand --stub 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]'
            cand --target 'The system and processor it is for [default: those of the stub]'
            cand --dir 'Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as without)'
            cand --env 'Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here'
            cand --net 'Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port'
            cand --http 'Let it send HTTP requests to a server'
            cand --config 'Tell it a value by `wasi:config`'
            cand --keyvalue 'Give it key-value buckets in memory, with values in them or (`--keyvalue ''''`) empty'
            cand --shut 'Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting'
            cand --limit 'How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can be `none`, as `memory=none`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Build and compile everything again, whatever earlier runs left'
            cand --portable 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
            cand inspect 'Show what is inside: the component, what it is given, the engine, sizes'
            cand verify 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
            cand upgrade 'Compile the component inside again, for another stub'
            cand extract 'Take the component out, as it was'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;exe;inspect'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;exe;verify'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;exe;upgrade'= {
            cand -o 'Where to write the new one [default: in the place of the old one]'
            cand --output 'Where to write the new one [default: in the place of the old one]'
            cand --stub 'The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]'
            cand --target 'The system and processor it is for [default: those of the stub]'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --portable 'Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made executable'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;exe;extract'= {
            cand -o 'Where to write the component; `-` is standard output'
            cand --output 'Where to write the component; `-` is standard output'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;exe;help'= {
            cand inspect 'Show what is inside: the component, what it is given, the engine, sizes'
            cand verify 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
            cand upgrade 'Compile the component inside again, for another stub'
            cand extract 'Take the component out, as it was'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;exe;help;inspect'= {
        }
        &'compose;exe;help;verify'= {
        }
        &'compose;exe;help;upgrade'= {
        }
        &'compose;exe;help;extract'= {
        }
        &'compose;exe;help;help'= {
        }
        &'compose;init'= {
            cand --from 'Say what a `.wac` document says, or a configuration of `wasm-tools compose` (YAML)'
            cand --root-file 'The root that a configuration is for [default: `root.wasm` or `root.wat` where it looks for components]'
            cand -o 'Where to write the manifest; `-` is standard output [default: compose.toml]'
            cand --output 'Where to write the manifest; `-` is standard output [default: compose.toml]'
            cand --deps 'A folder where the packages of a `.wac` document are looked up [default: deps]'
            cand --dep 'Where a package of a `.wac` document is, if not there'
            cand --root 'The component whose exports become the result''s'
            cand --offer 'A folder whose components may be used; those not needed are left out in silence. Without components or a manifest, `--root` says which of them is the root'
            cand --wire 'Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`'
            cand --chain 'Put middleware around an interface, the outermost first: `IFACE=a,b,c`'
            cand --allow-import 'Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default'
            cand --deny-import 'Let no matching import stay open, whatever is allowed'
            cand --target 'The host the result is for'
            cand --manifest-path 'The manifest, or a document in its place [default: compose.toml here or in a folder above]'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --force 'Replace a manifest that is there'
            cand --allow-unused 'Let a component that was named end unused'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract'= {
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
            cand diff 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
            cand check 'Hold what components really import against what others export, or against a world'
            cand matrix 'Hold every consumer against every provider, as a table'
            cand record 'Write down what consumers really import, in `compose.contracts.lock`'
            cand verify 'Hold providers against all recorded consumers, without having them'
            cand lint 'Look for faults of one contract by itself, and for what a component may do'
            cand rules 'List the rules of contracts'
            cand explain 'Print the page of a rule: whom it breaks, why, what to do, with examples'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;contract;diff'= {
            cand --against 'Versions before OLD, for modes that are transitive'
            cand --mode 'Who must not be broken: old compiled consumers with the new provider (backward), new consumers with the old provider (forward), or both (full); by OLD, or by all versions before (…-transitive). Without it, the versions decide'
            cand --implemented 'Interfaces that others implement, so that what is added there breaks them: `acme:plugin/*`'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --report 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --allow-missing 'Take a side that is not there (a contract that was not there yet, or no longer is) for an empty one: everything is added, or everything is removed'
            cand --no-witness 'Trust the rules without linking components to prove them'
            cand --no-cache 'Validate every component again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;check'= {
            cand --world 'Hold each component against a world instead: a WIT file or folder, and which of its worlds'
            cand --allow-import 'What the host has besides the world: an interface, `ns:pkg/*` or `ns:*`'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --report 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;matrix'= {
            cand --consumer 'Components that import'
            cand --provider 'Components that export; WIT packages and folders offer what they describe'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --report 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;record'= {
            cand --retire 'Take a consumer out that no longer exists'
            cand --lock 'The lock [default: `lock` of the configuration, else compose.contracts.lock]'
            cand --environment 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --all 'Record imports of `wasi:*` too: they are left to the host otherwise, since no team answers for them'
            cand --check 'Write nothing; fail if the lock is not what would be written'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;verify'= {
            cand --allow-import 'What the host has besides `wasi:*`: an interface, `ns:pkg/*` or `ns:*`'
            cand --lock 'The lock [default: `lock` of the configuration, else compose.contracts.lock]'
            cand --environment 'The recordings of this environment alone, apart from all others: what is written, or what is held against [default: `environment` of the configuration]'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --report 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --part 'These are not all that is deployed: what none of them has is no matter, as it is for a single provider'
            cand --whole 'This is all that is deployed, though it is a single provider'
            cand --no-cache 'Validate every input again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;lint'= {
            cand --component 'A component that is to be held against a world of the contract: what it asks for, and what it has no need of'
            cand --world 'The world that the component is held against, if the contract has several'
            cand --remote 'Interfaces that may be reached over a network: `acme:kv`, `acme:kv/store`, `acme:*`'
            cand --allow-capability 'Capabilities that components may have: `wasi:sockets/*`'
            cand --config 'What counts as bad: a file with `[contracts]` [default: contracts.toml, or compose.toml, here or in a folder above]'
            cand --report 'The form of the report, and a file for it: human, short, json, sarif, junit, github, markdown. May be given several times'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --pedantic 'Ask rules of taste too'
            cand --no-cache 'Validate every component again, whatever earlier runs found out'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;rules'= {
            cand --area 'Only the rules about this: function, record, world-import, remote-link, …'
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --json 'One JSON object a line, with everything; the same as --message-format json'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;explain'= {
            cand --deny 'Make errors of all `warnings`'
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;contract;help'= {
            cand diff 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
            cand check 'Hold what components really import against what others export, or against a world'
            cand matrix 'Hold every consumer against every provider, as a table'
            cand record 'Write down what consumers really import, in `compose.contracts.lock`'
            cand verify 'Hold providers against all recorded consumers, without having them'
            cand lint 'Look for faults of one contract by itself, and for what a component may do'
            cand rules 'List the rules of contracts'
            cand explain 'Print the page of a rule: whom it breaks, why, what to do, with examples'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;contract;help;diff'= {
        }
        &'compose;contract;help;check'= {
        }
        &'compose;contract;help;matrix'= {
        }
        &'compose;contract;help;record'= {
        }
        &'compose;contract;help;verify'= {
        }
        &'compose;contract;help;lint'= {
        }
        &'compose;contract;help;rules'= {
        }
        &'compose;contract;help;explain'= {
        }
        &'compose;contract;help;help'= {
        }
        &'compose;explain'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand --list 'List every code'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'compose;completions'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;man'= {
            cand -C 'Work as if started in that folder'
            cand --message-format 'The form of errors and warnings'
            cand --deny 'Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)'
            cand --color 'Colours: only on a terminal (and without NO_COLOR), or as told'
            cand -q 'Say nothing but errors'
            cand --quiet 'Say nothing but errors'
            cand -v 'Say more: reasons, what was rejected, and how long each stage took'
            cand --verbose 'Say more: reasons, what was rejected, and how long each stage took'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'compose;help'= {
            cand build 'Compose the inputs into one component'
            cand check 'Do everything that `build` does up to writing, and print the plan'
            cand why 'Say why something is wired, open, exported, there or unused, and why not otherwise'
            cand graph 'Draw the wiring: as text, DOT, Mermaid or JSON'
            cand inspect 'Show what is inside of any component: parts, sizes, wires, versions'
            cand run 'Run a component: its command, or one of its functions'
            cand test 'Run the cases that tell what a composition should do'
            cand serve 'Answer HTTP requests with a component'
            cand exe 'Make one executable of a component that needs nothing installed; look into such executables'
            cand init 'Write a manifest of what `build` would be given'
            cand contract 'Check contracts between teams: what changed, and what compiled components really ask of each other'
            cand explain 'Print the page of an error or warning, or of a rule of contracts'
            cand completions 'Print what a shell needs to complete this command line'
            cand man 'Print the manual page, or write all of them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'compose;help;build'= {
        }
        &'compose;help;check'= {
        }
        &'compose;help;why'= {
        }
        &'compose;help;graph'= {
        }
        &'compose;help;inspect'= {
        }
        &'compose;help;run'= {
        }
        &'compose;help;test'= {
        }
        &'compose;help;serve'= {
        }
        &'compose;help;exe'= {
            cand inspect 'Show what is inside: the component, what it is given, the engine, sizes'
            cand verify 'Look at every byte: is it as it was made, is its stub changed, or is it damaged?'
            cand upgrade 'Compile the component inside again, for another stub'
            cand extract 'Take the component out, as it was'
        }
        &'compose;help;exe;inspect'= {
        }
        &'compose;help;exe;verify'= {
        }
        &'compose;help;exe;upgrade'= {
        }
        &'compose;help;exe;extract'= {
        }
        &'compose;help;init'= {
        }
        &'compose;help;contract'= {
            cand diff 'Compare two versions of a contract: what changed, whom it breaks, which version it asks for'
            cand check 'Hold what components really import against what others export, or against a world'
            cand matrix 'Hold every consumer against every provider, as a table'
            cand record 'Write down what consumers really import, in `compose.contracts.lock`'
            cand verify 'Hold providers against all recorded consumers, without having them'
            cand lint 'Look for faults of one contract by itself, and for what a component may do'
            cand rules 'List the rules of contracts'
            cand explain 'Print the page of a rule: whom it breaks, why, what to do, with examples'
        }
        &'compose;help;contract;diff'= {
        }
        &'compose;help;contract;check'= {
        }
        &'compose;help;contract;matrix'= {
        }
        &'compose;help;contract;record'= {
        }
        &'compose;help;contract;verify'= {
        }
        &'compose;help;contract;lint'= {
        }
        &'compose;help;contract;rules'= {
        }
        &'compose;help;contract;explain'= {
        }
        &'compose;help;explain'= {
        }
        &'compose;help;completions'= {
        }
        &'compose;help;man'= {
        }
        &'compose;help;help'= {
        }
    ]
    $completions[$command]
}
