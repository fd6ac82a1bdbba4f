# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps lived one after another at one desk, told as TAP. A step that fails does not hide those after it.

MH_SHOT=PREFIX takes a picture where a step fails.
"""
import json
import os
import subprocess
import sys
import time
import traceback
import urllib.request
import uuid

import hospital

STEPS = []


def step(function):
    STEPS.append(function)
    return function


class Desk:
    """One client at one desk of one hospital, with the hands of a person who uses the keyboard only."""

    def __init__(self, screen, **size):
        self.screen = screen
        self.hospital = hospital.Hospital(**(size or dict(patients=40, orders=12)))
        self.client = None
        self.strokes = 0
        self.tokens = {}
        self.printers = None

    @property
    def root(self):
        return self.client.root

    def start(self):
        if self.printers is not None:
            self.write_settings()
        self.client = self.screen.launch(self.hospital.client(), self.hospital.client_env())

    def end(self):
        if self.client and self.client.poll() is None:
            self.client.terminate()
            self.client.wait(10)

    def keys(self, *keys, pause=0.25):
        """Keys pressed by a person: each counts as one."""
        self.screen.keys(*keys)
        self.strokes += len(keys)
        time.sleep(pause)

    def type(self, text, pause=0.25):
        self.screen.type(text)
        self.strokes += len(text)
        time.sleep(pause)

    def scan(self, text):
        """What a scanner types; nobody's keystrokes."""
        self.screen.burst(text)
        time.sleep(0.3)

    def see(self, name, role=None, wait=10):
        return self.screen.need(self.root, name, role, wait)

    def unseen(self, name, role=None):
        assert self.screen.find(self.root, name, role, wait=0) is None, f"still on the screen: {name}"

    def gone(self, name, role=None, wait=10):
        self.screen.gone(self.root, name, role, wait)

    def enter(self, username):
        """Name and password; what comes after them is seen by whoever calls."""
        self.screen.sign_in(self.root, username, hospital.PASSWORD)

    def sign_in(self, username):
        self.enter(username)
        self.see({"reception": "Front desk", "cashier": "Cashier"}.get(username, "Order board"))

    def ask(self, who, path, body=None, raw=False, method=None, version=None):
        """What another desk asks of the same server: GET, or with a body POST or what method says."""
        headers = {"Content-Type": "application/json"}
        if who is not None:
            if who not in self.tokens:
                self.tokens[who] = self.ask(None, "/session", dict(username=who, password=hospital.PASSWORD))["token"]
            headers["Authorization"] = "Bearer " + self.tokens[who]
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if body is not None or method is not None:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.hospital.url + "/api/v1" + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            told = answer.read()
        return told if raw else json.loads(told)

    def name_printers(self, **printers):
        """Printers of the preferences by their use. Before the client starts; it works in the desk's own folder then."""
        self.printers = printers
        os.chdir(os.environ["MAHIMA_DESK_HOME"])
        os.environ.update(HOME=os.getcwd(), GSETTINGS_BACKEND="keyfile")

    def write_settings(self):
        """At each start anew: nobody's name is remembered."""
        settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(settings, exist_ok=True)
        with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
            file.write("[org/mahima/Mahima]\n" + "".join(f"{use}-printer='{name}'\n" for use, name in self.printers.items()))

    def paper(self, words):
        """The text of what was printed to a file, as soon as it has these words; it is moved away, to tell the next from it."""
        end = time.time() + 15
        text = ""
        while time.time() < end:
            if os.path.exists("output.pdf"):
                text = subprocess.run(["pdftotext", "-layout", "output.pdf", "-"], capture_output=True, text=True, check=False).stdout
                if all(word in text for word in words):
                    os.rename("output.pdf", "read.pdf")
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no paper with {words}: {text}")

    def named(self):
        """Every control that is seen has a name."""
        nameless = self.screen.nameless(self.root)
        assert not nameless, f"controls without a name: {nameless}"


def live(screen, **size):
    desk = Desk(screen, **size)
    failed = 0
    print(f"1..{len(STEPS)}")
    try:
        for number, function in enumerate(STEPS, 1):
            words = function.__name__.replace("_", " ")
            try:
                function(desk)
                print(f"ok {number} {words}", flush=True)
            except Exception:
                failed += 1
                print(f"not ok {number} {words}")
                for line in traceback.format_exc().splitlines():
                    print("# " + line)
                sys.stdout.flush()
                if os.environ.get("MH_SHOT"):
                    screen.shot(f"{os.environ['MH_SHOT']}-{number}.png")
    finally:
        screen.close()
        desk.hospital.close()
    if failed:
        for line in screen.client_log().splitlines()[-20:]:
            print("# client: " + line)
    sys.exit(1 if failed else 0)
