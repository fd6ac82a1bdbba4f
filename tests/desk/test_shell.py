#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the window whatever page is open: whose time it shows, in which hospital one works,
and what becomes of the work while the server stands still."""
import contextlib
import datetime
import os
import signal
import sys
import unittest
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402
from hospital import until  # noqa: E402

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
        screen.keys("ctrl+n")
        screen.fill(self.root, (("Given name", "Kamala"), ("Family name", "Rangan"), ("Sex", "f"), ("Date of birth", "today")))
        there = datetime.datetime.now(THERE)
        screen.need(self.root, on_day(there.date()))
        screen.keys("Escape")
        screen.gone(self.root, "Given name", "text")
        screens.settle()
        screen.keys("ctrl+n")
        begun = screen.need(self.root, "Continue RANGAN Kamala, begun")
        hours = {f"{there - datetime.timedelta(minutes=minutes):%H:%M}" for minutes in range(3)}
        self.assertIn(begun.name.split()[-1], hours)


class Frozen(unittest.TestCase):
    """The server stands still: it takes connections and answers nothing. That a call is given up as soon as the server does not even
    tell that it lives, however long others may take, is shown without a clock in tests/client/test-given-up.c."""

    def setUp(self):
        self.client = screens.sign_in(screen, place, "Reception")
        self.root = self.client.root

    def tearDown(self):
        place.server.send_signal(signal.SIGCONT)
        screens.close(screen, self.client)

    def test_work_goes_on_and_it_is_seen_when_it_is_back(self):
        screen.need(self.root, "New patient", "push button", wait=20)
        net = screen.need(self.root, "Online", "label")
        screen.keys("ctrl+n")
        screen.fill(self.root, (("Given name", "Vanaja"), ("Family name", "Stillwater"), ("Sex", "f"), ("Date of birth", "2/3/1985"),
                                ("Phone", "9876512340")))
        place.server.send_signal(signal.SIGSTOP)
        screen.keys("ctrl+Return")
        until(lambda: "1 waiting" in net.name, wait=60)
        self.assertIn("Offline since", net.name)
        # what is asked without it comes from the copy as soon
        screen.keys("ctrl+f", "ctrl+a")
        screen.type("stillw")
        screen.need(self.root, "STILLWATER Vanaja", wait=60)
        # nobody touches the desk any more
        screens.settle(4)
        place.server.send_signal(signal.SIGCONT)
        screen.need(self.root, "Online", wait=60)
        until(lambda: place.ask("SELECT count(*) FROM patient WHERE family_name = 'Stillwater' AND mrn IS NOT NULL")[0] == 1)


class Corrected(unittest.TestCase):
    """Somebody notices the wrong password before the server tells it, and types on."""

    def setUp(self):
        self.client = screen.launch(place.client(), place.client_env())
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def test_no_letter_and_no_enter_is_lost(self):
        """Whenever the answer to the wrong one comes: before the first letter of the right one, between two of them, or after Enter."""
        screen.focused(self.root, "User name", "text")
        screen.type("reception")
        screen.keys("Return")
        screen.focused(self.root, "Password", "text")
        for words in ("not it", hospital.PASSWORD):
            screen.type(words)
            screen.keys("Return")
        screen.need(self.root, "New patient", "push button", wait=20)

    def test_behind_somebody_nobody_else_signs_in(self):
        """What signs in is out of a screen reader's sight, and whoever still holds its button gets no second session."""
        button = screen.need(self.root, "Sign in", "push button")
        screen.sign_in(self.root, "reception", hospital.PASSWORD)
        screen.need(self.root, "New patient", "push button", wait=20)
        self.assertEqual([node.name for node in screen.walk(self.root) if node.name in ("Sign in", "User name", "Password")], [])
        sessions = place.ask("SELECT count(*) FROM session")
        with contextlib.suppress(Exception):  # it is nowhere any more
            screen.press(button)
        screen.keys("ctrl+n")
        screen.need(self.root, "Given name", "text")
        self.assertEqual(place.ask("SELECT count(*) FROM session"), sessions)


