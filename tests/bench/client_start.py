#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the client takes from exec() until a screen reader finds its sign-in button on the screen: median of seven starts under
Xvfb. Asked every 10 ms; the time the asking takes counts too, so the figure is an upper bound."""
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "desk"))
import desk  # noqa: E402

BUILD = os.environ.get("MH_BUILD", "build")


def start_once(screen):
    env = dict(os.environ, MAHIMA_SERVER="http://127.0.0.1:9", GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, "data"))
    began = time.monotonic()
    client = subprocess.Popen([os.path.join(BUILD, "client/mahima")], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - began < 20:
            for app in screen.a.Registry.getDesktop(0):
                if app and app.get_process_id() == client.pid and app.childCount:
                    if screen.find(app, "Sign in", "push button", wait=0):
                        return 1000 * (time.monotonic() - began)
            time.sleep(0.01)
        raise SystemExit("the client showed nothing in 20 s")
    finally:
        client.kill()
        client.wait()


def main(screen):
    times = sorted(start_once(screen) for _ in range(7))
    print(f"client start to sign-in on the screen: {statistics.median(times):.0f} ms (of seven: {times[0]:.0f}–{times[-1]:.0f})")


desk.within(main)
