#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real client against the real server: who may see a page reaches it by its keys, nothing complains on the way, and
every control has a name for those who do not see it."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = None
reached = set()
PEOPLE = ("Reception", "Pathologist", "Cashier")
AROUND = 16  # what GTK draws around a window


class Screens(unittest.TestCase):
    def visit(self, person, home):
        before = len(screen.client_log()) if os.path.exists(screen.log) else 0
        client = screens.sign_in(screen, place, person)
        try:
            seen = screens.side_bar(screen, client)
            self.assertTrue(seen, f"{person} sees no page")
            self.assertIsNotNone(screen.find(client.root, home, "frame", wait=5), f"{person} does not begin at {home}")
            for page, name, keys in screens.pages():
                if name not in seen:
                    continue
                screen.keys(keys)
                screens.settle()
                self.assertIsNotNone(screen.find(client.root, name, "frame", wait=5), f"{keys} does not lead to {name}")
                self.assertEqual(screen.nameless(client.root), [], f"controls without a name on {name}")
                reached.add(page)
            self.assertIsNone(screen.find(client.root, "User name", "text", wait=0), "the sign-in page is in the tree behind the others")
            self.assertIsNone(client.poll(), "the client ended")
        finally:
            screens.close(screen, client)
        complaints = [line for line in screen.client_log()[before:].splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])

    def test_0_reception(self):
        self.visit("Reception", "Front desk")

    def test_0_doctor(self):
        self.visit("Doctor", "Doctor's list")

    def test_0_technician(self):
        self.visit("Technician", "Order board")

    def test_0_pathologist(self):
        self.visit("Pathologist", "Verification")

    def test_0_administrator(self):
        self.visit("Administrator", "Administration")

    def test_0_dispatcher(self):
        self.visit("Dispatcher", "Emergency calls")

    def test_0_tabs_by_keys(self):
        client = screens.sign_in(screen, place, "Technician")
        try:
            for keys, after in (("alt+shift+s", "tubes received"), ("alt+shift+n", "Choose a result")):
                screen.keys(keys)
                screens.settle()
                self.assertIsNone(screen.find(client.root, after, wait=0), f"{after} is there at first")
                screen.keys("ctrl+Page_Down")
                screen.need(client.root, after)
                screen.keys("ctrl+Page_Up")
                screens.settle(0.5)
                self.assertIsNone(screen.find(client.root, after, wait=0), f"{after} is still there")
        finally:
            screens.close(screen, client)

    def test_1_every_page_was_reached(self):
        self.assertGreaterEqual(len(screens.pages()), 4)
        self.assertEqual({page for page, _, _ in screens.pages()} - reached, set())


class Sizes(unittest.TestCase):
    """Nobody has to scroll from left to right: what a page needs is not wider than the window."""

    def settings(self, person, percent):
        folder = tempfile.mkdtemp(dir=os.environ["MAHIMA_DESK_HOME"])
        os.makedirs(os.path.join(folder, "glib-2.0", "settings"))
        with open(os.path.join(folder, "glib-2.0", "settings", "keyfile"), "w", encoding="utf-8") as file:
            file.write("[org/mahima/Mahima]\ntext-sizes={'" + person.lower() + f"': <uint32 {percent}>}}\n")
        return dict(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=folder)

    def width(self, wanted, height):
        """What the window takes when it is asked to be as wide as that."""
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True,
                                check=True).stdout.split()[-1]
        subprocess.run(["xdotool", "windowsize", window, str(wanted + AROUND), str(height)], check=True)
        screens.settle(0.6)
        told = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=True).stdout
        return int(re.search(r"WIDTH=([0-9]+)", told).group(1)) - AROUND

    def pages_fit(self, person, percent, wanted, height):
        client = screens.sign_in(screen, place, person, **self.settings(person, percent))
        wide = {}
        try:
            seen = screens.side_bar(screen, client)
            for _, name, keys in screens.pages():
                if name not in seen:
                    continue
                screen.keys(keys)
                screens.settle()
                took = self.width(wanted, height)
                if took > wanted:
                    wide[name] = took
        finally:
            screens.close(screen, client)
        self.assertEqual(wide, {}, f"{person} at {percent} %")

    def test_2_letters_of_twice_the_size(self):
        for person in PEOPLE:
            with self.subTest(person):
                self.pages_fit(person, 200, 1280 - AROUND, 800)

    def test_3_a_narrow_window(self):
        for person in PEOPLE:
            with self.subTest(person):
                self.pages_fit(person, 100, 360, 700)


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=60, orders=40)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
