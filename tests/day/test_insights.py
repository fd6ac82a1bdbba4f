#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Insights at the desk: charts that say what they show, are walked through by the arrows, opened by Enter, moved, added
and taken away, and stay as they were arranged. MH_PICTURES=FOLDER leaves pictures."""
import os
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "desk"), os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = None
PICTURES = os.environ.get("MH_PICTURES")


def picture(name):
    if PICTURES:
        screens.settle(0.8)
        screen.shot(os.path.join(PICTURES, f"insights-{name}.png"))


class Insights(unittest.TestCase):
    def charts(self, client):
        """The charts on the page, in their order."""
        return [node for node in screen.walk(client.root) if node.getRoleName() in ("image", "icon") and node.description
                and "·" in node.description and screen.seen(node)]

    def wait_charts(self, client, least, wait=15):
        start = time.time()
        while time.time() - start < wait:
            found = self.charts(client)
            if len(found) >= least:
                return found
            time.sleep(0.3)
        raise AssertionError(f"only {len(self.charts(client))} charts")

    def go(self, client):
        screen.keys("ctrl+k")
        screen.type("Insights")
        screens.settle(1)
        screen.keys("Down", "Return")
        screen.need(client.root, "Insights", "frame")

    def test_1_arranged_and_asked(self):
        client = screens.sign_in(screen, place, "Manager")
        self.go(client)
        found = self.wait_charts(client, 4)
        screen.need(client.root, "Completion rate")
        screen.need(client.root, "Success rate")
        picture("wide")
        self.assertEqual(screen.nameless(client.root), [])
        chart = found[0]
        subprocess.run(["xdotool", "mousemove", "640", "3"], check=True)
        # what was moved has the focus
        screen.press(screen.need(client.root, "Move later", "push button"))
        screens.settle()
        screen.keys("Home")
        screens.settle(0.6)
        chart = next((node for node in self.charts(client) if node.description.startswith("Ordered")), found[0])
        first = chart.description
        self.assertTrue(first.startswith("Ordered → collected · P50: "), first)
        screen.keys("Right")
        screens.settle(0.6)
        self.assertNotEqual(first, chart.description)
        picture("pointed")
        screen.keys("Return")
        listed = screen.need(client.root, "Turnaround ·", "dialog") if screen.find(
            client.root, "Turnaround ·", "dialog", wait=4) else screen.need(client.root, "Turnaround ·", "frame")
        self.assertIsNotNone(screen.find(listed, "ML", wait=8) or screen.find(listed, "min", wait=2))
        picture("list")
        screen.keys("Escape")
        screens.settle()
        # another place for the first, one more, one less
        names = [node.name for node in self.charts(client)]
        screen.press(screen.need(client.root, "Move later", "push button"))
        screens.settle()
        moved = [node.name for node in self.wait_charts(client, 4)]
        self.assertNotEqual(names[:3], [names[1], names[0], names[2]] if names[0] == names[1] else names[1:])
        before = len([n for n in screen.walk(client.root) if n.name == "Remove"])
        screen.press(screen.need(client.root, "Remove", "push button"))
        screens.settle()
        after = len([n for n in screen.walk(client.root) if n.name == "Remove"])
        self.assertEqual(after, before - 1)
        self.assertTrue(moved)
        screen.resize(360, 720)
        screens.settle(1.5)
        picture("narrow")
        screens.close(screen, client)

    @unittest.skipUnless(PICTURES, "pictures alone")
    def test_2_dark_and_hindi(self):
        for name, person, bar, env in (("dark", "Manager", "Workspaces", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
                                       ("hindi", "प्रबंधक", "कार्यस्थान", {"LANGUAGE": "hi", "LC_ALL": "hi_IN.UTF-8"})):
            client = screen.launch(place.client(), place.client_env(**env))
            screen.press(screen.need(client.root, person, "push button"))
            screen.need(client.root, bar, "list", wait=20)
            screen.keys("ctrl+k")
            screen.type("Insights")
            screens.settle(1)
            screen.keys("Down", "Return")
            screens.settle(2)
            picture(name)
            screens.close(screen, client)

    def test_3_benches(self):
        """How many samples each bench has now, for who may read orders; the others are not told, nor asked for."""
        client = screens.sign_in(screen, place, "Pathologist")
        self.go(client)
        bar = screen.need(client.root, "Benches now", wait=15)
        words = [node.name for node in screen.walk(bar) if node.getRoleName() == "label" and node.name]
        self.assertIn("Haematology", " ".join(words))
        self.assertTrue(all(any(sign.isdigit() for sign in word) for word in words), words)
        picture("benches")
        screens.close(screen, client)
        client = screens.sign_in(screen, place, "Administrator")
        self.go(client)
        screens.settle(2)
        self.assertIsNone(screen.find(client.root, "Benches now"))
        screens.close(screen, client)

    def test_4_nothing_complained(self):
        complaints = [line for line in screen.client_log().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])


def main(there):
    global screen, place
    screen = there
    place = hospital.Hospital(patients=300, orders=300)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
