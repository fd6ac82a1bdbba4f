#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the window whatever page is open: whose time it shows."""
import datetime
import os
import sys
import unittest
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = None
THERE = zoneinfo.ZoneInfo("Asia/Kolkata")


def elsewhere():
    """A time zone where it is another day than in the hospital just now."""
    today = datetime.datetime.now(THERE).date()
    for zone in ("Etc/GMT+12", "Etc/GMT-14"):
        if datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date() != today:
            return zone
    raise AssertionError("no zone has another day")


def on_day(date):
    return f"{date.day} {date:%b %Y}"


class Zone(unittest.TestCase):
    """The desk's clock stands in another zone, on another day than the hospital's."""

    def setUp(self):
        self.client = screens.sign_in(screen, place, "Reception", TZ=elsewhere())
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def test_today_and_now_are_the_hospitals(self):
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+n")
        screen.need(self.root, "Date of birth")
        screens.settle()
        for word in ("Kamala", "Rangan", "f", "today"):
            screen.type(word)
            screen.keys("Tab")
        there = datetime.datetime.now(THERE)
        screen.need(self.root, on_day(there.date()))
        screens.settle()
        screen.keys("Escape")
        screens.settle()
        screen.keys("ctrl+n")
        begun = screen.need(self.root, "Continue RANGAN Kamala, begun")
        hours = {f"{there - datetime.timedelta(minutes=minutes):%H:%M}" for minutes in range(3)}
        self.assertIn(begun.name.split()[-1], hours)


def main(the_screen):
    global screen, place
    screen = the_screen
    place = hospital.Hospital(patients=20, orders=5)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
