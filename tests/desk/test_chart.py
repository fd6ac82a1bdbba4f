#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A doctor at the chart, by accessible names and by keys: finds a patient, codes a problem, writes, keeps and signs a note, adds
to it, looks at a series of results; a draft survives the end of the client; without the server what was seen is there and what is
entered waits."""
import os
import sys
import time
import unittest
import urllib.error
import uuid

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
        screen.focused(self.root, "Find a patient", "entry")
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

    def test_4_results_that_were_ordered(self):
        mine = "FROM inbox_item i JOIN app_user u ON u.id = i.user_id WHERE u.username = 'doctor' AND i.deleted_at IS NULL"
        first, number = ask("SELECT i.id, i.order_number " + mine + " AND i.seen_at IS NULL ORDER BY CASE WHEN n_critical > 0 THEN 2"
                            " WHEN n_abnormal > 0 THEN 1 ELSE 0 END DESC, released_at DESC, i.id DESC LIMIT 1")
        n = ask("SELECT count(*) " + mine + " AND i.seen_at IS NULL")[0]
        screen.need(self.root, f"New results: {n}", wait=20)  # at the side bar
        screen.keys("alt+shift+d")
        screen.need(self.root, "My drafts", wait=20)
        screens.settle()
        screen.keys("ctrl+Page_Down")
        screen.need(self.root, "Mark as seen", "push button")
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("Home", "Return")  # the first is the heaviest: Enter opens its report
        screen.need(self.root, number, wait=20)
        self.assertIsNone(ask("SELECT seen_at FROM inbox_item WHERE id = ?", first)[0])  # that alone says nothing
        screen.keys("alt+shift+d")
        screen.need(self.root, "Mark as seen", "push button")
        screens.settle()
        screen.keys("F9")
        self.until("SELECT count(*) FROM inbox_item WHERE id = ? AND seen_at IS NOT NULL AND seen_name IS NOT NULL", 1, first)
        screen.need(self.root, f"New results: {n - 1}")
        screen.press(screen.need(self.root, "Undo", "push button"))
        self.until("SELECT count(*) FROM inbox_item WHERE id = ? AND seen_at IS NULL", 1, first)
        screen.need(self.root, f"New results: {n}")

    def test_5_a_death_and_back(self):
        self.open()
        screen.press(screen.need(self.root, "Record a death, or take it back", "push button"))
        screen.need(self.root, "Record the death", "push button")
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("F9")  # nothing is known yet: it stands, and is asked for
        screen.need(self.root, "Give the day and the hour")
        self.assertEqual(ask("SELECT count(*) FROM patient WHERE id = ? AND deceased = 1", self.patient)[0], 0)
        screen.type("12/11/2026")
        screen.keys("Tab")
        screen.type("14:30")
        screen.keys("Tab")
        screen.type("Dr Rao")
        screens.settle(0.6)
        screen.keys("F9")
        self.until("SELECT count(*) FROM patient WHERE id = ? AND deceased = 1 AND death_told_by = 'Dr Rao'", 1, self.patient)
        screen.need(self.root, "Died 12 Nov 2026")
        with self.assertRaises(urllib.error.HTTPError):
            place.call("reception", "POST", "/orders", id=str(uuid.uuid4()), patient_id=self.patient, payment_method="cash", items=[{"test": "CBC"}])
        screen.press(screen.need(self.root, "Record a death, or take it back", "push button"))
        screen.need(self.root, "Take the death back", "push button")
        screens.settle()
        screen.type("Another patient was meant")
        screens.settle(0.6)
        screen.keys("F9")
        self.until("SELECT count(*) FROM patient WHERE id = ? AND deceased = 1", 0, self.patient)
        end = time.time() + 10
        while screen.find(self.root, "Died 12 Nov 2026", wait=0) is not None:
            self.assertLess(time.time(), end)

    def test_6_without_the_server(self):
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

    def test_7_results_without_the_server(self):
        """The inbox of this desk: what was read opens again, what is marked as seen waits, and is among the seen ones meanwhile."""
        mine = "FROM inbox_item i JOIN app_user u ON u.id = i.user_id WHERE u.username = 'doctor' AND i.deleted_at IS NULL"
        first, number = ask("SELECT i.id, i.order_number " + mine + " AND i.seen_at IS NULL ORDER BY CASE WHEN n_critical > 0 THEN 2"
                            " WHEN n_abnormal > 0 THEN 1 ELSE 0 END DESC, released_at DESC, i.id DESC LIMIT 1")
        n = ask("SELECT count(*) " + mine + " AND i.seen_at IS NULL")[0]
        screen.need(self.root, f"New results: {n}", wait=20)
        screen.keys("alt+shift+d")
        screen.need(self.root, "My drafts", wait=20)
        screens.settle()
        screen.keys("ctrl+Page_Down")
        screen.need(self.root, "Mark as seen", "push button")
        screens.settle()
        screen.keys("Home", "Return")
        screen.need(self.root, number, wait=20)
        screens.settle()
        address = place.url.split("//")[1]
        place.stop()
        screen.need(self.root, "Offline", wait=60)
        screen.keys("alt+1")  # any other page
        screens.settle()
        screen.keys("alt+shift+d")
        screen.need(self.root, "Mark as seen", "push button", wait=20)
        screens.settle()
        screen.keys("Home", "Return")
        screen.need(self.root, number, wait=20)
        screen.keys("alt+shift+d")
        screen.need(self.root, "Mark as seen", "push button")
        screens.settle()
        screen.keys("Home", "F9")
        screen.need(self.root, ", 1 waiting", wait=20)
        screen.need(self.root, f"New results: {n - 1}", wait=20)
        screen.press(next(node for node in screen.walk(self.root) if node.name == "Seen" and node.getRoleName() in desk.ALSO["push button"]))
        screen.need(self.root, "Mark as new again", "push button")
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("Home", "F9")  # and back, and seen after all: what waits is told in its order
        screen.need(self.root, f"New results: {n}", wait=20)
        screen.press(next(node for node in screen.walk(self.root) if node.name == "New" and node.getRoleName() in desk.ALSO["push button"]))
        screen.need(self.root, "Mark as seen", "push button")
        screens.settle()
        screen.keys("Home", "F9")
        screen.need(self.root, f"New results: {n - 1}", wait=20)
        self.until("SELECT count(*) FROM inbox_item WHERE id = ? AND seen_at IS NULL", 1, first)
        place.start(address)
        self.until("SELECT count(*) FROM inbox_item WHERE id = ? AND seen_at IS NOT NULL AND seen_name IS NOT NULL", 1, first)
        screen.need(self.root, "Online", wait=60)
        screen.need(self.root, f"New results: {n - 1}", wait=20)


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
