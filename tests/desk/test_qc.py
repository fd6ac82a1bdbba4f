#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quality control at the desk: a control is rejected, the board says so, an action is recorded; a fault locks equipment; a
worksheet is made. By accessible names and by keys."""
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

screen = place = None


class Controls(unittest.TestCase):
    def setUp(self):
        self.client = screens.sign_in(screen, place, "Pathologist")
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def scores(self):
        return [node.name for node in screen.walk(self.root) if re.match("z [−-]?[0-9]", node.name or "") and screen.seen(node)]

    def open_controls(self):
        screen.press(screen.need(self.root, "Enter controls", "push button"))
        screen.need(self.root, "CREA, level 1", "text")
        screens.settle(0.6)

    def told(self, words):
        return [node.name for node in screen.walk(self.root) if words in (node.name or "") and screen.seen(node)]

    def measure(self, one, two):
        self.open_controls()
        screen.type(one)
        screen.keys("Return")
        screen.type(two)
        screen.need(self.root, "Save controls", "push button")
        screen.keys("ctrl+Return")
        screens.settle()

    def test_0_escape_keeps_what_was_measured(self):
        screen.keys("alt+shift+q")
        screen.need(self.root, "CREA on CHEM1", wait=20)
        screens.settle()
        for typed in ("1.02", ""):
            self.open_controls()
            screen.type(typed)
            hospital.until(self.scores, 5)
            screen.keys("Escape")
            screens.settle()
        self.open_controls()
        screen.keys("ctrl+a", "BackSpace", "Escape")
        screens.settle()
        self.open_controls()
        self.assertEqual(self.scores(), [])
        screen.keys("Escape")

    def test_1_rejected_and_acted_on(self):
        screen.keys("alt+shift+q")
        screen.need(self.root, "CREA on CHEM1", wait=20)
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        self.measure("1.30", "5.40")
        screen.need(self.root, "✕ Locked")
        screens.settle()
        screen.press(screen.need(self.root, "Corrective action…", "push button"))
        screens.settle()
        screen.need(self.root, "Record", "push button")
        screens.settle(0.6)
        screen.keys("space", "Down", "Return")
        screens.settle(0.6)
        screen.keys("Tab")
        screen.type("two points, new reagent")
        screen.keys("ctrl+Return")
        screen.need(self.root, "⟳ Waits for a good control")
        screens.settle()
        self.measure("1.05", "5.40")
        screen.need(self.root, "8 controls")
        for _ in range(50):
            if screen.find(self.root, "⟳ Waits for a good control", wait=0) is None:
                return
            screens.settle(0.2)
        self.fail("still locked after a good control")

    def test_2_a_fault_locks_equipment(self):
        screen.keys("alt+shift+e")
        screen.need(self.root, "Report a fault…", "push button", wait=20)
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("F8")
        screen.need(self.root, "Log", "push button")
        screen.focused(self.root, "What was done or seen", "text")
        screen.type("Door does not close")
        screen.keys("ctrl+Return")
        screen.need(self.root, "✕ Fault")

    def test_2_a_bench_stands_by_its_name(self):
        screen.keys("alt+shift+e")
        screen.need(self.root, "New plan…", "push button", wait=20)
        code, name = place.ask("SELECT b.code, b.name FROM equipment e JOIN bench b ON b.code = e.bench WHERE e.code = 'FRZ1'")
        self.assertNotEqual(code, name)
        hospital.until(lambda: any(f"Bench: {name} " in told for told in self.told("Freezer · ")))

    def test_2_a_plan_is_changed_and_back(self):
        screen.keys("alt+shift+e")
        screen.need(self.root, "New plan…", "push button", wait=20)
        screens.settle()
        change = screen.need(self.root, "Change… ", "push button")
        name = change.name.split("… ", 1)[1]
        recorded = screen.find(self.root, "Record calibration… " + name, "push button", wait=1)
        self.assertIsNotNone(recorded or screen.find(self.root, "Record maintenance… " + name, "push button", wait=1))
        screen.press(change)  # the one that was found first: what is read does not make the lines anew
        screen.need(self.root, "What is done", "text")
        screens.settle(0.6)
        screen.keys("Tab", "Tab")  # over what is done and every how many days
        screen.type("500")
        screen.keys("ctrl+Return")
        hospital.until(lambda: self.told("after 500 results"), 10)
        screen.press(screen.need(self.root, "Undo", "push button"))
        screen.need(self.root, "It is as it was before")
        hospital.until(lambda: not self.told("after 500 results"), 10)

    def test_2_what_is_offered_to_undo_is_undone_out_of_the_search_too(self):
        screen.keys("alt+shift+e")
        screen.need(self.root, "New plan…", "push button", wait=20)
        screens.settle()
        screen.press(screen.need(self.root, "Change… ", "push button"))
        screen.need(self.root, "What is done", "text")
        screens.settle(0.6)
        screen.keys("Tab", "Tab")
        screen.type("600")
        screen.keys("ctrl+Return")
        hospital.until(lambda: self.told("after 600 results"), 10)
        box = screen.need(self.root, "Find equipment").queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screen.type("e")
        screen.need(self.root, "Undo", "push button", wait=0)
        screen.keys("ctrl+z")
        screen.need(self.root, "It is as it was before")
        hospital.until(lambda: not self.told("after 600 results"), 10)
        screen.keys("BackSpace")

    def test_3_a_worksheet_is_made(self):
        screen.keys("alt+shift+w")
        screen.need(self.root, "New worksheet…", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+n")
        screen.need(self.root, "Make", "push button")
        screen.focused(self.root, "Bench", "text")
        screen.type("B")
        screen.keys("ctrl+Return")
        screen.need(self.root, "Save values", "push button")
        self.assertEqual(screen.nameless(self.root), [])
        complaints = [line for line in screen.client_log().splitlines()
                      if ("WARNING" in line or "CRITICAL" in line) and "Notifications" not in line]
        self.assertEqual(complaints, [])


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=60, orders=80)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
