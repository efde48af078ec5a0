#!/usr/bin/env python3
"""Compare `compose serve` with `wasmtime serve` on the same component, over the loopback, in one run.

Both servers run the whole time, and take turns at being asked (A B, B A, …), so a machine that changes its speed changes it for
both. The client is `wrk` where there is one, else a small one of our own, which is slower than either server and says so. Prints
a Markdown table with medians and ratios.

    tests/bench/serve.py --compose target/release/compose --wasmtime wasmtime APP.wasm [--path /] [--rounds 7]
                         [--seconds 3] [--connections 16] [--access-log none]

`wasmtime` should be of the version that is built in. Requests are bounded: rounds × seconds for each server, and one warm-up.
"""
import argparse, multiprocessing, os, re, shutil, signal, socket, statistics, subprocess, sys, time


def start(command, stream):
    """A server and its port, told on that stream."""
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: subprocess.PIPE}
    server = subprocess.Popen(command, **pipes)
    line = getattr(server, stream).readline().decode()
    found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
    if not found:
        server.kill()
        sys.exit(f"{' '.join(command)} does not listen: {line}")
    # What it says from now on is read by nobody, and must not stop it.
    sink = multiprocessing.Process(target=drain, args=(getattr(server, stream).fileno(),), daemon=True)
    sink.start()
    return server, int(found[1])


def drain(fd):
    while os.read(fd, 1 << 16):
        pass


def by_wrk(wrk, port, path, seconds, connections):
    command = [wrk, "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds * 4 + 30).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"not every request was answered:\n{said}")
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def by_hand(port, path, seconds, connections):
    """Throughput and p99 in ms by one process for each connection, at most four."""
    with multiprocessing.Pool(min(connections, 4)) as pool:
        times = sum(pool.starmap(ask, [(port, path, seconds)] * min(connections, 4)), [])
    return len(times) / seconds, statistics.quantiles(times, n=100)[98] * 1e3


def ask(port, path, seconds):
    request = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()
    times, end = [], time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port), 10) as stream:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < end:
            began = time.perf_counter()
            stream.sendall(request)
            answer = b""
            while not whole(answer):
                piece = stream.recv(1 << 16)
                if not piece:
                    sys.exit("a connection was closed")
                answer += piece
            times.append(time.perf_counter() - began)
    return times


def whole(answer):
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("app")
    parser.add_argument("--compose", required=True)
    parser.add_argument("--wasmtime", required=True)
    parser.add_argument("--path", default="/")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--access-log", default="none", choices=["none", "human", "json"])
    parser.add_argument("--grant", action="append", default=[], help="a word for `compose serve`, as --grant=--shut=http")
    options = parser.parse_args()
    wrk = shutil.which("wrk")
    measure = (lambda *args: by_wrk(wrk, *args)) if wrk else by_hand
    if not wrk:
        print("no `wrk` on the PATH: the client is our own, and slower than the servers")
    compose = [options.compose, "serve", options.app, "--addr", "127.0.0.1:0", "--access-log", options.access_log]
    wasmtime = [options.wasmtime, "serve", "-Scli", "-Shttp", "--addr", "127.0.0.1:0", options.app]
    servers = {}
    try:
        servers["compose"] = start(compose + options.grant, "stdout")
        servers["wasmtime"] = start(wasmtime, "stderr")
        asked = lambda name: measure(servers[name][1], options.path, options.seconds, options.connections)
        figures = {name: [] for name in servers}
        for name in servers:
            measure(servers[name][1], options.path, 1, options.connections)
        for turn in range(options.rounds):
            for name in list(servers)[:: 1 if turn % 2 else -1]:
                figures[name].append(asked(name))
    finally:
        for server, _ in servers.values():
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
    print(f"\n`{options.path}`, {options.connections} connections, {options.rounds} × {options.seconds} s\n")
    print("| server | requests/s | p99 ms |\n|---|---|---|")
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    for name, (rate, p99) in medians.items():
        print(f"| {name} | {rate:.0f} | {p99:.2f} |")
    pairs = list(zip(figures["compose"], figures["wasmtime"]))
    rate, p99 = (statistics.median(mine[i] / theirs[i] for mine, theirs in pairs) for i in (0, 1))
    print(f"| compose ÷ wasmtime | {rate:.2f} | {p99:.2f} |")


if __name__ == "__main__":
    main()
