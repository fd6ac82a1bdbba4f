#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers and single addresses may take of the real server: memory, handshakes, connections, pings; for whom a proxy
asks; a renewed certificate; too few open files."""
import json
import os
import resource
import signal
import ssl
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import wire  # noqa: E402

import hospital  # noqa: E402
import tap  # noqa: E402

MIB = 1 << 20


class Bodies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server()
        cls.token = cls.server.sign_in()
        cls.server.ask("GET", "/health/live")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def grown(self, lines):
        """Bytes that the server took while all of these heads were sent and half of each body."""
        before = self.server.memory()
        held = []
        for text in lines:
            line = self.server.connect()
            try:
                line.sendall(text)
            except ConnectionError:
                pass
            held.append(line)
        time.sleep(1)
        grown = self.server.memory() - before
        for line in held:
            line.close()
        self.assertEqual(self.server.ask("GET", "/health/live")[0], 200)
        return grown

    def test_strangers_with_large_bodies(self):
        body = wire.request("POST", "/api/v1/session", body=b" " * int(3.9 * MIB), close=False, length=int(4 * MIB))
        self.assertLess(self.grown([body] * 60), 40 * MIB)

    def test_people_with_large_bodies(self):
        """All of them together have a budget."""
        body = wire.request("POST", "/api/v1/catalogue/import", self.token, b" " * int(3.5 * MIB), close=False, length=4 * MIB)
        self.assertLess(self.grown([body] * 60), 200 * MIB)

    def test_many_members(self):
        for items in (b'"a%d":1', b"{}"):
            many = b",".join(items % n if b"%" in items else items for n in range(250000))
            text = (b"{%s}" if b"%" in items else b'{"items":[%s]}') % many
            status, _, told = self.server.ask("POST", "/api/v1/orders", self.token, text)
            self.assertEqual(status, 413, told)

    def test_sign_in_has_four_kibibytes(self):
        for size, wanted in ((4096, (400, 401, 422)), (4097, (413,))):
            start = b'{"username":"nobody","password":"'
            body = start + b"x" * (size - len(start) - 2) + b'"}'
            self.assertIn(self.server.ask("POST", "/api/v1/session", body=body)[0], wanted)


class Heads(unittest.TestCase):
    """What of a head is beyond four KiB counts as bodies do, and eight times, for a header costs more than its bytes."""

    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(limits="max_bodies_mib=16")
        cls.token = cls.server.sign_in()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def held(self, head, n):
        """So many of n connections with this head are still held after a second."""
        lines = []
        for _ in range(n):
            lines.append(self.server.connect())
            try:
                lines[-1].sendall(head)
            except ConnectionError:
                pass
        time.sleep(1)
        # while they are held, and the budget with them, people go on working
        self.assertEqual(self.server.ask("GET", "/api/v1/session", self.token)[0], 200)
        left = 0
        for line in lines:
            line.setblocking(False)
            try:
                left += bool(line.recv(1))
            except BlockingIOError:
                left += 1
            except ConnectionError:
                pass
            line.close()
        time.sleep(0.5)
        return left

    def test_heads_that_do_not_end(self):
        long = b"GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 30000
        self.assertLess(self.held(long, 300), 120)
        self.assertEqual(self.held(long[:3000], 300), 300)

    def test_heads_whose_body_does_not_come(self):
        head = b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
        self.assertLess(self.held(head + b"a:b\r\n" * 5000 + b"\r\n", 300), 160)

    def test_a_large_head_of_a_person(self):
        """A browser's heap of cookies is no attack, on one connection again and again either; each gives its room back."""
        line = self.server.connect()
        for _ in range(200):
            status, _, told = self.server.ask("GET", "/api/v1/session", self.token, headers=["X-Long: " + "x" * 24000], keep=line)
            self.assertEqual(status, 200, told)
        line.close()


