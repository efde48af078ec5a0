#!/usr/bin/env python3
"""Compare `compose build` with `wac compose` and `cat` on the same inputs, in one run.

Every command is run in turn (A B C, A B C, …), so a machine that changes its speed changes it for all. Figures are the
operating system's own accounting of each finished process. Prints a Markdown table with medians and ratios. "First time"
begins each run with an empty cache, "again" finds what the run before has left.

    tests/bench/compare.py [--runs N] [--graphs chain:100 …] [--offer N] [--large A.wasm B.wasm]

Needs a release build of compose. `wac` is taken from $WAC or the PATH; where it is not, it is installed below `target/`.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


PEERS = os.path.join(ROOT, "target", "peers")
FIRST, AGAIN = "compose, first time", "compose, again"


def peer():
    """The other tool, installed if it is not here."""
    wac = os.environ.get("WAC") or shutil.which("wac") or os.path.join(PEERS, "bin", "wac")
    if not os.path.exists(wac):
        subprocess.run(["cargo", "install", "wac-cli", "--version", "0.12.0", "--locked", "--root", PEERS], check=True)
    return wac


def run(command, cwd, forget):
    """Runs one command, with nothing remembered if told; user+system seconds, wall seconds, peak memory in MB."""
    # A new folder for each first time: to reuse the inodes of files that were just removed costs ext4 more than the build.
    cache = tempfile.mkdtemp(dir=cwd) if forget else os.path.join(cwd, "remembered")
    with open(os.devnull, "wb") as null:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=cwd, stdout=null, stderr=subprocess.PIPE, env={**os.environ, "COMPOSE_CACHE": cache})
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} failed:\n{errors.decode()}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def compare(title, commands, cwd, runs):
    figures = {name: [] for name, _ in commands}
    for name, command in commands:
        run(command, cwd, name == FIRST)
    for _ in range(runs):
        for name, command in commands:
            figures[name].append(run(command, cwd, name == FIRST))
    print(f"\n### {title}\n")
    print("| command | CPU s | wall s | peak MB | CPU ÷ wac | wall ÷ wac | memory ÷ wac |")
    print("|---|---|---|---|---|---|---|")
    for name, _ in commands:
        medians = [statistics.median(run[i] for run in figures[name]) for i in range(3)]
        ratios = [
            statistics.median(mine[i] / theirs[i] if theirs[i] else float("nan") for mine, theirs in zip(figures[name], figures.get("wac", figures[name])))
            for i in range(3)
        ]
        print(
            f"| {name} | {medians[0]:.3f} | {medians[1]:.3f} | {medians[2]:.1f} |"
            f" {ratios[0]:.2f} | {ratios[1]:.2f} | {ratios[2]:.2f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--large", nargs="*", default=[], help="components, the first needing interfaces of the others")
    parser.add_argument("--graphs", nargs="*", default=["chain:100", "chain:250", "star:100", "diamond:100", "wide:100"])
    parser.add_argument("--offer", type=int, default=5000, help="components on offer, of which ten are used; 0: none")
    options = parser.parse_args()
    compose = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release", "compose")
    if not os.path.exists(compose):
        sys.exit("needs a release build of compose: cargo build --release --bin compose --example bench-graphs")
    wac = peer()
    graphs = ["cargo", "run", "--quiet", "--release", "--example", "bench-graphs", "--"]
    with tempfile.TemporaryDirectory() as folder:
        for graph in options.graphs:
            shape, count = graph.split(":")
            count = int(count)
            place = os.path.join(folder, f"{shape}{count}")
            subprocess.run([*graphs, shape, str(count), place], cwd=ROOT, check=True)
            inputs = [f"c{index}.wasm" for index in range(count)]
            size = sum(os.path.getsize(os.path.join(place, name)) for name in inputs) / 1e6
            commands = [
                (FIRST, [compose, "build", *inputs, "-o", "out.wasm"]),
                (AGAIN, [compose, "build", *inputs, "-o", "again.wasm"]),
                ("wac", [wac, "compose", "app.wac", "-o", "wac.wasm"]),
                ("cat", ["sh", "-c", f"cat {' '.join(inputs)} > cat.out"]),
            ]
            compare(f"{shape} of {count} small components ({size:.2f} MB in)", commands, place, options.runs)
        if options.offer:
            place = os.path.join(folder, "offer")
            subprocess.run([*graphs, "offer", str(options.offer), place], cwd=ROOT, check=True)
            commands = [(name, [compose, "build", "--offer", "offer", "--root", "c0", "-o", "out.wasm"]) for name in (FIRST, AGAIN)]
            compare(f"{options.offer} components on offer, ten used", commands, folder, options.runs)
        if options.large:
            inputs = [os.path.abspath(name) for name in options.large]
            size = sum(os.path.getsize(name) for name in inputs) / 1e6
            plugs = [word for name in inputs[1:] for word in ("--plug", name)]
            commands = [
                (FIRST, [compose, "build", *inputs, "-o", "out.wasm"]),
                (AGAIN, [compose, "build", *inputs, "-o", "again.wasm"]),
                ("wac", [wac, "plug", inputs[0], *plugs, "-o", "wac.wasm"]),
                ("cat", ["sh", "-c", f"cat {' '.join(inputs)} > cat.out"]),
            ]
            compare(f"{len(inputs)} large components ({size:.1f} MB in)", commands, folder, options.runs)


main()
