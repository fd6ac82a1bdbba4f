#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make run` with stand-ins for the programs: it keeps the data, tells its troubles, and leaves nothing running."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, ".."))

import tap  # noqa: E402

SERVER = """#!/usr/bin/env python3
import http.server, os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
host, port = os.environ["MAHIMA_SERVER_LISTEN"].split(":")
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.end_headers()
    def log_message(self, *_): pass
open(os.environ["STAND_IN"] + "/server.pid", "w").write(str(os.getpid()))
http.server.HTTPServer((host, int(port)), Health).serve_forever()
"""
CTL = """#!/bin/sh
echo "$@" >>"$STAND_IN/ctl.log"
[ -z "$CTL_FAILS" ] || { echo "the disk is full" >&2; exit 1; }
"""
CLIENT = """#!/bin/sh
echo $$ >"$STAND_IN/client.pid"
env >"$STAND_IN/client.env"
[ -z "$CLIENT_CLOSES" ] || exit 0
exec sleep 60
"""


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Run(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix="mahima run ")
        self.tree = os.path.join(self.top, "a tree")
        self.demo = os.path.join(self.top, "demo data")
        shutil.copytree(os.path.join(ROOT, "scripts"), os.path.join(self.tree, "scripts"))
        for path, text in (("server/mahima-server", SERVER), ("server/mahimactl", CTL), ("client/mahima", CLIENT)):
            self.program("a tree/build/" + path, text)
        open(os.path.join(self.tree, "build/build.ninja"), "w").close()
        self.program("bin/ninja", "#!/bin/sh\nexit 0\n")
        self.env = dict(os.environ, PATH=os.path.join(self.top, "bin") + ":" + os.environ["PATH"], STAND_IN=self.top,
                        MAHIMA_SKIP_PREPARE="1", MAHIMA_DEMO_DIR=self.demo, DISPLAY=":stand-in")
        self.env.pop("WAYLAND_DISPLAY", None)

    def tearDown(self):
        shutil.rmtree(self.top)

    def program(self, path, text):
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)

    def start(self, **env):
        # as from a terminal: a process group of its own, from another folder
        return subprocess.Popen([os.path.join(self.tree, "scripts/run.sh")], env=dict(self.env, **env), cwd="/",
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                start_new_session=True)

    def finish(self, run, signal_sent=None):
        if signal_sent:
            os.killpg(run.pid, signal_sent)
        out, _ = run.communicate(timeout=60)
        self.assertNoneLeft()
        return out

    def pid(self, name):
        path = os.path.join(self.top, name + ".pid")
        for _ in range(300):
            if os.path.exists(path) and os.path.getsize(path):
                with open(path, encoding="ascii") as file:
                    return int(file.read())
            time.sleep(0.1)
        self.fail(f"{name} was not started")

    def assertNoneLeft(self):
        for name in ("server", "client"):
            if os.path.exists(os.path.join(self.top, name + ".pid")):
                self.assertFalse(alive(self.pid(name)), f"{name} was left running")

    def ctl_calls(self):
        with open(os.path.join(self.top, "ctl.log"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_interrupt_ends_everything(self):
        run = self.start()
        self.pid("client")
        out = self.finish(run, signal.SIGINT)
        self.assertEqual(run.returncode, 0, out)
        self.assertIn("http://127.0.0.1:", out)

    @unittest.skipUnless(shutil.which("setpriv"), "setpriv is not installed")
    def test_killed(self):
        run = self.start()
        pids = [self.pid("server"), self.pid("client")]
        os.kill(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
        for _ in range(100):
            if not any(map(alive, pids)):
                return
            time.sleep(0.1)
        self.fail("something outlived the script")

    def test_closing_the_client_ends_the_server(self):
        run = self.start(CLIENT_CLOSES="1")
        out = self.finish(run)
        self.assertEqual(run.returncode, 0, out)
        self.assertTrue(os.path.exists(os.path.join(self.top, "server.pid")))

    def test_client_is_told_where(self):
        self.finish(self.start(MAHIMA_RUN_ONCE="1"))
        with open(os.path.join(self.top, "client.env"), encoding="utf-8") as file:
            env = dict(line.rstrip("\n").split("=", 1) for line in file if "=" in line)
        self.assertRegex(env["MAHIMA_SERVER"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(env["MAHIMA_DEMO"], "1")
        self.assertEqual(env["GSETTINGS_SCHEMA_DIR"], os.path.join(self.tree, "build/data"))

    def test_second_run_keeps_the_data(self):
        self.finish(self.start(MAHIMA_RUN_ONCE="1"))
        self.finish(self.start(MAHIMA_RUN_ONCE="1"))
        self.assertEqual(len(self.ctl_calls()), 1)
        self.assertIn("demo --patients 2000 --orders 600 --seed 1", self.ctl_calls()[0])
        self.assertEqual(os.stat(self.demo).st_mode & 0o77, 0, "others can read the data")

    def test_failed_making_is_told_and_begun_again(self):
        run = self.start(CTL_FAILS="1")
        out = self.finish(run)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("the disk is full", out)
        again = self.start(MAHIMA_RUN_ONCE="1")
        out = self.finish(again)
        self.assertEqual(again.returncode, 0, out)
        self.assertEqual(len(self.ctl_calls()), 2)

    def test_two_at_once(self):
        first = self.start()
        self.pid("client")
        second = self.start(MAHIMA_RUN_ONCE="1")
        out, _ = second.communicate(timeout=60)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("running already", out)
        self.finish(first, signal.SIGTERM)

    def test_missing_program(self):
        os.remove(os.path.join(self.tree, "build/client/mahima"))
        run = self.start()
        self.assertIn("build/client/mahima", self.finish(run))
        self.assertNotEqual(run.returncode, 0)

    @unittest.skipUnless(shutil.which("gtk4-broadwayd"), "gtk4-broadwayd is not installed")
    def test_without_display(self):
        run = self.start(DISPLAY="", MAHIMA_RUN_ONCE="1", XDG_RUNTIME_DIR=self.top)
        out = self.finish(run)
        self.assertEqual(run.returncode, 0, out)
        self.assertRegex(out, r"Client: +http://127\.0\.0\.1:\d+")
        with open(os.path.join(self.top, "client.env"), encoding="utf-8") as file:
            self.assertIn("GDK_BACKEND=broadway", file.read())
        self.assertEqual([name for name in os.listdir(self.top) if "broadway" in name], [], "a socket was left")


if __name__ == "__main__":
    tap.main(__name__)
