#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk in the hall, by accessible names: registering, choosing, ordering, a number, the stars; being found again; what
stays after a visit (nothing), what a wrong date says (nothing), and that it closes by the PIN of the staff alone."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")
PIN = "246810"
screen = place = None


def shot(name):
    if SHOTS:
        screens.settle(0.6)
        screen.shot(os.path.join(SHOTS, f"kiosk-{name}.png"))


def launch(**env):
    """A kiosk whose account has signed in."""
    client = screen.launch(place.client() + ["--kiosk"], place.client_env(**env))
    screen.need(client.root, "Sign in", "push button", wait=20)
    screens.settle()
    screen.keys("ctrl+a")
    screen.type("kiosk")
    screen.keys("Return")
    screens.settle(0.4)
    screen.type(hospital.PASSWORD)
    screen.keys("Return")
    screen.need(client.root, "मराठी", "push button", wait=20)
    for _ in range(50):
        if screen.need(client.root, "मराठी", "push button").getState().contains(screen.a.STATE_SENSITIVE):
            break
        screens.settle(0.2)
    return client


def press(root, name):
    screen.press(screen.need(root, name, "push button"))
    screens.settle(0.5)


def choose(root, *tests):
    for test in tests:
        # GTK 4.8 gives check boxes no action: a finger it is
        place_of = screen.need(root, test, "check box").queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(place_of.x + place_of.width // 2, place_of.y + place_of.height // 2)
        screens.settle(0.3)


def enrol(root, given, family, sex, phone, born):
    for text in (given, family):
        screen.type(text)
        screen.keys("Return")
    screen.press(screen.need(root, sex, "push button"))
    screen.type(phone)
    screen.keys("Return")
    screen.type(born)
    screens.settle(0.4)


class Kiosk(unittest.TestCase):
    def tearDown(self):
        if self.client.poll() is None:
            screens.close(screen, self.client)

    def fine(self):
        self.assertEqual(screen.nameless(self.client.root), [])

    def test_1_a_visit_from_language_to_stars(self):
        self.client = launch()
        root = self.client.root
        shot("welcome")
        self.fine()
        press(root, "English")
        screen.need(root, "What would you like to do?")
        shot("what")
        press(root, "I am here for the first time")
        enrol(root, "Sarita", "Kale", "Female", "9876500011", "07031984")
        shot("person")
        self.fine()
        press(root, "Go on")
        screen.need(root, "Choose your tests")
        choose(root, "Blood count", "Sugar, before eating")
        shot("tests")
        self.fine()
        press(root, "Go on with these tests")
        screen.need(root, "Your tests")
        screen.need(root, "Blood count")
        shot("cart")
        self.assertIsNone(screen.find(root, "pay now by UPI", "push button", wait=0.2))
        press(root, "pay at the desk")
        screen.need(root, "Your number")
        screen.need(root, "Please pay at the desk")
        shot("done")
        self.fine()
        press(root, "5 of 5")
        screen.need(root, "Thank you for telling us.")
        press(root, "Finish")
        screen.need(root, "اردو", "push button")
        self.assertIsNone(screen.find(root, "Sarita", wait=0.2))

    def test_2_found_again_and_wrong_dates_say_nothing(self):
        self.client = launch()
        root = self.client.root
        press(root, "हिन्दी")
        press(root, "मैं पहले आ")
        screen.type("9876500011")
        screen.keys("Return")
        screen.type("08031984")
        shot("hi-person")
        press(root, "आगे बढ़ें")
        screen.need(root, "कोई नहीं मिला")
        shot("hi-nobody")
        screen.keys("ctrl+a")
        screen.type("07.03.1984")
        press(root, "आगे बढ़ें")
        screen.need(root, "अपनी जाँचें चुनें")
        screen.need(root, "खून की गिनती")
        shot("hi-tests")
        press(root, "फिर से शुरू करें")
        screen.need(root, "English", "push button")
        press(root, "اردو")
        shot("ur-what")
        press(root, "میں پہلی بار")
        shot("ur-person")
        self.fine()
        press(root, "دوبارہ شروع کریں")

    def test_3_closes_by_the_pin_alone(self):
        self.client = launch()
        root = self.client.root
        screen.keys("alt+F4", "ctrl+q", "ctrl+w", "F11", "Escape")
        screens.settle()
        self.assertIsNone(self.client.poll())
        press(root, "Staff")
        screen.type("111111")
        shot("staff")
        press(root, "Close the kiosk")
        screen.need(root, "This is not the PIN.")
        self.fine()
        # the keys on the screen
        for figure in PIN:
            screen.press([node for node in screen.walk(root) if node.name == figure and node.getRoleName() == "push button"
                          and screen.seen(node)][0])
        press(root, "Close the kiosk")
        for _ in range(100):
            if self.client.poll() is not None:
                break
            screens.settle(0.1)
        self.assertEqual(self.client.poll(), 0)
        screen.apps.remove(self.client)
        complaints = [line for line in screen.client_log().splitlines() if "CRITICAL" in line or "WARNING" in line]
        self.assertEqual(complaints, [])


def main(own):
    global screen, place
    screen = own
    place = hospital.Hospital(patients=60, orders=20)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main, 1080, 1920)
