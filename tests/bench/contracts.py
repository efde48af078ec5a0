#!/usr/bin/env python3
"""Time `compose contract` on large contracts, beside what else judges WIT, in one run.

Two packages of 200 interfaces: with one function added to each (which `wasm-tools component semver-check` judges too, with a
yes or no), and with five kinds of change in each. Then a matrix of 100 consumers and 100 providers. Every command is run in
turn, so a machine that changes its speed changes it for all. Prints a Markdown table of medians.

    tests/bench/contracts.py [--runs N] [--interfaces N] [--components N]

Needs a release build: cargo build --release --bin compose --example bench-graphs. `wasm-tools` is taken from $WASM_TOOLS or the
PATH; without it that row is left out.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def run(command, cwd, expected):
    """User+system seconds, wall seconds, peak memory in MB."""
    with open(os.devnull, "wb") as null:
        start = time.monotonic()
        cache = tempfile.mkdtemp(dir=cwd)
        child = subprocess.Popen(command, cwd=cwd, stdout=null, stderr=null, env={**os.environ, "COMPOSE_CACHE": cache})
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in expected:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--interfaces", type=int, default=200)
    parser.add_argument("--components", type=int, default=100)
    options = parser.parse_args()
    release = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release")
    compose, graphs = os.path.join(release, "compose"), os.path.join(release, "examples", "bench-graphs")
    if not (os.path.exists(compose) and os.path.exists(graphs)):
        sys.exit("needs a release build: cargo build --release --bin compose --example bench-graphs")
    tools = os.environ.get("WASM_TOOLS") or shutil.which("wasm-tools")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([graphs, "contracts", str(options.interfaces), folder], check=True)
        subprocess.run([graphs, "matrix", str(options.components), folder], check=True)
        parts = {letter: [f"{letter}{index}.wasm" for index in range(options.components)] for letter in "cp"}
        several = lambda option, letter: [word for name in parts[letter] for word in (option, name)]
        diff = [compose, "contract", "diff"]
        commands = [
            ("diff, a function added to each, without witnesses", [*diff, "old.wit", "added.wit", "--no-witness"], [0, 1]),
            ("the same with witnesses", [*diff, "old.wit", "added.wit"], [0, 1]),
            ("diff, five changes in each, without witnesses", [*diff, "old.wit", "changed.wit", "--no-witness"], [0, 1]),
            ("the same with witnesses", [*diff, "old.wit", "changed.wit"], [0, 1]),
            ("diff, each interface uses the one before, with witnesses", [*diff, "chain.wit", "chain2.wit"], [0, 1]),
            ("matrix", [compose, "contract", "matrix", *several("--consumer", "c"), *several("--provider", "p")], [0, 1]),
        ]
        if tools:
            semver = [tools, "component", "semver-check", "both.wit", "--prev", "prev", "--new", "new"]
            commands.insert(0, ("`wasm-tools component semver-check`, a function added to each", semver, [0]))
        figures = [[] for _ in commands]
        for _ in range(options.runs + 1):
            for (_, command, expected), row in zip(commands, figures):
                row.append(run(command, folder, expected))
    print(f"| {options.interfaces} interfaces; {options.components} x {options.components} components | CPU s | wall s | peak MB |")
    print("|---|---|---|---|")
    for (title, *_), row in zip(commands, figures):
        cpu, wall, peak = (statistics.median(figure[i] for figure in row[1:]) for i in range(3))
        print(f"| {title} | {cpu:.3f} | {wall:.3f} | {peak:.1f} |")


if __name__ == "__main__":
    main()
