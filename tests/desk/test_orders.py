#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Composing orders and what becomes of them, by accessible names and by keys: nothing of one patient's order is in the next
one's, and what is to be handed back stays in sight."""
import os
import re
import subprocess
import sys
import unittest
import urllib.error
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402
from hospital import until  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")
screen = place = None


def shot(name):
    if SHOTS:
        screens.settle(0.5)
        screen.shot(os.path.join(SHOTS, name + ".png"))


class Orders(unittest.TestCase):
    def begin(self, person="Reception"):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root

    def setUp(self):
        self.client = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)

    def compose_for(self, mrn, *tests):
        """The patient is found at the front desk, F2 takes them along."""
        screen.keys("alt+1")
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+f", "ctrl+a")
        screen.focused(self.root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle()
        screen.keys("F2")
        screen.need(self.root, "Chosen tests", wait=20)
        screen.focused(self.root, "Find a test", "entry")
        for test in tests:
            screen.type(test)
            screens.settle(0.8)
            screen.keys("Return")
            screen.need(self.root, "Remove " + test.upper(), "push button")
        screens.settle(0.6)

    def patients(self, n):
        return [place.ask("SELECT mrn, id FROM patient WHERE vip = 0 AND user_id IS NULL AND merged_into IS NULL"
                          " ORDER BY id LIMIT 1 OFFSET ?", i) for i in range(n)]

    def last_order(self, patient):
        return place.ask("SELECT payment_method, priority, doctor_name, id FROM lab_order WHERE patient_id = ?"
                         " ORDER BY ordered_at DESC LIMIT 1", patient)

    def choose(self, name):
        found = until(lambda: [node for node in screen.walk(self.root) if name in (node.name or "") and screen.seen(node)
                               and node.getRoleName() in ("push button", "toggle button", "radio button")])
        screen.press(found[0])
        screens.settle(0.3)

    def fill(self, name, text):
        node = until(lambda: [node for node in screen.walk(self.root) if node.name == name and screen.seen(node)
                              and node.getRoleName() in ("text", "entry")])[0]
        box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screen.focused(self.root, name)
        screen.keys("ctrl+a")
        screen.type(text)
        screens.settle(0.3)

    def test_1_each_order_begins_anew(self):
        (one, first), (two, second) = self.patients(2)
        self.begin()
        self.compose_for(one, "cbc")
        self.choose("STAT")
        self.fill("Ordering doctor", "Dr Elsewhere")
        self.choose("4 At collection")
        screen.need(self.root, "Place order", "push button")
        screen.keys("F9")
        screen.need(self.root, "is placed.")
        self.assertEqual(self.last_order(first)[:3], ("cod", "stat", "Dr Elsewhere"))

        self.compose_for(two, "cbc")
        screen.need(self.root, "Charge ₹", "push button", wait=2)
        screen.keys("F9")
        screen.need(self.root, "is placed and paid.")
        self.assertEqual(self.last_order(second)[:3], ("cash", "routine", None))

    def test_2_half_an_order_stays_with_its_patient(self):
        (one, _), (two, second) = self.patients(2)
        self.begin()
        self.compose_for(one, "lipid")
        self.choose("Urgent")
        self.fill("Ordering doctor", "Dr Elsewhere")
        self.choose("2 UPI")
        self.fill("Slip or UPI reference", "4111")
        self.compose_for(two, "tsh")
        screen.keys("F9")
        screen.need(self.root, "is placed and paid.")
        self.assertEqual(self.last_order(second)[:3], ("cash", "routine", None))
        self.assertIsNone(place.ask("SELECT reference FROM payment WHERE order_id = ?", self.last_order(second)[3])[0])

    def test_3_the_change_stays_in_sight(self):
        (one, first), = self.patients(1)
        self.begin()
        self.compose_for(one, "cbc")
        self.fill("Cash given", "500")
        back = screen.need(self.root, "Give back ₹").name
        screen.keys("F9")
        screen.need(self.root, "is placed and paid.")
        screens.settle()
        screen.need(self.root, back, wait=1)
        shot("composer-change")
        self.assertEqual(place.ask("SELECT tendered FROM payment WHERE order_id = ?", self.last_order(first)[3])[0], 50000)
        screen.type("tsh")
        screens.settle(0.8)
        screen.keys("Return")
        screens.settle()
        self.assertIsNone(screen.find(self.root, "Give back ₹", wait=0))

    def test_3_folded_it_says_for_whom_what_and_how_much(self):
        """Where there is room for the tests alone, their foot tells the patient, how many are chosen and the total."""
        (one, patient), = self.patients(1)
        self.begin()
        self.compose_for(one, "cbc")
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True,
                                check=True).stdout.split()[-1]
        subprocess.run(["xdotool", "windowsize", window, "360", "700"], check=True)
        family, = place.ask("SELECT family_name FROM patient WHERE id = ?", patient)
        foot = re.compile(re.escape(family.upper()) + r".* · 1 chosen · .*₹[0-9]")
        at, = until(lambda: [node.queryComponent().getExtents(screen.a.WINDOW_COORDS) for node in screen.walk(self.root)
                                      if foot.match(node.name or "") and screen.seen(node)])
        self.assertLessEqual(at.y + at.height, 720)
        self.assertLessEqual(at.x + at.width, 380)
        screen.keys("F9")  # to what is paid and how
        screen.need(self.root, "Remove CBC", "push button")

    def test_4_what_the_doctor_wrote_is_ordered(self):
        (one, patient), (two, _) = self.patients(2)
        made = place.call("doctor", "POST", "/prescriptions", id=str(uuid.uuid4()), patient_id=patient, sign=True, tests=["CBC"],
                          priority="stat", diagnosis="Dengue?", test_notes="platelets daily")
        self.begin()
        self.compose_for(two, "lipid")
        screen.keys("alt+1")
        screen.need(self.root, "New patient", "push button", wait=20)
        screen.keys("ctrl+f", "ctrl+a")
        screen.focused(self.root, "Find a patient", "entry")
        screen.type(one)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle()
        order = until(lambda: [node for node in screen.walk(self.root) if (node.name or "").startswith("Order")
                               and node.getRoleName() == "push button" and screen.seen(node)
                               and "F2" not in node.name and "tests" not in node.name])[0]
        screen.press(order)
        screen.need(self.root, "Remove CBC", "push button", wait=20)
        self.assertIsNone(screen.find(self.root, "Remove LIPID", wait=0))
        shot("composer-prescribed")
        named = place.ask("SELECT d.name FROM app_user u JOIN department d ON d.id = u.department_id WHERE u.username = 'doctor'")
        screen.need(self.root, named[0], wait=5)
        screen.keys("F9")
        screen.need(self.root, "is placed and paid.")
        doctor = place.ask("SELECT id, name, department_id FROM app_user WHERE username = 'doctor'")
        self.assertEqual(place.ask("SELECT priority, doctor_id, doctor_name, department_id, prescription_id FROM lab_order"
                                   " WHERE patient_id = ? ORDER BY ordered_at DESC LIMIT 1", patient),
                         ("stat", doctor[0], doctor[1], doctor[2], made["id"]))
        notes = place.ask("SELECT clinical_notes FROM lab_order WHERE prescription_id = ?", made["id"])[0]
        self.assertIn("Dengue?", notes)
        self.assertIn("platelets daily", notes)

    def test_5_who_collects_plans_the_round(self):
        (_, patient), = self.patients(1)
        order = place.call("reception", "POST", "/orders", id=str(uuid.uuid4()), patient_id=patient, items=[{"test": "CBC"}],
                           payment_method="cod")
        for person in ("nurse", "technician"):
            planned = place.call(person, "PATCH", "/orders/" + order["id"], order["version"], collection="ward",
                                 collect_place="Ward 1, bed 4")
            self.assertEqual(planned["collect_place"], "Ward 1, bed 4")
            order = planned
            with self.assertRaises(urllib.error.HTTPError) as refused:
                place.call(person, "PATCH", "/orders/" + order["id"], order["version"], priority="stat", collection="ward")
            self.assertEqual(refused.exception.code, 403)


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=40, orders=10)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
