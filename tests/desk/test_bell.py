#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands behind the bell, and for whom: a payment that failed, a payment provider that is away, a job that failed."""
import os
import sys
import time
import unittest
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

ALERTS = {"payment_failed": ("MH-000003", "The bank refused the card"), "gateway_away": ("Razorpay",),
          "job_failed": ("Backup", "No space is left")}
WORDS = {"payment_failed": "MH-000003: The bank refused the card",
         "gateway_away": "Razorpay does not answer; cash and cards are taken as usual", "job_failed": "Backup: No space is left"}
screen = place = None


def raise_alerts():
    """As the server's rooms raise them; the causes are the server's tests."""
    at = int(time.time() * 1000000)
    house = place.ask("SELECT hospital_id FROM app_user WHERE username = 'reception'")[0]
    place.stop()
    for kind, words in ALERTS.items():
        named = '["' + '","'.join(words) + '"]'
        place.write("INSERT INTO alert (id, version, created_at, changed_at, hospital_id, kind, severity, status, arguments,"
                    " dedupe_key, raised_at) VALUES (?, 1, ?, ?, ?, ?, 'severe', 'open', ?, ?, ?)",
                    str(uuid.uuid4()), at, at, house, kind, named, kind, at)
    place.start()


class Bell(unittest.TestCase):
    def setUp(self):
        self.client = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)

    def seen_by(self, person):
        """The kinds of those alerts that are behind the bell of that demonstration account."""
        self.client = screens.sign_in(screen, place, person)
        root = self.client.root
        screens.settle(2)
        at = screen.need(root, "Notifications", wait=20).queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(at.x + at.width // 2, at.y + at.height // 2)
        screens.settle(2)
        if os.environ.get("MAHIMA_SHOTS"):
            screen.shot(os.path.join(os.environ["MAHIMA_SHOTS"], f"bell-{person}.png"))
        return {kind for kind, words in WORDS.items() if screen.find(root, words, wait=1) is not None}

    def test_1_who_takes_payments_sees_what_became_of_them(self):
        self.assertEqual(self.seen_by("Cashier"), {"payment_failed", "gateway_away"})

    def test_2_who_looks_after_jobs_sees_the_one_that_failed(self):
        self.assertIn("job_failed", self.seen_by("Administrator"))

    def test_4_by_keys_alone(self):
        """Ctrl+B opens it and has the keys, Escape closes it and gives them back, behind the lock it does nothing."""
        self.client = screens.sign_in(screen, place, "Cashier")
        root = self.client.root
        words = WORDS["payment_failed"]
        screens.settle(2)
        screen.keys("ctrl+b")
        self.assertIsNotNone(screen.find(root, words, wait=10), "Ctrl+B does not open it")
        self.assertEqual(screen.nameless(root), [])
        screen.keys("Escape")
        hospital.until(lambda: screen.find(root, words, wait=0) is None, wait=5)
        screen.keys("ctrl+l")
        screen.need(root, "Somebody else", "push button")
        screen.keys("ctrl+b")
        self.assertIsNone(screen.find(root, words, wait=1), "it opens behind the lock")

    def test_3_a_doctor_sees_none_of_them(self):
        self.assertEqual(self.seen_by("Doctor"), set())
        told = place.call("doctor", "GET", "/alerts")["items"]
        self.assertFalse([alert for alert in told if alert["kind"] in ALERTS])


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=20, orders=4)
    try:
        raise_alerts()
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
