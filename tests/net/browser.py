# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium without a window, driven by WebDriver (chromedriver of Debian): a telephone of 360 pixels on loopback."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def missing():
    """Why no browser can be driven here; None: one can."""
    for name in ("chromedriver", "chromium"):
        if shutil.which(name) is None:
            return name + " is not installed"
    return None


class Phone:
    def __init__(self, width=360, height=740):
        self.folder = tempfile.mkdtemp(prefix="mahima-browser-")
        self.driver = subprocess.Popen([shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, env=dict(os.environ, HOME=self.folder))
        self.base = None
        for line in self.driver.stdout:
            if "successfully on port" in line:
                self.base = "http://127.0.0.1:" + line.rstrip(".\n").rsplit(" ", 1)[1]
                break
        wanted = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": {
            "binary": shutil.which("chromium"),
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                     f"--user-data-dir={self.folder}/profile"],
            "mobileEmulation": {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2, "touch": True}}}}
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}, bare=True)["sessionId"]
        self.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=self.folder)

    def call(self, method, path, body=None, bare=False):
        where = self.base + ("" if bare else f"/session/{self.session}") + path
        ask = urllib.request.Request(where, json.dumps(body or {}).encode() if method == "POST" else None, method=method,
                                     headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(ask, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def cdp(self, cmd, **params):
        return self.call("POST", "/goog/cdp/execute", {"cmd": cmd, "params": params})

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(20)
            shutil.rmtree(self.folder, ignore_errors=True)

    def go(self, url):
        self.call("POST", "/url", {"url": url})

    def run(self, script, *args):
        return self.call("POST", "/execute/sync", {"script": "return " + script, "args": list(args)})

    def find(self, css):
        return self.call("POST", "/element", {"using": "css selector", "value": css})[ELEMENT]

    def all(self, css):
        return [one[ELEMENT] for one in self.call("POST", "/elements", {"using": "css selector", "value": css})]

    def press(self, css):
        """Presses what leads to another page, and waits for that."""
        page = self.find("html")
        self.call("POST", f"/element/{self.find(css)}/click")
        end = time.time() + 20
        while time.time() < end:
            now = self.all("html")
            if now and now[0] != page and self.run("document.readyState") == "complete":
                return
            time.sleep(0.05)
        raise AssertionError("nothing came after " + css)

    def tap(self, css):
        self.call("POST", f"/element/{self.find(css)}/click")

    def type(self, css, text):
        self.call("POST", f"/element/{self.find(css)}/value", {"text": text})

    def text(self):
        return self.run("document.body.innerText")

    def dark(self, on):
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if on else "light"}])

    def complaints(self):
        """What the browser said of the page by itself: refused styles, missing files."""
        return [one["message"] for one in self.call("POST", "/se/log", {"type": "browser"})]

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))
