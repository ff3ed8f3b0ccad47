"""The transport beside the stock driver: CPU per acknowledged answer, per sent message, memory per connection.

    python tests/bench/transport.py [--clients 1000] [--rounds 10] [--stock]

Raw clients in this process, the server in another; its CPU is read from /proc, kernel time included, idle time
subtracted. No database, no rules: `answer` is acknowledged at once.
"""

import argparse
import selectors
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "tests/app/live")]

from raw_socket import EchoServer, Raw, text  # noqa: E402

ANSWER = text('42/live,1["answer",{"no":3,"choice":"k3f9","id":"abcdefgh-1"}]')
SHOUT = text('42/live,["shout",{"count":1,"size":1400,"to":"hall"}]')


def gather(selector: selectors.BaseSelector, count: int, ends: list[bytes]) -> list[float]:
    """Read until `count` clients have got a message with each of `ends`; return when each was complete."""
    missing: dict[object, int] = {}
    done: list[float] = []
    while len(done) < count:
        for key, _ in selector.select(10):
            data = key.fileobj.recv(262144)
            client = key.data
            client.rest = client.rest[-40:] + data
            seen = sum(client.rest.count(end) for end in ends)
            if seen and client not in missing:
                missing[client] = 1
                done.append(time.perf_counter())
    return done


def measure(stock: bool, clients: int, rounds: int) -> dict[str, float]:
    with EchoServer(*(["--stock"] if stock else [])) as server:
        with Raw(server.port).join() as first:
            first.ask("answer", {"no": 1})
        base, cpu = server.memory(), server.cpu()
        phones = [Raw(server.port).join() for _ in range(clients)]
        result = {"connect_us": (server.cpu() - cpu) / clients * 1e6}
        time.sleep(2)
        result["idle_kb"] = (server.memory() - base) / clients / 1024
        selector = selectors.DefaultSelector()
        for phone in phones:
            phone.sock.setblocking(False)
            selector.register(phone.sock, selectors.EVENT_READ, phone)
        idle = server.cpu()
        time.sleep(2)
        idle = (server.cpu() - idle) / 2

        def timed(act, count: int) -> tuple[float, list[float]]:
            for phone in phones:
                phone.rest = b""
            start, cpu = time.perf_counter(), server.cpu()
            act()
            times = [at - start for at in gather(selector, count, [b"43/live,1[", b"0:xxx"])]
            time.sleep(0.3)
            used = server.cpu() - cpu - idle * (time.perf_counter() - start)
            return used, sorted(times)

        def everybody_answers() -> None:
            for phone in phones:
                phone.sock.send(ANSWER)

        used, waits = 0.0, []
        for _ in range(rounds):
            cpu, times = timed(everybody_answers, clients)
            used += cpu
            waits += times
        waits.sort()
        result["ack_us"] = used / rounds / clients * 1e6
        result["ack_p50_ms"] = waits[len(waits) // 2] * 1000
        result["ack_p99_ms"] = waits[len(waits) * 99 // 100] * 1000
        used, last = 0.0, 0.0
        for _ in range(rounds):
            cpu, times = timed(lambda: phones[0].sock.send(SHOUT), clients)
            used += cpu
            last = max(last, times[-1])
        result["send_us"] = used / rounds / clients * 1e6
        result["fan_out_ms"] = last * 1000
        result["busy_kb"] = (server.memory() - base) / clients / 1024
        for phone in phones:
            phone.sock.close()
        return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--stock", action="store_true", help="measure the stock driver too")
    options = parser.parse_args()
    for stock in (True, False) if options.stock else (False,):
        figures = measure(stock, options.clients, options.rounds)
        print("stock:   " if stock else "hardened:", "  ".join(f"{k} {v:.1f}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
