#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No connection outlives its client: descriptors of the real server are counted after visits of every kind."""
import os
import socket
import struct
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import wire  # noqa: E402

import tap  # noqa: E402

VISITS = int(os.environ.get("MAHIMA_VISITS", "300"))
MORE = 4  # descriptors that come and go by themselves: a late part, a log


class Visits:
    """The same for plain and encrypted lines."""
    tls = False

    @classmethod
    def setUpClass(cls):
        cls.server = wire.Server(tls=cls.tls)
        cls.token = cls.server.sign_in()
        cls.context = wire.trusting()
        for _ in range(3):
            cls.server.ask("GET", "/health/live")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def line(self, number=0):
        # the ports of one pair of addresses would not last for the long run
        return self.server.connect(source=f"127.0.0.{2 + number // 20000}", context=self.context)

    def none_left(self, visit, visits=VISITS):
        before = self.server.descriptors()
        for number in range(visits):
            visit(number)
        self.assertLessEqual(self.server.settled(before + MORE), before + MORE)
        self.assertEqual(self.server.ask("GET", "/health/live")[0], 200)

    def read(self, line, again=1):
        for _ in range(again):
            line.sendall(wire.LIVE)
            self.assertEqual(wire.answer(line)[0], 200)

    def test_kept_alive_and_closed(self):
        def visit(number):
            with self.line(number) as line:
                self.read(line)
        self.none_left(visit)

    def test_after_several_requests(self):
        def visit(number):
            with self.line(number) as line:
                self.read(line, 3)
        self.none_left(visit, VISITS // 3)

    def test_connection_close(self):
        def visit(number):
            self.assertEqual(self.server.ask("GET", "/health/live")[0], 200)
        self.none_left(visit, VISITS // 3)

    def test_reset(self):
        def visit(number):
            with self.line(number) as line:
                self.read(line)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.none_left(visit, VISITS // 3)

    def test_never_spoke(self):
        self.none_left(lambda number: self.line(number).close(), VISITS // 3)

    def test_half_a_head(self):
        def visit(number):
            with self.line(number) as line:
                self.read(line)
                line.sendall(wire.LIVE[:20])
        self.none_left(visit, VISITS // 3)

    def test_stray_line(self):
        """Some clients send an empty line behind a request."""
        def visit(number):
            with self.line(number) as line:
                self.read(line)
                line.sendall(b"\r\n")
        self.none_left(visit, VISITS // 3)

    def test_half_a_body(self):
        def visit(number):
            with self.line(number) as line:
                line.sendall(wire.request("POST", "/api/v1/patients", self.token, close=False, length=100) + b"{")
        self.none_left(visit, VISITS // 3)

    def test_before_the_answer(self):
        def visit(number):
            with self.line(number) as line:
                line.sendall(wire.request("GET", "/api/v1/patients?limit=5", self.token, close=False))
        self.none_left(visit, VISITS // 3)

    def test_websocket_cut_off(self):
        def visit(number):
            line, told = wire.websocket(self.server, self.token, context=self.context)
            self.assertIsNotNone(line, told)
            line.close()
        self.none_left(visit, VISITS // 3)

    def test_websocket_said_goodbye(self):
        def visit(number):
            line, told = wire.websocket(self.server, self.token, context=self.context)
            self.assertIsNotNone(line, told)
            line.sendall(wire.frame(8, struct.pack(">H", 1000)))
            while line.recv(4096):
                pass
            line.close()
        self.none_left(visit, VISITS // 3)


class Plain(Visits, unittest.TestCase):
    def test_half_closed(self):
        """Who says that nothing more comes is answered, then let go."""
        def visit(number):
            with self.line(number) as line:
                line.sendall(wire.LIVE)
                line.shutdown(socket.SHUT_WR)
                self.assertEqual(wire.answer(line)[0], 200)
                self.assertEqual(line.recv(10), b"")
        self.none_left(visit, VISITS // 3)

    def test_half_closed_between(self):
        def visit(number):
            with self.line(number) as line:
                self.read(line)
                line.shutdown(socket.SHUT_WR)
                self.assertEqual(line.recv(10), b"")
        self.none_left(visit, VISITS // 3)


class Encrypted(Visits, unittest.TestCase):
    tls = True

    def test_half_a_handshake(self):
        def visit(number):
            with self.server.connect(plain=True) as line:
                line.sendall(bytes.fromhex("1603010200010001fc0303"))
        self.none_left(visit, VISITS // 3)

    def test_no_handshake(self):
        def visit(number):
            with self.server.connect(plain=True) as line:
                line.sendall(wire.LIVE)
                line.recv(100)
        self.none_left(visit, VISITS // 3)


if __name__ == "__main__":
    tap.main(__name__)
