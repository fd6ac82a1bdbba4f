#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue's page as its people use it: found by name, read by its tabs, a formula tried, a price changed, signed
off, taken back by a change, and told in the history. Everything by its accessible name and by keys."""
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


class Catalogue(unittest.TestCase):
    def setUp(self):
        self.begin("Pathologist")

    def begin(self, person):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root
        screen.keys("alt+shift+c")
        screen.need(self.root, "Find in the catalogue", "entry")
        screens.settle()

    def tearDown(self):
        screens.close(screen, self.client)

    def kind(self, steps):
        """The kind that many rows below the first in the drop-down."""
        screen.keys("shift+Tab", "space", *["Down"] * steps, "Return")
        screens.settle(0.6)
        screen.keys("Tab")

    def choose(self, text):
        screen.type(text)
        screens.settle()
        screen.keys("Down", "Return")
        screens.settle()

    def tab(self, name):
        screen.press(screen.need(self.root, name, "page tab"))
        screens.settle()

    def reach(self, node, key):
        for _ in range(12):
            if node.getState().contains(screen.a.STATE_FOCUSED):
                return
            screen.keys(key)
            screens.settle(0.3)
        self.fail("the keys do not come to " + node.name)

    def texts(self):
        return [node.name for node in screen.walk(self.root) if node.name]

    def test_1_every_tab_has_names(self):
        self.choose("cbc")
        for name in ("Analytes", "Reflex", "Prices", "History", "Details"):
            self.tab(name)
            self.assertEqual(screen.nameless(self.root), [], name)
        self.assertIsNotNone(screen.find(self.root, "○ Not signed off: awaiting the medical director"))

    def test_2_ranges_are_drawn_and_said(self):
        self.kind(2)
        self.choose("hgb")
        self.tab("Ranges")
        drawn = [text for text in self.texts() if text.startswith("Ranges over the ages:")]
        self.assertTrue(any("13.4" in text and "Female" in text for text in drawn), drawn)

    def test_2b_a_gap_is_said_and_filled(self):
        """What the picture hatches is a button that says so in words; it makes the range for these very ages."""
        row, version = place.ask("SELECT id, version FROM reference_range WHERE analyte = 'HGB' AND kind = 'reference' AND sex = 'female' "
                                 "AND pregnancy IS NULL AND method IS NULL AND to_age IS NULL AND deleted_at IS NULL")
        place.call("pathologist", "PATCH", "/reference-ranges/" + row, version, to_age="60y")
        self.kind(2)
        self.choose("hgb")
        self.tab("Ranges")
        gap = screen.need(self.root, "Female, from 60y: no range", "push button")
        self.assertEqual(screen.nameless(self.root), [])
        ranges = [node for node in screen.walk(screen.need(self.root, "Ranges over the ages", "panel")) if node.getRoleName() == "push button"]
        focused = screen.a.STATE_FOCUSED
        screen.activate()  # a dialog may have been over it
        for key in ["Tab"] * 24:
            screen.keys(key)
            screens.settle(0.3)
            if any(node.getState().contains(focused) for node in ranges):
                break
        for key in ["Right"] * 24:
            if gap.getState().contains(focused):
                break
            screen.keys(key)
            screens.settle(0.3)
        self.assertTrue(gap.getState().contains(focused), "the keys do not come to the gap")
        screen.keys("Return")
        screen.need(self.root, "Pregnancy")
        entries = [node for node in screen.walk(self.root) if node.getRoleName() == "text" and screen.seen(node)]
        self.assertIn("60y", [node.queryText().getText(0, 20) for node in entries])
        screen.keys("Escape")

    def test_3_a_formula_is_tried(self):
        self.kind(2)
        self.choose("ldlc")
        self.tab("Formula")
        for name, value in (("CHOL", "200"), ("HDL", "50"), ("TG", "150")):
            screen.need(self.root, f"Value of {name}", "text").queryEditableText().setTextContents(value)
        screen.press(screen.need(self.root, "Calculate", "push button"))
        screens.settle()
        self.assertIsNotNone(screen.find(self.root, "120"), "200 - 50 - 150 / 5")

    def test_4_signed_off_and_taken_back(self):
        self.choose("ggtt")
        if screen.find(self.root, "Sign off", "push button") is None:
            screen.press(screen.need(self.root, "Withdraw sign-off", "push button"))
            screens.settle()
            screen.need(self.root, "Sign-off withdrawn")
        screen.press(screen.need(self.root, "Sign off", "push button"))
        screens.settle(2)
        self.assertIsNotNone(screen.find(self.root, "Withdraw sign-off", "push button"), "not signed")
        self.assertIsNone(screen.find(self.root, "Sign-off withdrawn", wait=0), "the message of an older act, whose Undo is another")
        screen.press(screen.need(self.root, "Undo", "push button"))
        screen.need(self.root, "Sign-off withdrawn")
        screen.press(screen.need(self.root, "Sign off", "push button"))
        screen.need(self.root, "Withdraw sign-off", "push button")
        method = screen.need(self.root, "Method", "text")
        method.queryEditableText().setTextContents("IFCC, 37 degrees")
        screens.settle(0.5)
        screen.press(screen.need(self.root, "Save", "push button"))
        screens.settle(2)
        self.assertIsNotNone(screen.find(self.root, "Sign off", "push button"), "a new method kept the sign-off")
        self.tab("History")
        self.assertTrue(any("IFCC, 37 degrees" in text for text in self.texts()), "the history does not tell")

    def test_4b_offered_at_the_kiosk_in_words(self):
        """A test is offered to visitors only in their own words; what is missing is said at its field."""
        self.choose("crpt")
        screen.press(screen.need(self.root, "Offered at the kiosk", "check box"))
        name = screen.need(self.root, "What patients call it, English", "text")
        name.queryEditableText().setTextContents("Inflammation")
        screens.settle(0.5)
        screen.press(screen.need(self.root, "Save", "push button"))
        screen.need(self.root, "Say in a sentence what it is for, or do not offer it at the kiosk")
        self.assertEqual(place.ask("SELECT count(*) FROM test WHERE code = 'CRPT' AND kiosk")[0], 0)
        screen.need(self.root, "What it is for, English", "text").queryEditableText().setTextContents("Shows whether something is inflamed.")
        screens.settle(0.5)
        screen.keys("ctrl+Return")
        hospital.until(lambda: place.ask("SELECT count(*) FROM test WHERE code = 'CRPT' AND kiosk")[0] == 1)
        screen.press(screen.need(self.root, "Undo", "push button"))
        hospital.until(lambda: place.ask("SELECT count(*) FROM test WHERE code = 'CRPT' AND kiosk")[0] == 0)

    def test_4c_a_list_gets_prices_of_what_is_called_by_name(self):
        """By keys: a test, a panel, and one that has its price already; the list tells names, and codes beside them."""
        def stored():
            return place.ask("SELECT count(*), sum(e.price) FROM price_entry e JOIN price_list l ON l.id = e.price_list_id "
                             "WHERE l.code = 'GENERAL' AND e.code IN ('UREAT', 'LFT') AND e.deleted_at IS NULL")

        screens.close(screen, self.client)
        self.begin("Administrator")
        self.kind(6)
        self.choose("general")
        self.tab("Prices")
        of = screen.need(self.root, "Test or panel", "text")
        self.reach(of, "Tab")
        for typed, code, name, price in (("urea", "UREAT", "Urea", "123"), ("liver", "LFT", "Liver function tests", "900"), ("ureat", "UREAT", "Urea", "100")):
            self.reach(of, "shift+Tab")
            screen.type(typed)
            screen.need(self.root, f"{name} · {code}", "list item")
            screen.keys("Return")
            hospital.until(lambda: of.queryText().getText(0, 40) == name)
            screen.keys("Return")
            field = screen.need(self.root, f"Price of {name} in General", "text")
            hospital.until(lambda: field.getState().contains(screen.a.STATE_FOCUSED))
            screen.keys("ctrl+a")
            screen.type(price)
            screen.need(self.root, f"{name} · {code}", "label")
        self.assertEqual(screen.nameless(self.root), [])
        self.reach(of, "shift+Tab")
        screen.type("no such thing")
        screen.need(self.root, "Nothing found")
        screen.keys("Escape")
        screen.press(screen.need(self.root, "Add price", "push button"))
        screen.need(self.root, "No test or panel has this name")
        screen.press(screen.need(self.root, "Save prices", "push button"))
        hospital.until(lambda: stored() == (2, 10000 + 90000))
        screen.need(self.root, "Price of Liver function tests in General", "text")

    def test_4d_a_manager_reads_what_holds_for_all_hospitals(self):
        screens.close(screen, self.client)
        self.begin("Manager")
        self.kind(6)
        self.choose("general")
        screen.need(self.root, "This list holds for all hospitals")
        self.assertIsNone(screen.find(self.root, "Save", "push button", wait=0))
        name = screen.need(self.root, "Name", "text")
        tab, reached = screen.need(self.root, "Prices", "page tab"), False
        for _ in range(40):
            screen.keys("Tab")
            screens.settle(0.2)
            reached = reached or tab.getState().contains(screen.a.STATE_FOCUSED)
            self.assertFalse(name.getState().contains(screen.a.STATE_FOCUSED))
        self.assertTrue(reached)
        self.tab("Prices")
        field = screen.need(self.root, "Price of ", "text")
        self.assertFalse(field.getState().contains(screen.a.STATE_EDITABLE))
        self.assertIsNone(screen.find(self.root, "Add price", "push button", wait=0))
        self.assertEqual(screen.nameless(self.root), [])

    def test_5_what_waits_and_what_is_found(self):
        self.kind(11)
        self.assertIsNotNone(screen.find(self.root, "Sign off all listed", "push button"))
        self.assertEqual(screen.nameless(self.root), [])
        complaints = [line for line in screen.client_log().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=20, orders=10)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
