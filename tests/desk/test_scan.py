#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scanner types, a key each few milliseconds and Enter, goes to the page and never to the focus: on every page, with the
focus in a row, a field and a dialog. What is typed fast by hand arrives letter by letter."""
import os
import subprocess
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

SCAN = """SELECT s.accession, o.number, o.patient_name, o.id FROM sample s JOIN lab_order o ON o.id = s.order_id
          WHERE o.status = 'processing' AND s.status = 'received' ORDER BY o.number"""


def focused(root):
    """The node with the focus."""
    for node in screen.walk(root):
        try:
            if node.getState().contains(screen.a.STATE_FOCUSED):
                return node
        except Exception:
            pass
    return None


def text_of(node):
    try:
        text = node.queryText()
        return text.getText(0, text.characterCount)
    except NotImplementedError:
        return ""


class Scan(unittest.TestCase):
    def begin(self, person):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def page(self, name):
        return screen.need(self.root, name, "frame", wait=20)

    def typed_nowhere(self, code, where):
        for node in screen.walk(self.root):
            try:
                role = node.getRoleName()
            except Exception:
                continue
            if role in ("text", "entry", "password text") and screen.seen(node):
                self.assertNotIn(code[1:8], text_of(node), f"typed into the focus of {where}")

    def leads_to(self, page, seen):
        """The page of a role where a tube scanned on this one is worked on; None: the role has none."""
        if page in ("Results", "Verification", "Reports", "Samples", "Cashier"):
            return page
        return next((frame for frame in ("Order board", "Results", "Verification", "Reports") if frame in seen), None)

    def is_open(self, row, page):
        """Where the page tells that it is about the order of the tube, and not only lists it."""
        accession, number, name = row[:3]
        if page is None:
            return screen.find(self.root, "Your role may not open what was scanned", wait=0)
        words, role = {"Order board": ("Order " + number, None), "Results": (number + " · drafts save themselves", None),
                       "Samples": (accession, None)}.get(page, (name, "panel"))
        return screen.find(screen.find(self.root, page, "frame", wait=0) or self.root, words, role, wait=0)

    def comes(self, row, page):
        try:
            return until(lambda: self.is_open(row, page), wait=30)
        except AssertionError:
            return None

    def test_1_every_page_opens_what_is_scanned(self):
        """From each page the first scan opens the tube's order where that page's work is done, wherever the focus is."""
        rows, failed = self.all_rows(), []
        for person in ("Technician", "Reception", "Doctor", "Pathologist", "Nurse"):
            self.begin(person)
            seen = screens.side_bar(screen, self.client)
            for at, (page, title, keys) in enumerate(row for row in screens.pages() if row[1] in seen):
                screen.keys(keys)
                self.page(title)
                screens.settle(1)
                screen.keys(*["Tab"] * (at % 4), "shift")  # the focus is elsewhere each time
                to = self.leads_to(title, seen)
                row = next(row for row in rows if not self.is_open(row, to))
                screen.burst(row[0])
                if not self.comes(row, to):
                    failed.append(f"{person}: order {row[1]} from {title} in {to}")
                self.typed_nowhere(row[0], title)
            screens.close(screen, self.client)
        self.begin("Reception")
        self.assertEqual(failed, [])

    def test_2_a_value_is_never_a_code(self):
        """In the result grid the focus is in a value: another tube opens its own order, and no value changes."""
        rows = [row for row in self.all_rows()]
        first, other = rows[0], next(row for row in rows if row[2] != rows[0][2])
        self.begin("Technician")
        screen.keys("alt+4")
        self.page("Results")
        screens.settle()
        for row in (first, other, first):
            screen.burst(row[0])
            self.assertIsNotNone(screen.find(self.root, row[1] + " · drafts save themselves", wait=30))
            self.typed_nowhere(row[0], "Results")
        screen.burst("LOT4711XY")  # nobody's code
        self.assertIsNotNone(screen.find(self.root, "This code does nothing on this page", wait=10))
        self.typed_nowhere("LOT4711XY", "Results")

    def all_rows(self):
        import sqlite3
        with sqlite3.connect(f"file:{place.folder}/mahima.db?mode=ro", uri=True, timeout=10) as base:
            return base.execute(SCAN).fetchall()

    def test_3_a_scan_that_fails_leaves_nothing_chosen(self):
        """A misread label on the board: R receives nothing, and no letter of it was a key of the page."""
        self.begin("Technician")
        screen.keys("alt+3")
        self.page("Order board")
        accession, number, _, _ = place.ask(SCAN)
        screen.burst(accession)
        self.assertIsNotNone(screen.find(self.root, number, wait=20))
        screens.settle(2)
        wrong = accession[:-1] + ("A" if accession[-1] != "A" else "B")
        screen.burst(wrong)
        self.assertIsNotNone(screen.find(self.root, "read wrongly", wait=10))
        screen.keys("r")
        self.assertIsNotNone(screen.find(self.root, "No collected tube among the chosen orders", wait=10))
        screen.keys("x")
        self.assertIsNone(screen.find(self.root, "Reject", "dialog", wait=1))

    def test_4_the_order_number_of_a_receipt(self):
        """It opens the order in its own tab, also from another one."""
        number, = place.ask("SELECT number FROM lab_order WHERE status = 'completed' ORDER BY number LIMIT 1")
        self.begin("Technician")
        screen.keys("alt+3")
        self.page("Order board")
        screens.settle()
        screen.burst(number, end="Tab")
        row_and_pane = {number, "Order " + number}
        until(lambda: {node.name for node in screen.walk(self.root) if node.name in row_and_pane and screen.seen(node)} == row_and_pane)

    def scan_paper(self, code, wanted):
        for _ in range(3):  # see scan_until_open
            screen.burst(code)
            if screen.find(self.root, wanted, wait=12) is not None:
                return
        self.fail(f"{code} does not lead to {wanted}")

    def test_4b_the_code_of_a_paper(self):
        """A report's QR code opens the report, in each form that papers have; who may not see it is told why, and so is a paper of
        somebody else."""
        report, number, digest = place.ask("SELECT r.id, o.number, r.content_hash FROM report r"
                                                     " JOIN lab_order o ON o.id = r.order_id ORDER BY r.id LIMIT 1")
        other, other_number, other_digest = place.ask("SELECT r.id, o.number, r.content_hash FROM report r"
                                                      " JOIN lab_order o ON o.id = r.order_id ORDER BY r.id DESC LIMIT 1")
        version, = place.ask(f"SELECT version_no FROM report WHERE id = '{report}'")
        self.begin("Technician")
        screen.keys("alt+3")
        self.page("Order board")
        screens.settle()
        self.scan_paper(f"MHREPORT:1:{report.upper()}:{version}:{digest.upper()}", number)
        self.scan_paper(f"https://hospital.example/r/{other.replace('-', '')}-1-{other_digest[:32]}", other_number)
        self.scan_paper("https://hospital.example/r/" + "0" * 12 + "7" + "0" * 3 + "8" + "0" * 15 + "-1-" + "a" * 32, "not one of this hospital")
        screens.close(screen, self.client)
        self.begin("Cashier")
        self.page("Cashier")
        self.scan_paper(f"MHREPORT:1:{report.upper()}:{version}:{digest.upper()}", "This needs the right")

    def test_5_a_dialog_keeps_to_its_own(self):
        """A scan while a form is open is not written into it and opens nothing behind it; what is no code of the house is text."""
        accession, _, _, _ = place.ask(SCAN)
        self.begin("Reception")
        self.page("Front desk")
        screens.settle()
        screen.keys("ctrl+n")
        field = until(lambda: focused(self.root))
        screen.burst(accession)
        self.assertIsNotNone(screen.find(self.root, "Finish or close the window", wait=10))
        self.assertEqual(text_of(focused(self.root) or field), "")
        subprocess.run(["xdotool", "type", "--delay", "12", "Sarojini"], check=True)
        until(lambda: text_of(focused(self.root)) == "Sarojini", wait=10)

    def test_6_fast_hands(self):
        """Letters of a fast typist, and those of a scanner's code that is none of the house, keep their order in a field."""
        self.begin("Reception")
        self.page("Front desk")
        screens.settle()
        for delay in (1, 8, 25, 45):
            screen.keys("ctrl+f")
            screen.keys("ctrl+a", "BackSpace")
            subprocess.run(["xdotool", "type", "--delay", str(delay), "Quick Brown 12345 fOx"], check=True)
            until(lambda: text_of(focused(self.root)) == "Quick Brown 12345 fOx", wait=10)

    def test_7_a_display_that_stands_still_for_a_moment(self):
        """A key that comes late, as all processors were busy, belongs to the scan: nothing of it is typed."""
        first, other = self.all_rows()[:2]
        self.begin("Technician")
        screen.keys("alt+3")
        self.page("Order board")
        screens.settle()
        for row in (first, other, first):
            screen.burst(row[0], halt=4)
            self.assertTrue(self.comes(row, "Order board"), row)
            self.typed_nowhere(row[0], "Order board")


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
