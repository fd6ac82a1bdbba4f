# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets against a real server, byte by byte: visits, bodies, half handshakes, WebSockets. Loopback only."""
import base64
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
sys.path.insert(0, os.path.join(HERE, ".."))
import hospital  # noqa: E402

LIVE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


def certificate(folder, name="server"):
    """A certificate for 127.0.0.1 that signs itself; the paths of certificate and key."""
    crt, key = os.path.join(folder, name + ".crt"), os.path.join(folder, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                    "-out", crt, "-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    return crt, key


class Server:
    """A small demonstration hospital; `tls` gives it a certificate, `extra` more lines of settings."""

    def __init__(self, tls=False, extra="", limits="", patients=20, orders=5):
        self.house = hospital.Hospital(patients=patients, orders=orders, extra=limits + "\n" + extra)
        self.pair = None
        if tls:
            self.pair = certificate(self.house.folder)
            with open(self.house.config, encoding="utf-8") as file:
                text = file.read()
            with open(self.house.config, "w", encoding="utf-8") as file:
                file.write(text.replace("[server]\n", "[server]\ntls_certificate=%s\ntls_key=%s\n" % self.pair, 1))
            self.again()

    def again(self):
        self.house.stop()
        self.house.start()

    def close(self):
        self.house.close()

    @property
    def pid(self):
        return self.house.server.pid

    @property
    def port(self):
        return urllib.parse.urlparse(self.house.url).port

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def memory(self):
        """Bytes of its own, resident."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Private")) * 1024

    def settled(self, at_most, wait=20):
        """Descriptors as soon as no more than at_most are open, else those after the wait."""
        end = time.monotonic() + wait
        while (now := self.descriptors()) > at_most and time.monotonic() < end:
            time.sleep(0.05)
        return now

    def connect(self, source=None, plain=False, context=None, timeout=20):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=timeout, source_address=(source, 0) if source else None)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.pair is None or plain:
            return line
        return (context or trusting()).wrap_socket(line)

    def ask(self, method, path, token=None, body=None, headers=(), source=None, keep=None):
        """Status, headers (lower case) and body of one request; on `keep`, a connection that stays open."""
        line = keep or self.connect(source)
        line.sendall(request(method, path, token, body, headers, close=keep is None))
        told = answer(line)
        if keep is None:
            line.close()
        return told

    def sign_in(self, user="admin"):
        import json
        body = json.dumps({"username": user, "password": hospital.PASSWORD}).encode()
        status, _, text = self.ask("POST", "/api/v1/session", body=body)
        assert status in (200, 201), text
        return json.loads(text)["token"]


def greeting():
    """A client's whole first message of TLS."""
    out = ssl.MemoryBIO()
    shake = trusting().wrap_bio(ssl.MemoryBIO(), out)
    try:
        shake.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return out.read()


def trusting():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def request(method, path, token=None, body=None, headers=(), close=True, length=None):
    lines = [f"{method} {path} HTTP/1.1", "Host: x"]
    if close:
        lines.append("Connection: close")
    if token:
        lines.append("Authorization: Bearer " + token)
    if body is not None or length is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body) if length is None else length}"]
    return ("\r\n".join([*lines, *headers]) + "\r\n\r\n").encode() + (body or b"")


def answer(line):
    """One whole answer; status 0 when the connection ended without one."""
    got = b""
    while b"\r\n\r\n" not in got:
        try:
            piece = line.recv(65536)
        except ConnectionError:
            piece = b""
        if not piece:
            return 0, {}, got
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines[1:])}
    length = int(headers.get("content-length", 0))
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return int(lines[0].split()[1]), headers, body


def websocket(server, token, after=10 ** 9, **how):
    """A connection after its handshake, or None and the refusal; so far ahead of the feed that nothing is told."""
    line = server.connect(**how)
    key = base64.b64encode(os.urandom(16)).decode()
    line.sendall(request("GET", f"/api/v1/events?after={after}", token, close=False, headers=(
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + key)))
    got = b""
    while b"\r\n\r\n" not in got:
        piece = line.recv(4096)
        if not piece:
            break
        got += piece
    if got.startswith(b"HTTP/1.1 101"):
        return line, got
    line.close()
    return None, got


def frame(kind, payload=b""):
    """A client's masked frame of up to 125 bytes: 1 text, 8 close, 9 ping, 10 pong."""
    mask = os.urandom(4)
    return bytes([0x80 | kind, 0x80 | len(payload)]) + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
