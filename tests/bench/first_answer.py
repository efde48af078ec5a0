#!/usr/bin/env python3
"""From the start of a process to the end of the first answer of an HTTP server on the loopback.

    first_answer.py RUNS PATH NAME=COMMAND [NAME=COMMAND ...]

Each COMMAND is a server that is told an address by `{addr}`; as an executable of `compose exe` takes it, as `compose serve` or
`wasmtime serve` do. They are started in turns, asked for PATH as soon as they listen, and stopped. Prints the least and the median
time of each in milliseconds.
"""
import os
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import time


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def first(command, path):
    port = free_port()
    words = shlex.split(command.replace("{addr}", f"127.0.0.1:{port}"))
    request = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode()
    begun = time.perf_counter()
    environment = {name: os.environ[name] for name in ("HOME", "COMPOSE_CACHE") if name in os.environ}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, env=environment)
    try:
        while True:
            try:
                stream = socket.create_connection(("127.0.0.1", port), 10)
                break
            except ConnectionRefusedError:
                if server.poll() is not None or time.perf_counter() - begun > 20:
                    sys.exit(f"{command} does not listen")
                time.sleep(0.0001)
        with stream:
            stream.sendall(request)
            answer = b""
            while piece := stream.recv(1 << 16):
                answer += piece
        taken = (time.perf_counter() - begun) * 1000
        if not answer.startswith(b"HTTP/1.1 200"):
            sys.exit(f"{command} answers {answer[:80]!r}")
        return taken
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    runs, path = int(sys.argv[1]), sys.argv[2]
    commands = dict(word.split("=", 1) for word in sys.argv[3:])
    times = {name: [] for name in commands}
    for run in range(-2, runs):
        for name in list(commands)[:: 1 if run % 2 else -1]:
            taken = first(commands[name], path)
            if run >= 0:
                times[name].append(taken)
    for name, taken in times.items():
        print(f"{name:<10} min {min(taken):7.2f}  median {statistics.median(taken):7.2f}")


if __name__ == "__main__":
    main()