class PageKeys(unittest.TestCase):
    """The keys that a page shows are for the page, wherever in the window the focus is."""

    def setUp(self):
        self.client = screens.sign_in(screen, place, "Doctor")
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def chosen(self, name):
        tab = screen.need(self.root, name, "push button")
        return any(tab.getState().contains(state) for state in (screen.a.STATE_PRESSED, screen.a.STATE_CHECKED))

    def test_with_the_focus_in_the_header(self):
        screen.need(self.root, "My drafts", "push button", wait=20)
        screen.keys("ctrl+k")
        screen.focused(self.root, "Find anything", "entry")
        screen.keys("ctrl+Page_Down")
        until(lambda: self.chosen("Results"))
        screen.keys("ctrl+k")
        screen.focused(self.root, "Find anything", "entry")
        screen.keys("ctrl+Page_Down")
        until(lambda: self.chosen("My drafts"))


class Hospitals(unittest.TestCase):
    """Somebody works in two hospitals: the desk asks once, remembers, and lets them change. By keys alone."""

    @classmethod
    def setUpClass(cls):
        other = place.call("admin", "POST", "/hospitals", code="WEST", name="Mahima West", time_zone="Asia/Kolkata", currency="INR", active=True)
        cls.work_in(other["id"])

    @classmethod
    def tearDownClass(cls):
        cls.work_in()

    @staticmethod
    def work_in(*others):
        person, version = place.ask("SELECT id, version FROM app_user WHERE username = 'reception'")
        place.call("admin", "PATCH", "/users/" + person, version, hospital_ids=others)

    def setUp(self):
        self.client = screen.launch(place.client(), place.client_env())
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def enter(self):
        screen.sign_in(self.root, "reception", hospital.PASSWORD)

    def works_in(self):
        return place.ask("SELECT h.name FROM session s JOIN hospital h ON h.id = s.hospital_id ORDER BY s.created_at DESC LIMIT 1")[0]

    def menu(self, item):
        screen.keys("ctrl+m")
        screen.press(screen.need(self.root, item, "menu item"))

    def test_chosen_once_and_changed(self):
        self.enter()
        row = screen.need(self.root, "Mahima West", "list item")
        self.assertEqual(screen.nameless(self.root), [])
        if os.environ.get("MAHIMA_SHOTS"):
            screen.shot(os.path.join(os.environ["MAHIMA_SHOTS"], "sign-in-hospitals.png"))
        until(lambda: screen.find(self.root, "Mahima Demonstration Hospital", "list item", wait=0))
        screen.keys("Down")
        until(lambda: row.getState().contains(screen.a.STATE_FOCUSED))
        screen.keys("Return")
        screen.need(self.root, "New patient", "push button", wait=20)
        self.assertEqual(self.works_in(), "Mahima West")
        # the locked screen goes back in there, and so does the next sign-in
        screen.keys("ctrl+l")
        screen.need(self.root, "Somebody else", "push button")
        screen.focused(self.root, "Password", "text")
        screen.type(hospital.PASSWORD)
        screen.written(self.root, "Password", hospital.PASSWORD)
        screen.keys("Return")
        screen.need(self.root, "New patient", "push button", wait=20)
        self.menu("Switch user")
        self.enter()
        screen.need(self.root, "New patient", "push button", wait=20)
        self.assertEqual(self.works_in(), "Mahima West")
        self.menu("Change hospital")
        self.enter()
        screen.need(self.root, "Mahima West", "list item")
        until(lambda: screen.find(self.root, "Mahima Demonstration Hospital", "list item", wait=0))
        until(lambda: [row for row in screen.walk(self.root) if row.getRoleName() == "list item" and
                       row.getState().contains(screen.a.STATE_FOCUSED)])
        screen.keys("Return")
        screen.need(self.root, "New patient", "push button", wait=20)
        self.assertEqual(self.works_in(), "Mahima Demonstration Hospital")

    def test_wrong_passwords_are_counted_for_the_desk(self):
        screen.sign_in(self.root, "nobody", "not it")
        screen.need(self.root, "User name or password is wrong.")
        self.assertIsNotNone(place.ask("SELECT 1 FROM login_guard WHERE key LIKE 'device:127.0.0.1/%'"))


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
