#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A doctor at the chart, by accessible names and by keys: finds a patient, codes a problem, writes, keeps and signs a note, adds
to it, looks at a series of results; a draft survives the end of the client; without the server what was seen is there and what is
entered waits."""
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

MOST = ("SELECT p.mrn, p.id FROM result r JOIN patient p ON p.id = r.patient_id"
        " WHERE r.status IN ('verified', 'corrected')"
        " GROUP BY p.id ORDER BY count(*) DESC LIMIT 1")


def ask(sql, *values):
    return place.ask(sql, *values)


class Chart(unittest.TestCase):
    def setUp(self):
        self.client = screens.sign_in(screen, place, "Doctor")
        self.root = self.client.root
        self.mrn, self.patient = ask(MOST)

    def tearDown(self):
        screens.close(screen, self.client)

    def open(self):
        screen.keys("alt+shift+h")
        screen.need(self.root, "Whose chart?", wait=20)
        screens.settle(0.6)
        screen.type(self.mrn)
        screens.settle(2)
        screen.keys("Down", "Return")
        screen.need(self.root, "Overview", wait=20)
        screens.settle()

    def tab(self, name):
        screen.press(screen.need(self.root, name, "page tab"))
        screens.settle()

    def until(self, sql, wanted, *values):
        for _ in range(60):
            if ask(sql, *values)[0] == wanted:
                return
            screens.settle(0.2)
        self.assertEqual(ask(sql, *values)[0], wanted)

    def test_1_a_problem_with_its_code(self):
        self.open()
        self.tab("Problems")
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("F4")
        screen.need(self.root, "Save", "push button", wait=10)
        screens.settle()
        screen.type("M10.9")
        screens.settle(1.5)
        screen.keys("Down", "Return")
        screens.settle()
        screen.keys("ctrl+Return")
        self.until("SELECT count(*) FROM problem_item WHERE patient_id = ? AND code = 'M10.9'", 1, self.patient)
        self.until("SELECT count(*) FROM chart_revision WHERE object_id ="
                   " (SELECT id FROM problem_item WHERE patient_id = ? AND code = 'M10.9')", 1, self.patient)

    def test_2_a_note_is_kept_and_signed(self):
        self.open()
        self.tab("Notes")
        screens.settle()
        screen.keys("F4")
        screen.need(self.root, "Complaints", "text", wait=10)
        screens.settle()
        screen.type("Swollen toe since yesterday")
        screen.keys("ctrl+s")
        self.until("SELECT count(*) FROM note WHERE patient_id = ? AND status = 'draft'"
                   " AND sections LIKE '%Swollen toe since%'", 1, self.patient)
        self.assertEqual(screen.nameless(self.root), [])
        screen.type(", no fever")
        screen.keys("ctrl+Return")
        screen.need(self.root, "Sign this note?", wait=10)
        screens.settle()
        screen.keys("Return")
        self.until("SELECT count(*) FROM note WHERE patient_id = ? AND status = 'signed' AND hash IS NOT NULL"
                   " AND sections LIKE '%Swollen toe since yesterday, no fever%'", 1, self.patient)
        screens.settle()
        screen.keys("F6")
        screen.need(self.root, "Sign the addendum", "push button", wait=10)
        screens.settle()
        screen.type("Uric acid was 9")
        screen.keys("ctrl+Return")
        self.until("SELECT count(*) FROM note_addendum WHERE text = 'Uric acid was 9'", 1)

    def test_3_what_was_typed_survives(self):
        self.open()
        self.tab("Notes")
        screens.settle()
        screen.keys("F4")
        screen.need(self.root, "Complaints", "text", wait=10)
        screens.settle()
        screen.type("Half a sentence")
        screens.settle()
        self.client.kill()
        self.client.wait(10)
        screen.apps.remove(self.client)
        self.client = screens.sign_in(screen, place, "Doctor")
        self.root = self.client.root
        self.open()
        self.tab("Notes")
        screens.settle()
        screen.keys("F4")
        screens.settle(1.5)
        screen.keys("ctrl+s")
        self.until("SELECT count(*) FROM note WHERE status = 'draft' AND sections LIKE '%Half a sentence%'", 1)

    def test_4_without_the_server(self):
        self.open()
        self.tab("Problems")
        screens.settle()
        address = place.url.split("//")[1]
        place.stop()
        screens.settle()
        screen.keys("F4")
        screen.need(self.root, "Save", "push button", wait=10)
        screens.settle()
        screen.keys("Tab")
        screen.type("Snores")
        screens.settle(0.6)
        screen.keys("ctrl+Return")
        screens.settle(2)
        place.start(address)
        self.until("SELECT count(*) FROM problem_item WHERE patient_id = ? AND title = 'Snores'", 1, self.patient)


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=120, orders=200)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
