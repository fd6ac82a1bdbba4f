#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped files for nginx and HAProxy with the real programs: twenty-five right sign-ins from twenty-five addresses at
once, who guesses locks out himself alone, the feed goes through, a forged address is not believed, figures stay inside."""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import wire  # noqa: E402

import hospital  # noqa: E402
import tap  # noqa: E402

EXAMPLES = os.path.join(hospital.ROOT, "data/proxy")
GOOD = f'{{"username":"reception","password":"{hospital.PASSWORD}"}}'.encode()
BAD = b'{"username":"nobody","password":"guess"}'


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Proxy:
    """Both programs are asked for the same."""
    program = None

    @classmethod
    def setUpClass(cls):
        cls.path = shutil.which(cls.program, path=os.environ.get("PATH", "") + ":/usr/sbin")
        if cls.path is None:
            raise unittest.SkipTest(cls.program + " is not installed")
        cls.server = wire.Server()
        with open(cls.server.house.config, encoding="utf-8") as file:
            text = file.read().replace("rate_login=0", "rate_login=10")
        with open(cls.server.house.config, "w", encoding="utf-8") as file:
            file.write(text.replace("[server]\n", "[server]\ntrusted_proxies=127.0.0.1\n", 1))
        cls.server.again()
        cls.inner = cls.server.port
        cls.folder = cls.server.house.folder
        cls.outer = free_port()
        crt, key = wire.certificate(cls.folder, "hospital")
        with open(os.path.join(cls.folder, "hospital.pem"), "w", encoding="ascii") as file:
            for path in (crt, key):
                with open(path, encoding="ascii") as part:
                    file.write(part.read())
        cls.begin()
        cls.proxied = Through(cls.outer)
        hospital.until(lambda: cls.proxied.works())

    @classmethod
    def tearDownClass(cls):
        cls.process.send_signal(signal.SIGTERM)
        cls.process.wait(20)
        cls.server.close()

    @classmethod
    def example(cls, name):
        with open(os.path.join(EXAMPLES, name), encoding="utf-8") as file:
            text = file.read()
        # places and ports alone are the test's
        text = text.replace("127.0.0.1:8080", f"127.0.0.1:{cls.inner}").replace("/etc/mahima/tls", cls.folder)
        return re.sub(r"\n *listen \[::\]:443 ssl;", "", text).replace("listen 443", f"listen 127.0.0.1:{cls.outer}") \
            .replace("bind :443", f"bind 127.0.0.1:{cls.outer}")

    def test_1_many_sign_in_at_once(self):
        told = []
        def sign_in(number):
            told.append(self.proxied.ask("POST", "/api/v1/session", body=GOOD, source=f"127.0.1.{number}")[0])
        threads = [threading.Thread(target=sign_in, args=(number,)) for number in range(1, 26)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual(told, [200] * 25)

    def test_2_who_guesses_is_alone(self):
        told = [self.proxied.ask("POST", "/api/v1/session", body=BAD, source="127.0.2.1")[0] for _ in range(20)]
        self.assertIn(429, told)
        self.assertEqual(self.proxied.ask("POST", "/api/v1/session", body=GOOD, source="127.0.2.2")[0], 200)

    def test_3_forged_address(self):
        told = [self.proxied.ask("POST", "/api/v1/session", body=BAD, source="127.0.3.1", headers=(
            f"X-Forwarded-For: 192.0.2.{number}", f"Forwarded: for=192.0.2.{number}"))[0] for number in range(20)]
        self.assertIn(429, told)

    def test_4_feed(self):
        token = self.proxied.sign_in()
        line, told = wire.websocket(self.proxied, token, source="127.0.4.1")
        self.assertIsNotNone(line, told)
        line.sendall(wire.frame(9, b"alive"))
        self.assertIn(b"alive", line.recv(100))
        line.close()

    def test_5_large_bodies(self):
        self.assertEqual(self.proxied.ask("POST", "/api/v1/session", body=b" " * 4097, source="127.0.5.1")[0], 413)

    def test_6_figures_stay_inside(self):
        self.assertEqual(self.proxied.ask("GET", "/metrics", self.server.sign_in(), source="127.0.6.1")[0], 403)


class Through(wire.Server):
    """The server as it is seen through the proxy."""

    def __init__(self, port):  # pylint: disable=super-init-not-called
        self.outer = port
        self.pair = True
        self.context = wire.trusting()

    @property
    def port(self):
        return self.outer

    def connect(self, source=None, plain=False, context=None, timeout=20):
        return super().connect(source or "127.0.9.1", plain, context or self.context, timeout)

    def works(self):
        try:
            return self.ask("GET", "/health/live")[0] == 200
        except OSError:
            return False


class Nginx(Proxy, unittest.TestCase):
    program = "nginx"

    @classmethod
    def begin(cls):
        config = os.path.join(cls.folder, "nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"daemon off; pid {cls.folder}/nginx.pid; error_log stderr;\nevents {{}}\nhttp {{\n access_log off;\n"
                       + "".join(f" {kind}_temp_path {cls.folder}/{kind};\n" for kind in
                                 ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) + cls.example("nginx.conf") + "}\n")
        told = subprocess.run([cls.path, "-t", "-e", "stderr", "-c", config], capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stderr
        cls.process = subprocess.Popen([cls.path, "-e", "stderr", "-c", config], stderr=subprocess.DEVNULL)


class Haproxy(Proxy, unittest.TestCase):
    program = "haproxy"

    @classmethod
    def begin(cls):
        config = os.path.join(cls.folder, "haproxy.cfg")
        with open(config, "w", encoding="utf-8") as file:
            file.write(cls.example("haproxy.cfg"))
        told = subprocess.run([cls.path, "-c", "-f", config], capture_output=True, text=True, check=False)
        assert told.returncode == 0 and "[WARNING]" not in told.stderr, told.stderr
        cls.process = subprocess.Popen([cls.path, "-db", "-f", config], stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    tap.main(__name__)
