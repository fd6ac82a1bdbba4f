#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that nobody touches locks after the minutes that the server is set to, and opens by the password on the same page."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402
from hospital import until  # noqa: E402

screen = place = None


def text_of(node):
    try:
        text = node.queryText()
        return text.getText(0, text.characterCount)
    except NotImplementedError:
        return None


class Lock(unittest.TestCase):
    def test_1_an_untouched_desk_locks(self):
        """Typing in a dialog is work; what the dialog shows stands behind the lock, and is there again after it."""
        client = screens.sign_in(screen, place, "Reception")
        root = client.root

        def dialog():
            return screen.find(root, "Given name", "text", wait=0)
        screen.press(screen.need(root, "New patient", "push button", wait=20))
        until(dialog)
        screens.settle(40)
        screen.type("Meenakshi")
        screens.settle(40)
        self.assertIsNone(screen.find(root, "nobody was at work here", wait=0), "locked while somebody typed")
        screens.settle(45)  # a tree that is asked all the time keeps the states of before
        screen.need(root, "nobody was at work here", wait=10)
        self.assertIsNone(dialog(), "the dialog stands before the lock")
        screen.type(hospital.PASSWORD)
        screen.keys("Return")
        until(lambda: "Meenakshi" in [text_of(node) for node in screen.walk(root)])
        screens.close(screen, client)


def main(on):
    global screen, place
    screen = on
    os.environ["MAHIMA_SESSION_LOCK_MINUTES"] = "1"
    place = hospital.Hospital(patients=10, orders=6)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
