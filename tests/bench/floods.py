#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""floods.py BUILD [WORDS]: what floods of strangers cost the real server and those who use it meanwhile.

One line for each flood whose name begins with a word: what others waited for /health/live beside it (median and longest), the
server's own memory at its highest and afterwards, and its descriptors before and after. Figures count within one run."""
import os
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ["MH_BUILD"] = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
sys.path.insert(0, os.path.join(HERE, "..", "net"))
import wire  # noqa: E402

MIB = 1 << 20
VISITS = int(os.environ.get("MAHIMA_VISITS", "20000"))


class Others:
    """Somebody who asks twenty times a second while a flood runs, and whoever looks at the server's memory."""

    def __init__(self, server):
        self.server, self.waits, self.failed, self.highest, self.over = server, [], 0, 0, False
        self.threads = [threading.Thread(target=self.ask), threading.Thread(target=self.look)]

    def __enter__(self):
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_):
        self.over = True
        for one in self.threads:
            one.join()

    def ask(self):
        context = wire.trusting()
        while not self.over:
            begun = time.monotonic()
            try:
                with self.server.connect(source="127.0.0.99", context=context) as line:
                    line.sendall(wire.LIVE)
                    good = wire.answer(line)[0] == 200
            except OSError:
                good = False
            self.failed += not good
            self.waits.append(time.monotonic() - begun)
            time.sleep(0.05)

    def look(self):
        while not self.over:
            self.highest = max(self.highest, self.server.memory())
            time.sleep(0.05)


def pieces(server, texts, seconds=4):
    """All of these at once, each on a connection of its own that stays."""
    held = []
    def send(text):
        try:
            line = server.connect(timeout=seconds)
            held.append(line)
            line.sendall(text)
            line.recv(100)
        except OSError:
            pass
    threads = [threading.Thread(target=send, args=(text,)) for text in texts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for line in held:
        line.close()


def visits(server, token):
    """Connect, ask, read, close."""
    context = wire.trusting()
    for number in range(VISITS):
        with server.connect(source=f"127.0.1.{1 + number // 20000}", context=context) as line:
            line.sendall(wire.LIVE)
            wire.answer(line)


def strangers(server, token):
    """300 sign-ins with 3.9 of 4.1 MiB."""
    body = wire.request("POST", "/api/v1/session", body=b" " * int(3.9 * MIB), close=False, length=int(4.1 * 1000 * 1000))
    pieces(server, [body] * 300)


def heads(server, token):
    """500 heads of 60 KB that do not end, and 500 of 5,000 headers whose body does not come."""
    start = b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
    pieces(server, [start + b"X-Long: " + b"x" * 60000] * 500)
    pieces(server, [start + b"a:b\r\n" * 5000 + b"\r\n"] * 500)


def members(server, token):
    """16 orders with 250,000 members."""
    text = b"{" + b",".join(b'"m%d":1' % n for n in range(250000)) + b"}"
    pieces(server, [wire.request("POST", "/api/v1/orders", token, text, close=False)] * 16, 30)


def objects(server, token):
    """Nine anonymous bodies of many small objects."""
    text = b'{"username":[' + b",".join([b"{}"] * 1200000) + b"]}"
    pieces(server, [wire.request("POST", "/api/v1/session", None, text, close=False)] * 9, 30)


def handshakes(server, token):
    """64 clients that stop in the middle of their handshake, for five seconds."""
    held = []
    for number in range(64):
        line = server.connect(plain=True)
        line.sendall(wire.greeting() if number % 2 else wire.greeting()[:50])
        held.append(line)
    time.sleep(5)
    for line in held:
        line.close()


def pings(server, token):
    """Four live connections that send pings for five seconds as fast as they are taken."""
    end = time.monotonic() + 5
    def flood():
        line, _ = wire.websocket(server, token)
        line.settimeout(0.2)
        text = wire.frame(9) * 2000
        while line is not None and time.monotonic() < end:
            try:
                line.sendall(text)
                line.recv(1 << 20)
            except OSError:
                pass
        line.close()
    threads = [threading.Thread(target=flood) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def address(server, token):
    """6,000 connections of one address, held for five seconds."""
    held = []
    for _ in range(6000):
        try:
            held.append(server.connect(source="127.0.0.66", plain=True, timeout=2))
        except OSError:
            break
    time.sleep(5)
    for line in held:
        line.close()


FLOODS = ((visits, False), (visits, True), (strangers, False), (heads, False), (objects, False), (members, False), (handshakes, True), (pings, False),
          (address, False))


def measure(flood, tls):
    server = wire.Server(tls=tls)
    try:
        token = server.sign_in()
        time.sleep(0.5)
        before, memory = server.descriptors(), server.memory()
        with Others(server) as others:
            flood(server, token)
        after, waits = server.settled(before + 4, 5), sorted(others.waits)
        print(f"{flood.__name__ + (' over TLS' if tls else ''):20} others waited {1000 * waits[len(waits) // 2]:6.0f} ms, longest "
              f"{1000 * waits[-1]:6.0f}, refused {others.failed}/{len(waits)}; memory {memory / MIB:4.0f} MiB, highest "
              f"{others.highest / MIB:5.0f}, then {server.memory() / MIB:5.0f}; descriptors {before} -> {after}", flush=True)
    finally:
        server.close()


def main():
    import resource
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    for flood, tls in FLOODS:
        if len(sys.argv) < 3 or any(flood.__name__.startswith(word) for word in sys.argv[2:]):
            measure(flood, tls)


if __name__ == "__main__":
    main()
