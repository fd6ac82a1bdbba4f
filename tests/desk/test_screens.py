#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real client against the real server: who may see a page reaches it by its keys, nothing complains on the way, and
every control has a name for those who do not see it."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = None
reached = set()


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

    def test_1_every_page_was_reached(self):
        self.assertGreaterEqual(len(screens.pages()), 4)
        self.assertEqual({page for page, _, _ in screens.pages()} - reached, set())


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
