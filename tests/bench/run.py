#!/usr/bin/env python3
"""From the start of a process to its end: `compose run` and `wasmtime run`, both with a warm cache of what they compiled.

    run.py COMPOSE WASMTIME COMPONENT [RUNS] [-- ARGS]

`wasmtime` should be of the version that is built in; its cache is asked for, as it has none by itself. What the component asks
for is shut (ours) or not given (theirs); it has to end well without. The two are run in turns, A B and then B A, so that what else
the machine does meets both alike; `true` is what any process costs. Prints the least and the median time of each in milliseconds,
and the median of the ratios.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time


def took(command, environment):
    begun = time.perf_counter()
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {ran.returncode}")
    return (time.perf_counter() - begun) * 1000


def main():
    words, args = sys.argv[1:], []
    if "--" in words:
        at = words.index("--")
        words, args = words[:at], words[at + 1 :]
    if len(words) not in (3, 4):
        sys.exit(__doc__)
    compose, wasmtime, component = (os.path.abspath(path) for path in words[:3])
    runs = int(words[3]) if len(words) == 4 else 101
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "cache.toml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f'[cache]\ndirectory = "{folder}/theirs"\n')
        environment = {"COMPOSE_CACHE": os.path.join(folder, "ours"), "HOME": folder}
        commands = {
            "true": ["/bin/true"],
            "compose": [compose, "run", component, "--"] + args,
            "wasmtime": [wasmtime, "run", "-C", f"cache,cache-config={config}", component] + args,
        }
        times = {name: [] for name in commands}
        for run in range(-5, runs):
            for name in list(commands)[:: 1 if run % 2 else -1]:
                taken = took(commands[name], environment)
                if run >= 0:
                    times[name].append(taken)
    for name, taken in times.items():
        print(f"{name:<10} min {min(taken):7.2f}  median {statistics.median(taken):7.2f}")
    ratio = statistics.median(ours / theirs for ours, theirs in zip(times["compose"], times["wasmtime"]))
    print(f"compose / wasmtime: {ratio:.2f} of {runs} runs each")


if __name__ == "__main__":
    main()
