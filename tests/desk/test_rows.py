#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""In a table beside one of its rows the chosen row is what is shown, also while the server is away; a locked desk stays locked."""
import os
import re
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
# in a row's line each part is isolated, so that it keeps its order from right to left, too
NUMBER = re.compile("\u2068?(?:Order )?(MH-\\d{6})\u2069?(?: · |$)")
CASHIER = next(keys for page, _, keys in screens.pages() if page == "cashier")


class Rows(unittest.TestCase):
    def begin(self, person):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def rows(self):
        """Order numbers of the first column, or that a row's line begins with, from above, with their places."""
        found = {}
        for node in screen.walk(self.root):
            number = NUMBER.match(node.name or "")
            if number and node.getRoleName() == "label" and screen.seen(node):
                at = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
                found.setdefault(at.x, []).append((at.y, number.group(1), at))
        first = min(found) if found else None
        return [(name, at) for _, name, at in sorted(found.get(first, []), key=lambda row: row[0])]

    def shown(self, number):
        """Is the order told outside of its row too?"""
        left = min(at.x for _, at in self.rows())
        for node in screen.walk(self.root):
            if number in (node.name or "") and node.getRoleName() == "label" and screen.seen(node):
                if node.queryComponent().getExtents(screen.a.WINDOW_COORDS).x > left + 200:
                    return True
        return False

    def walk_down(self, title):
        rows = until(lambda: self.rows() if len(self.rows()) > 2 else None)
        at = rows[0][1]
        screen.click(at.x + 10, at.y + at.height // 2)
        for number, _ in (rows[0], rows[1], rows[2]):
            until(lambda number=number: self.shown(number), wait=20)
            screen.keys("Down")
        return rows

    def test_1_arrows(self):
        """Board, results and verification: arrow down, and what stands beside is of the new row."""
        for person, keys, title in (("Technician", "alt+3", "Order board"), ("Technician", "alt+4", "Results"),
                                    ("Pathologist", "alt+5", "Verification")):
            self.begin(person)
            screen.keys(keys)
            screen.need(self.root, title, "frame", wait=20)
            screens.settle(2)
            try:
                self.walk_down(title)
            except AssertionError:
                self.fail(f"{title}: the pane is not of the row")
            screens.close(screen, self.client)
        self.begin("Technician")

    def focused(self):
        """What has the keys, as its place on the screen and what it stands in."""
        for node in screen.walk(self.root):
            if node.getState().contains(screen.a.STATE_FOCUSED) and node.getRoleName() not in ("frame", "application"):
                at = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
                return (at.x, at.y, at.width, at.height), node.parent.getRoleName()
        return None, None

    def place(self):
        """Where the keys are."""
        return self.focused()[0]

    def test_6_tab_leaves_a_table(self):
        """One Tab goes on to what comes after the table, Shift+Tab back to the row that one came from."""
        for person, keys, title in (("Technician", "alt+3", "Order board"), ("Technician", "alt+4", "Results"), ("Reception", "alt+1", "Front desk")):
            self.begin(person)
            screen.keys(keys)
            screen.need(self.root, title, "frame", wait=20)
            screens.settle(2)
            if title == "Front desk":
                screen.type("a")
                screens.settle(2)
                screen.keys("Down", "Down")
            else:
                at = until(lambda: self.rows() if len(self.rows()) > 2 else None)[0][1]
                screen.click(at.x + 10, at.y + at.height // 2)
                screen.on_row(self.root)
                top = until(self.place)
                screen.keys("Down")
                until(lambda top=top: self.place() not in (None, top))
            screen.on_row(self.root)
            row, role = self.focused()
            screen.keys("Tab")
            until(lambda row=row: self.place() not in (None, row))
            after, role_after = self.focused()
            self.assertFalse(after is None or (role_after == role and (after[0], after[2]) == (row[0], row[2])),
                             f"{title}: Tab goes from {row} to {after}, a row of the same {role}")
            screen.keys("shift+Tab")
            until(lambda after=after: self.place() not in (None, after))
            self.assertEqual(self.focused()[0], row, f"{title}: Shift+Tab does not go back")
            screens.close(screen, self.client)
        self.begin("Technician")

    def test_2_a_locked_desk(self):
        """The keys of pages do nothing behind the lock, and what is typed is the password."""
        self.begin("Reception")
        screen.need(self.root, "Front desk", "frame", wait=20)
        screen.keys("ctrl+l")
        screen.need(self.root, "Sign in", "push button", wait=20)
        screen.focused(self.root, "Password", "text")
        for keys in ("alt+3", "alt+2", "F2", "ctrl+n", "ctrl+k", "alt+1"):
            screen.keys(keys)
        screens.settle()
        self.assertIsNone(screen.find(self.root, "Find anything", wait=1), "a page is in the tree behind the lock")
        screen.type(hospital.PASSWORD)
        screen.written(self.root, "Password", hospital.PASSWORD)
        screen.keys("Return")
        self.assertIsNotNone(screen.find(self.root, "Front desk", "frame", wait=20), "it does not open, or at another page")

    def test_3_without_the_server(self):
        """The row that is looked at stays the one beside it when the server goes, and its results come when it is back."""
        self.begin("Technician")
        screen.keys("alt+4")
        screen.need(self.root, "Results", "frame", wait=20)
        rows = until(lambda: self.rows() if len(self.rows()) > 2 else None)
        address = place.url.split("//")[1]
        until(lambda: self.shown(rows[0][0]))
        place.stop()
        screen.need(self.root, "Offline since", wait=60)
        rows = self.rows()
        at = rows[2][1]
        screen.click(at.x + 10, at.y + at.height // 2)
        name, = place.ask("SELECT p.family_name FROM lab_order o JOIN patient p ON p.id = o.patient_id WHERE o.number = ?", rows[2][0])
        self.assertIsNotNone(screen.find(self.root, name.upper(), wait=20), "the patient beside is not the row's")
        place.start(address)
        until(lambda: self.shown(rows[2][0]), wait=60)

    def bell(self):
        """What the bell says once its list has come to rest."""
        screen.need(self.root, "Online", wait=60)
        screens.settle(4)
        node = screen.find(self.root, "Notifications", wait=10)
        return node.name

    def open_bell(self):
        at = screen.need(self.root, "Notifications", wait=10).queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(at.x + at.width // 2, at.y + at.height // 2)
        screen.need(self.root, "Alerts", "list", wait=10)

    def test_5_the_second_sign_in(self):
        """A desk that was used before shows its own copy and says so, until the server is there: then what the server has."""
        self.begin("Technician")
        first = self.bell()
        self.assertRegex(first, r"\d+ new")
        screens.close(screen, self.client)
        address = place.url.split("//")[1]
        place.stop()
        self.begin("Technician")
        screen.need(self.root, "Offline", wait=20)
        self.open_bell()
        screen.need(self.root, "from this desk", wait=10)
        screen.keys("Escape")
        place.start(address)
        self.assertEqual(self.bell(), first)
        self.open_bell()
        screens.settle()
        self.assertIsNone(screen.find(self.root, "from this desk", wait=1), "the copy's alerts are still shown")

    def go(self, keys, title):
        screen.keys(keys)
        return screen.need(self.root, title, "frame", wait=20)

    def counts(self, pages):
        """How many rows each page has once it has come to rest."""
        screen.need(self.root, "Online", wait=60)
        found = {}
        for keys, title in pages:
            page = self.go(keys, title)
            screens.settle(4)
            found[title] = sum(1 for node in screen.walk(page) if node.getRoleName() in ("table row", "list item") and screen.seen(node))
        return found

    def test_5_the_second_sign_in_of_lists(self):
        """They are whole again, too: those that were filled from the copy before the server was there."""
        for person, pages in (("Technician", (("alt+shift+q", "Quality control"), ("alt+shift+v", "Critical values"))),
                              ("Cashier", ((CASHIER, "Cashier"),))):
            self.begin(person)
            first = self.counts(pages)
            self.assertTrue(all(first.values()), f"{person} has nothing to compare: {first}")
            screens.close(screen, self.client)
            address = place.url.split("//")[1]
            place.stop()
            self.begin(person)
            screen.need(self.root, "Offline", wait=20)
            for keys, title in pages:
                self.go(keys, title)
            place.start(address)
            self.assertEqual(self.counts(pages), first)
            screens.close(screen, self.client)
        self.begin("Technician")

    def test_4_f10(self):
        """It verifies what is in range; no menu opens."""
        self.begin("Pathologist")
        screen.keys("alt+5")
        screen.need(self.root, "Verification", "frame", wait=20)
        screen.need(self.root, " in range · F10", wait=20)
        screen.keys("F10")
        screen.need(self.root, " out in ", wait=20)
        self.assertIsNone(screen.find(self.root, "Change the password", wait=1), "the menu is open")
        self.assertGreater(self.pending("waiting"), 0)
        self.client.kill()
        self.client.wait(10)
        screen.apps.remove(self.client)
        self.begin("Pathologist")
        screen.keys("alt+5")
        screen.need(self.root, " out in ", wait=20)
        screen.keys("ctrl+z")
        screen.need(self.root, "Taken back: ", wait=10)
        self.assertEqual(self.pending("waiting"), 0)
        self.assertGreater(self.pending("taken_back"), 0)
        screen.need(self.root, " in range · F10", wait=20)

    def pending(self, status):
        return place.ask("SELECT count(*) FROM pending_release WHERE status = ?", status)[0]


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=60, orders=60)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
