#!/usr/bin/env python3
"""From the start of a process to its end: an executable of `compose exe`, and `wasmtime run --allow-precompiled`.

    exe.py APP WASMTIME IMAGE [RUNS]

APP is an executable that `compose exe` made of a component with a thin stub, IMAGE what `wasmtime compile` made of the same
component. All are run in turn, so that what else the machine does meets all alike; `true` is what any process costs.
Prints the least and the median time of each in milliseconds, and the ratio of the medians.
"""
import os
import statistics
import subprocess
import sys
import time


def took(command):
    begun = time.perf_counter()
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env={}, check=False).returncode
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}")
    return (time.perf_counter() - begun) * 1000


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    app, wasmtime, image = (os.path.abspath(path) for path in sys.argv[1:4])
    runs = int(sys.argv[4]) if len(sys.argv) == 5 else 300
    commands = {
        "true": ["/bin/true"],
        "exe": [app],
        "wasmtime": [wasmtime, "run", "--allow-precompiled", image],
    }
    times = {name: [] for name in commands}
    for run in range(runs + 5):
        for name, command in commands.items():
            taken = took(command)
            if run >= 5:
                times[name].append(taken)
    for name, taken in times.items():
        print(f"{name:<10} min {min(taken):7.2f}  median {statistics.median(taken):7.2f}")
    ratio = statistics.median(times["exe"]) / statistics.median(times["wasmtime"])
    print(f"exe / wasmtime: {ratio:.2f} of {runs} runs each; size of the executable: {os.path.getsize(app)} bytes")


if __name__ == "__main__":
    main()
