#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A nurse at work: vital signs with the score while typing, triage by keys, the paper's button; a form that a manager writes is on the
ward at once. By accessible names and by keys."""
import os
import sqlite3
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = None


class Nursing(unittest.TestCase):
    def begin(self, person, frame):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root
        self.need(frame, "frame", wait=20)
        screens.settle(2)

    def tearDown(self):
        screens.close(screen, self.client)

    def need(self, name, role=None, wait=10):
        return screen.need(self.root, name, role, wait)

    def enter(self):
        """Into the first value of the visit at the top."""
        self.at_the_top()
        screen.keys("Return")
        screen.focused(self.root, "Breaths", "text")

    def at_the_top(self):
        screen.keys("alt+shift+t")
        screen.on_row(self.root)
        screen.keys("Home")

    def number(self):
        """Of the visit on show."""
        return next((node.name[:10] for node in screen.walk(self.root) if (node.name or "").startswith("MH-V") and screen.seen(node)), None)

    def choose_the_second(self):
        """The one below the top: its number."""
        self.at_the_top()
        top = hospital.until(self.number)
        screen.keys("Down")
        return hospital.until(lambda: self.number() not in (None, top) and self.number())

    def complaints_are_in_sight(self):
        """The first visit's stands in its row, not past the edge of the list."""
        self.at_the_top()
        number = hospital.until(self.number)
        complaint, = place.ask("SELECT complaint FROM visit WHERE number = ?", number)
        edge = self.need(number).queryComponent().getExtents(screen.a.WINDOW_COORDS).x
        told = [node.queryComponent().getExtents(screen.a.WINDOW_COORDS) for node in screen.walk(self.root)
                if complaint in (node.name or "") and not node.name.startswith(number) and screen.seen(node)]
        self.assertTrue(any(at.x + at.width <= edge for at in told), told)

    def test_1_vital_signs(self):
        self.begin("Nurse", "Nursing")
        self.need("14 visits · 4 to triage")
        self.assertEqual(screen.nameless(self.root), [])
        for words in ("Body position", "Pressure measured by", "Temperature measured at"):  # to be told apart by the eye
            self.assertTrue(screen.seen(self.need(words, "label")), words)
        self.complaints_are_in_sight()
        self.need("NEWS2 incomplete, 0 so far")
        self.enter()
        self.assertIsNone(screen.find(self.root, "Fill this in", wait=0), "an empty row is not wrong yet")
        screen.keys("F9")
        self.need("Fill this in")
        for value in ("26", "90", "6", "95", "60", "120", "v", "39.2"):
            screen.type(value)
            screen.keys("Return")
        self.need("NEWS2 17")
        self.enter()
        screen.keys("ctrl+a")
        screen.type("300")
        # no body breathes 300 times: told while typing, and not saved
        self.need("From 0 to 120")
        self.need("NEWS2 at least 14")  # the other six; what cannot be is not scored
        screen.keys("Return")
        screen.keys("ctrl+a")
        screen.type("194")
        self.need("From 0 to 120")
        self.need("From 30 to 100")
        self.need("NEWS2 at least 11")
        screen.keys("F9")
        screen.focused(self.root, "Breaths", "text")  # the first of the wrong ones
        self.assertIsNone(screen.find(self.root, "Vital signs saved", wait=0))
        screen.keys("ctrl+a")
        screen.type("16")
        screen.keys("Return", "ctrl+a")
        screen.type("90")
        self.need("NEWS2 14")
        screen.keys("F9")
        self.need("Vital signs saved")
        self.need("NEWS2 incomplete, 0 so far")

    def test_2_triage_by_keys(self):
        self.begin("Nurse", "Nursing")
        self.at_the_top()
        screen.keys("Down", "Down", "Down")
        self.need("not triaged")
        screen.keys("F6")
        screen.active(self.root, "A. ")
        screen.keys("n", "n", "n", "n", "0")
        self.need("ESI 5")
        screen.keys("F9")
        self.need("14 visits · 3 to triage")

    def test_2_visit_without_appointment(self):
        self.begin("Nurse", "Nursing")
        screen.keys("F3")
        screen.active(self.root, "New visit")
        screen.keys("F9")
        self.need("Choose the patient first.")
        # the wristband of somebody, as a scanner types it
        with sqlite3.connect(os.path.join(place.folder, "mahima.db")) as database:
            mrn = database.execute("SELECT mrn FROM patient ORDER BY mrn LIMIT 1").fetchone()[0]
        screen.type(mrn)
        screen.keys("Return")
        self.need("· MRN " + mrn)
        screen.focused(self.root, "Complaint", "text")
        screen.type("Cut hand")
        screen.keys("F9")
        self.need("not triaged · Cut hand")

    def test_2_doctor_and_bed_of_a_visit(self):
        self.begin("Nurse", "Nursing")
        number = self.choose_the_second()
        row = "SELECT doctor_name, department_name, place FROM visit WHERE number = ?"
        screen.keys("ctrl+e")
        screen.active(self.root, "Room or bed")
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("space")  # the focus is on the doctor: the first of the list behind "nobody"
        screens.settle(0.6)
        screen.keys("Home", "Down", "Return")
        screens.settle(0.4)
        screen.keys("Tab", "space")
        screens.settle(0.6)
        screen.keys("End", "Return")
        screens.settle(0.4)
        screen.keys("Tab", "ctrl+a")
        screen.type("Bed 4")
        screen.written(self.root, "Room or bed", "Bed 4")
        screen.keys("ctrl+Return")
        hospital.until(lambda: place.ask(row, number)[2] == "Bed 4")
        doctor, department, _ = place.ask(row, number)
        self.assertIsNotNone(doctor)
        self.assertIsNotNone(department)
        screens.settle()
        screen.press(self.need("Visit", "page tab"))
        self.need(f"{doctor} · {department} · Bed 4")  # told where the visit is on show, without a new look

    def second_visit(self):
        """The one below the top: its number, chosen, with its dialog open and the focus in the bed."""
        self.begin("Nurse", "Nursing")
        number = self.choose_the_second()
        screen.keys("ctrl+e")
        screen.active(self.root, "Room or bed")
        screen.keys("Tab", "Tab", "ctrl+a")
        return number

    def another_desk(self, number, **fields):
        visit, version = place.ask("SELECT id, version FROM visit WHERE number = ?", number)
        place.call("reception", "PATCH", "/visits/" + visit, version, **fields)

    def test_2_bed_and_back(self):
        """Undo puts the old bed back, but not over what somebody else has written meanwhile."""
        number = self.second_visit()
        row = "SELECT place FROM visit WHERE number = ?"
        before = place.ask(row, number)[0]
        screen.type("Bed 7")
        screen.written(self.root, "Room or bed", "Bed 7")
        screen.keys("ctrl+Return")
        hospital.until(lambda: place.ask(row, number)[0] == "Bed 7")
        screen.press(self.need("Undo", "push button"))
        self.need("It is as it was before")
        self.assertEqual(place.ask(row, number)[0], before)
        screen.keys("ctrl+e")
        screen.active(self.root, "Room or bed")
        screen.keys("Tab", "Tab", "ctrl+a")
        screen.type("Bed 8")
        screen.written(self.root, "Room or bed", "Bed 8")
        screen.keys("ctrl+Return")
        hospital.until(lambda: place.ask(row, number)[0] == "Bed 8")
        self.another_desk(number, place="Bed 9")
        screen.press(self.need("Undo", "push button"))
        self.need("Somebody changed this meanwhile")
        self.assertEqual(place.ask(row, number)[0], "Bed 9")

    def test_2_two_desks_at_one_visit(self):
        """Whoever saves second sees both beds and decides; what only the other desk changed stays."""
        number = self.second_visit()
        screen.type("Bed 5")
        screen.written(self.root, "Room or bed", "Bed 5")
        self.another_desk(number, place="Bed 6", complaint="Cut foot")
        screen.keys("ctrl+Return")
        screen.press(self.need("Compare…", "push button"))
        self.need("Room or bed, made here: Bed 5")
        self.need("Room or bed, at the server: Bed 6")
        screens.settle()
        self.assertIsNone(screen.find(self.root, "Complaint, made here", wait=0))
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("ctrl+Return")
        hospital.until(lambda: place.ask("SELECT place, complaint FROM visit WHERE number = ?", number) == ("Bed 5", "Cut foot"))

    def test_2_where_the_patient_goes_is_chosen(self):
        """Nothing is chosen for the physician: without an answer the step is not taken, and says so where it is asked."""
        self.begin("Doctor", "")
        screen.keys("alt+shift+t")
        self.need("Nursing", "frame")
        screens.settle()
        screen.press(self.need("Visit", "page tab"))
        screens.settle()
        screen.keys("alt+shift+t")
        screens.settle()
        screen.keys("Home")
        for _ in range(15):
            screens.settle(0.6)
            if screen.find(self.root, "Decide", "push button", wait=0):
                break
            screen.keys("Down")
        count = "SELECT count(*) FROM visit WHERE status = 'disposition'"
        stays = count + " AND disposition = 'observed'"
        decided, before = place.ask(count)[0], place.ask(stays)[0]
        screen.press(self.need("Decide", "push button"))
        self.need("Choose where the patient goes.")
        self.assertEqual(place.ask(count)[0], decided)
        screen.type("stays")  # the focus is on the choice
        screens.settle(0.4)
        self.assertIsNone(screen.find(self.root, "Choose where the patient goes.", wait=0))
        screen.press(self.need("Decide", "push button"))
        hospital.until(lambda: place.ask(stays)[0] == before + 1)
        self.assertEqual(place.ask(count)[0], decided + 1)
        self.need("Sign the visit", "push button")

    def test_3_a_form_is_written_and_there(self):
        self.begin("Manager", "")
        screen.keys("alt+shift+f")
        self.need("Assessment forms", "frame")
        screens.settle()
        screen.press(self.need("New form", "push button"))
        screens.settle()
        screen.type("Wound check")
        screen.keys("Tab")
        screen.type("WOUND")
        screen.press(self.need("Add a question", "push button"))
        screens.settle()
        screen.keys("F9")
        self.need("A row that has no text yet")
        screen.type("Looks")
        screens.settle()
        self.need("Looks · A line of text")
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("F9")
        self.need("Saved as version 1")
        self.need("Wound check · version 1")
        screens.close(screen, self.client)
        self.begin("Nurse", "Nursing")
        screen.press(self.need("Assessments", "page tab"))
        screen.press(self.need("Wound check", "push button"))
        self.need("Looks", "text")

    def test_3_how_it_was_measured(self):
        """Oxygen in litres and per cent, how the pressure and where the temperature was measured; a set that is left is offered again."""
        def last():
            return place.ask("SELECT o2, o2_flow, o2_percent, bp_method, temperature_site, position FROM vitals ORDER BY taken_at DESC LIMIT 1")

        self.begin("Nurse", "Nursing")
        self.enter()
        screen.type("18")
        screen.keys("Return")
        screen.focused(self.root, "SpO₂ %", "text")
        screen.type("95")
        screen.keys("Return")
        screen.type("4 120%")
        self.need("From 21 to 100")
        screen.keys("ctrl+a")
        screen.type("4 28%")
        screen.gone(self.root, "From 21 to 100")
        screen.keys("Return")
        screen.focused(self.root, "Systolic", "text")
        screen.type("120")
        screen.keys("Tab")
        screen.focused(self.root, "Body position", "combo box")
        screen.type("sit")
        self.need("Sitting")
        screen.keys("Tab")
        screen.focused(self.root, "Diastolic", "text")
        screen.type("80")
        screen.keys("Tab")
        screen.focused(self.root, "Pressure measured by", "combo box")
        screen.type("art")
        self.need("Arterial line")
        self.assertEqual(screen.nameless(self.root), [])
        # another row, and back: what was typed is offered
        top = self.number()
        screen.keys("alt+shift+t")
        screen.on_row(self.root)
        screen.keys("Down")
        hospital.until(lambda: self.number() not in (None, top))
        self.need("NEWS2 incomplete, 0 so far")
        screen.keys("Up")
        hospital.until(lambda: self.number() == top)
        screen.press(self.need("Continue", "push button"))
        self.need("Arterial line")
        self.enter()
        screen.written(self.root, "Systolic", "120")
        for name in ("SpO₂ %", None, "Systolic", "Diastolic", "Pulse", "ACVPU", "Temperature"):
            screen.keys("Return")
            if name is not None:  # “O₂” is a part of the one before
                screen.focused(self.root, name, "text")
        screen.type("37.2")
        screen.keys("Tab")
        screen.focused(self.root, "Temperature measured at", "combo box")
        screen.type("ear")
        self.need("Ear")
        screen.keys("F9")
        self.need("Vital signs saved")
        hospital.until(lambda: last() == ("venturi", "4", 28, "arterial", "ear", "sitting"))
        self.need("95 % on 4 L, 28 %")
        self.need("Sitting · Arterial line · Ear")
        screen.gone(self.root, "Continue", "push button")

    def test_4_nothing_complains(self):
        self.begin("Doctor", "")
        screen.keys("alt+shift+t")
        self.need("Nursing", "frame")
        screens.settle()
        screen.press(self.need("Visit", "page tab"))
        self.need("Print the summary…", "push button")
        complaints = [line for line in screen.client_log().splitlines()
                      if "WARNING" in line or "CRITICAL" in line or "ERROR" in line]
        self.assertEqual(complaints, [])


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=200, orders=20)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