class Handshakes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(tls=True)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def test_others_do_not_wait(self):
        """Eighty that stop in the middle; one more is served before any of them is given up."""
        stalled = []
        for number in range(80):
            line = self.server.connect(plain=True)
            # a whole greeting for every other one, so that the server has answered and waits
            line.sendall(wire.greeting() if number % 2 else wire.greeting()[:50])
            stalled.append(line)
        for _ in range(3):
            self.assertEqual(self.server.ask("GET", "/health/live")[0], 200)
        # all of them are still in the middle: nobody had to be given up for that
        for line in stalled:
            line.setblocking(False)
            try:
                while line.recv(65536):
                    pass
                self.fail("a stalled one was given up first")
            except BlockingIOError:
                pass
            line.close()

    def offered(self, version):
        context = wire.trusting()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        try:
            with self.server.connect(context=context) as line:
                return line.version()
        except (ssl.SSLError, ConnectionError):
            return None

    def test_versions(self):
        self.assertIsNone(self.offered(ssl.TLSVersion.TLSv1))
        self.assertIsNone(self.offered(ssl.TLSVersion.TLSv1_1))
        self.assertEqual(self.offered(ssl.TLSVersion.TLSv1_2), "TLSv1.2")
        self.assertEqual(self.offered(ssl.TLSVersion.TLSv1_3), "TLSv1.3")

    def shown(self):
        with self.server.connect() as line:
            return line.getpeercert(binary_form=True)

    def test_renewed_certificate(self):
        before, kept = self.shown(), self.server.connect()
        wire.certificate(self.server.house.folder)
        os.kill(self.server.pid, signal.SIGHUP)
        after = hospital.until(lambda: (now := self.shown()) != before and now)
        self.assertEqual(self.server.ask("GET", "/health/live", keep=kept)[0], 200)
        kept.close()
        with open(self.server.pair[0], "w", encoding="ascii") as file:
            file.write("no certificate\n")
        os.kill(self.server.pid, signal.SIGHUP)
        time.sleep(0.5)
        self.assertEqual(self.shown(), after)

    def test_large_answer(self):
        """Many records, a reader that takes its time, and every byte arrives."""
        token = self.server.sign_in()
        with self.server.connect() as line:
            line.sendall(wire.request("GET", "/api/v1/openapi.json", token, close=False) * 4)
            time.sleep(1)
            for _ in range(4):
                status, _, text = wire.answer(line)
                self.assertEqual(status, 200)
                self.assertIn("openapi", json.loads(text))


class Addresses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(limits="max_of_address=20\nmax_connections=200")
        cls.token = cls.server.sign_in()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def alive(self, line):
        try:
            line.sendall(wire.LIVE)
            return wire.answer(line)[0] == 200
        except ConnectionError:
            return False

    def test_one_address_has_its_share(self):
        lines = [self.server.connect(source="127.0.0.7") for _ in range(40)]
        self.assertEqual(sum(self.alive(line) for line in lines), 20)
        self.assertEqual(self.server.ask("GET", "/health/live", source="127.0.0.8")[0], 200)
        for line in lines:
            line.close()
        hospital.until(lambda: self.server.ask("GET", "/health/live", source="127.0.0.7")[0] == 200)

    def test_websockets_count(self):
        lines = [wire.websocket(self.server, self.token, source="127.0.0.9")[0] for _ in range(20)]
        self.assertTrue(all(lines))
        extra = self.server.connect(source="127.0.0.9")
        self.assertFalse(self.alive(extra))
        for line in lines:
            line.close()
        hospital.until(lambda: self.server.ask("GET", "/health/live", source="127.0.0.9")[0] == 200)

    def test_pings_are_rationed(self):
        """A second of pings: a few are answered, the rest wait in the client's own socket, and the line lives on."""
        line, told = wire.websocket(self.server, self.token, source="127.0.0.10")
        self.assertIsNotNone(line, told)
        line.settimeout(1)
        sent, end = 0, time.monotonic() + 2
        pings = wire.frame(9, b"x" * 100) * 100
        try:
            while time.monotonic() < end:
                sent += line.send(pings)
        except TimeoutError:
            pass
        pongs = b""
        line.settimeout(0.5)
        try:
            while piece := line.recv(65536):
                pongs += piece
        except TimeoutError:
            pass
        self.assertGreater(sent, 200000)
        self.assertGreater(len(pongs), 1000)
        self.assertLess(len(pongs), 20000)
        line.close()


