# SPDX-License-Identifier: GPL-3.0-or-later
"""A demonstration hospital in a temporary folder with the real server on a free loopback port."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.request
import uuid

import leash

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.environ.get("MH_BUILD", os.path.join(ROOT, "build"))
PASSWORD = "mahima-demo"
# What tells of the screen, once there is one.
ON_SCREEN = []


def until(told, wait=30):
    """What told() says as soon as it says something; a failure tells the screen, if there is one."""
    end = time.time() + wait
    while time.time() < end:
        value = told()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError("it did not come" + "".join("\n" + tell() for tell in ON_SCREEN))


class Hospital:
    def __init__(self, patients=200, orders=60, seed=1, extra=""):
        self.folder = tempfile.mkdtemp(prefix="mahima-hospital-")
        self.config = os.path.join(self.folder, "server.conf")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f"[server]\nlisten=127.0.0.1:0\ndata_dir={self.folder}/files\n"
                       f"[database]\nurl=sqlite:{self.folder}/mahima.db\n"
                       "[limits]\nrate_normal=0\nrate_login=0\nrate_heavy=0\n" + extra)
        self.server = None
        self.url = None
        self.ctl("demo", "--patients", str(patients), "--orders", str(orders), "--seed", str(seed))
        self.start()

    def ctl(self, *arguments):
        return subprocess.run([os.path.join(BUILD, "server/mahimactl"), "--config", self.config, *arguments], check=True,
                              capture_output=True, text=True).stdout

    def start(self, listen="127.0.0.1:0"):
        log = os.path.join(self.folder, "server.log")
        with open(log, "wb") as file:
            self.server = leash.start([os.path.join(BUILD, "server/mahima-server"), "--config", self.config],
                                      env=dict(os.environ, MAHIMA_SERVER_LISTEN=listen), stdout=file, stderr=file)
        for _ in range(300):
            with open(log, encoding="utf-8", errors="replace") as file:
                told = re.search(r"https?://127\.0\.0\.1:(\d+)", file.read())
            if told:
                self.url = told.group(0)
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        with open(log, encoding="utf-8", errors="replace") as file:
            raise SystemExit("the server did not start:\n" + file.read())

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(30)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql, *values):
        """The first row of what its database answers; None without any."""
        with sqlite3.connect(f"file:{self.folder}/mahima.db?mode=ro", uri=True, timeout=10) as base:
            return base.execute(sql, values).fetchone()

    def write(self, sql, *values):
        """Changes its database behind its back, while it stands still."""
        assert self.server.poll() is not None
        with sqlite3.connect(f"{self.folder}/mahima.db") as base:
            base.execute(sql, values)

    def call(self, person, method, path, version=None, /, **body):
        """What its server answers to another desk, where a demonstration account is signed in."""
        def send(how, where, what, token=None):
            request = urllib.request.Request(self.url + "/api/v1" + where, json.dumps(what).encode(), method=how, headers={
                "Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()),
                **({"If-Match": f'"{version}"'} if version else {}),
                **({"Authorization": "Bearer " + token} if token else {})})
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        token = send("POST", "/session", dict(username=person, password=PASSWORD))["token"]
        return send(method, path, body, token)

    def client_env(self, **more):
        return dict(MAHIMA_SERVER=self.url, MAHIMA_DEMO="1", GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, "data"),
                    **dict(MAHIMA_LOCALE_DIR=os.path.join(BUILD, "po"), **more))

    def client(self):
        return [os.path.join(BUILD, "client/mahima")]
