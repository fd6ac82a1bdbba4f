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

screen = place = None


class Lock(unittest.TestCase):
    def test_1_an_untouched_desk_locks(self):
        client = screens.sign_in(screen, place, "Cashier")
        screen.keys("alt+9")
        screen.need(client.root, "Search the dues", wait=20)
        screen.need(client.root, "nobody was at work here", wait=100)
        screen.type(hospital.PASSWORD)
        screen.keys("Return")
        screen.need(client.root, "Search the dues", wait=20)
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