class Proxies(unittest.TestCase):
    """Sign-ins are limited by the address: whom the server counts is seen by whom it refuses."""

    def refused(self, server, headers, times=12, source=None):
        return sum(server.ask("POST", "/api/v1/session", body=b"{}", headers=headers, source=source)[0] == 429
                   for _ in range(times))

    def server(self, trusted, header="x-forwarded-for"):
        server = wire.Server()
        with open(server.house.config, encoding="utf-8") as file:
            text = file.read()
        text = text.replace("[server]\n", f"[server]\ntrusted_proxies={trusted}\nforwarded_header={header}\n", 1)
        with open(server.house.config, "w", encoding="utf-8") as file:
            file.write(text.replace("rate_login=0", "rate_login=10"))
        server.again()
        self.addCleanup(server.close)
        return server

    def test_believed_from_the_proxy_alone(self):
        server = self.server("127.0.0.1, 10.0.0.0/8")
        for number in range(3):
            self.assertEqual(self.refused(server, [f"X-Forwarded-For: 192.0.2.{number}"], 10), 0)
        self.assertEqual(self.refused(server, ["X-Forwarded-For: 192.0.2.1"], 2), 2)
        # what the client itself wrote stands on the left, and does not help it
        self.assertEqual(self.refused(server, ["X-Forwarded-For: 198.51.100.7, 192.0.2.1, 10.2.3.4"], 2), 2)
        self.assertEqual(self.refused(server, ["Forwarded: for=198.51.100.8"], 11), 1)
        # a stranger is counted by his own address, whatever he says
        told = [f"X-Forwarded-For: 203.0.113.{number}" for number in range(12)]
        self.assertEqual(sum(self.refused(server, [one], 1, source="127.0.0.5") for one in told), 2)

    def test_rfc_7239(self):
        server = self.server("127.0.0.0/8", "forwarded")
        self.assertEqual(self.refused(server, ['Forwarded: for="[2001:db8::1]:4711";proto=https'], 12), 2)
        self.assertEqual(self.refused(server, ["Forwarded: for=192.0.2.9;by=10.0.0.1, for=127.0.0.3"], 12), 2)
        self.assertEqual(self.refused(server, ["Forwarded: for=192.0.2.9"], 1), 1)


class Start(unittest.TestCase):
    def run_with(self, files, seconds=20):
        house = self.house
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
        process = subprocess.Popen([os.path.join(hospital.BUILD, "server/mahima-server"), "--config", house.config],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=few)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        return process

    def setUp(self):
        self.house = hospital.Hospital(patients=5, orders=1)
        self.house.stop()
        self.addCleanup(self.house.close)

    def test_far_too_few_files(self):
        process = self.run_with(64)
        self.assertEqual(process.wait(20), 1)
        self.assertIn("ulimit -n", process.stderr.read())

    def test_too_few_files(self):
        process = self.run_with(500)
        self.assertIn("listening", process.stdout.readline())
        process.terminate()
        process.wait(30)
        self.assertIn("takes 308 connections instead of 4096", process.stderr.read())

    def test_wrong_networks(self):
        told = subprocess.run([os.path.join(hospital.BUILD, "server/mahima-server"), "--check-config"], capture_output=True, text=True,
                              check=False, env=dict(os.environ, MAHIMA_SERVER_TRUSTED_PROXIES="10.0.0.0/33",
                                                    MAHIMA_SERVER_FORWARDED_HEADER="via"))
        self.assertEqual(told.returncode, 1)
        self.assertIn("server.trusted_proxies: ", told.stderr)
        self.assertIn("server.forwarded_header: ", told.stderr)


if __name__ == "__main__":
    tap.main(__name__)
