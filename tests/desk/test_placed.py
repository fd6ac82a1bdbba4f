#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of an order once it is placed, by accessible names and by keys: tests come and go, priority, doctor and
department change, it is cancelled and opened again."""
import os
import sys
import unittest
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


class Placed(unittest.TestCase):
    def setUp(self):
        self.client = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)

    def begin(self, person="Reception"):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root

    def order(self, *tests, method="cod", **more):
        patient = place.ask("SELECT id FROM patient WHERE vip = 0 AND user_id IS NULL AND merged_into IS NULL ORDER BY id LIMIT 1")[0]
        return place.call("reception", "POST", "/orders", id=str(uuid.uuid4()), patient_id=patient, payment_method=method,
                          items=[{"test": test} for test in tests], **more)

    def open(self, order):
        """On the board, with the keys in its row."""
        screen.activate()  # a dialog may have been over it
        screen.keys("ctrl+k")
        screen.focused(self.root, "Find anything", "entry")
        screen.type(order["number"])
        screens.settle(1.5)
        screen.keys("Return")
        screen.need(self.root, "Add or remove…", "push button", wait=20)
        screens.settle()

    def top(self, title):
        """The dialog of that title, once it stands over the window."""
        return until(lambda: [node for node in screen.walk(self.client.app) if (node.name or "").startswith(title)
                              and node.getRoleName() in ("frame", "dialog", "window")])[0]

    def pick(self, tabs, *keys):
        """In the list that many fields further: opened by the space bar, chosen by the arrows."""
        screen.keys(*["Tab"] * tabs)
        screens.settle(0.4)
        screen.keys("space")
        screens.settle(0.8)
        screen.keys(*keys, "Return")
        screens.settle(0.8)

    def fill(self, name, text):
        node = until(lambda: [node for node in screen.walk(self.root) if (node.name or "").startswith(name) and screen.seen(node)
                              and node.getRoleName() in ("text", "entry")])[0]
        box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screen.focused(self.root, name)
        screen.keys("ctrl+a")
        screen.type(text)
        screens.settle(0.3)

    def codes(self, order):
        told = place.call("reception", "GET", "/orders/" + order["id"])
        return sorted(item["test"] for item in told["items"] if item["status"] != "cancelled")

    def test_1_tests_come_and_go(self):
        order = self.order("CBC", "TSHT", "FT4T")
        self.begin()
        self.open(order)
        screen.keys("a")
        screen.focused(self.root, "Find a test")
        screen.type("zz")
        screen.keys("Escape")  # empties the search
        screens.settle()
        screen.need(self.root, "Find a test")
        screen.keys("Escape")
        until(lambda: screen.find(self.root, "Find a test", wait=0) is None)
        screen.keys("a")
        screen.focused(self.root, "Find a test")
        screen.type("a1c")
        screens.settle(0.8)
        screen.keys("Return")
        screen.need(self.root, "Will be added")
        screen.press(screen.need(self.root, "Remove Thyroxine, free", "push button"))
        screen.need(self.root, "Will be removed")
        money = screen.need(self.root, ", after the change ").name
        shot("tests-dialog")
        self.assertFalse(screen.nameless(self.root))

        screen.keys("ctrl+Return")
        screen.need(self.root, "Say why the test is removed.")
        screen.type("ordered in error")
        screen.keys("Escape")
        screens.settle()
        self.assertEqual(self.codes(order), ["CBC", "FT4T", "TSHT"])

        screen.keys("a")
        screen.need(self.root, "Will be removed")
        self.assertEqual(screen.need(self.root, ", after the change ").name, money)
        screen.keys("ctrl+Return")
        screen.need(self.root, "The order's tests are changed.")
        self.assertEqual(self.codes(order), ["A1C", "CBC", "TSHT"])
        told = place.call("reception", "GET", "/orders/" + order["id"])
        self.assertIn("{:,.2f}.".format(told["total"] / 100), money.split(", after the change ")[1])
        tubes = [sample for sample in told["samples"] if "TSHT" in sample["tests"]]
        self.assertEqual([sample["tests"] for sample in tubes if sample["status"] != "cancelled"], [["TSHT"]])

        screen.press(screen.need(self.root, "Undo", "push button"))
        screen.need(self.root, "Change undone.")
        self.assertEqual(self.codes(order), ["CBC", "FT4T", "TSHT"])

    def test_2_what_is_in_the_laboratory_stays(self):
        order = self.order("CBC", "TSHT", method="cash")
        place.call("reception", "POST", f"/orders/{order['id']}/payments", None,
                   **{"id": str(uuid.uuid4()), "method": "cash", "amount": order["due"]})
        tube = [sample for sample in order["samples"] if "CBC" in sample["tests"]][0]
        self.begin()
        self.open(order)
        screen.keys("a")
        screen.press(screen.need(self.root, "Remove Thyroid", "push button"))
        until(lambda: screen.find(self.root, "becomes the patient's advance", wait=0))
        shot("tests-dialog-paid")
        screen.keys("Escape")
        for step in ("collected", "received"):
            place.call("technician", "POST", f"/samples/{tube['id']}/events", id=str(uuid.uuid4()), event=step,
                       scanned=tube["accession"], identifiers=["name", "birth_date"])
        self.open(order)
        screen.keys("a")
        screen.need(self.root, "The laboratory has its tube; it stays in the order")
        self.assertIsNone(screen.find(self.root, "Remove Complete", "push button", wait=0))

    def test_3_doctor_department_and_priority_change_by_keys(self):
        order = self.order("CBC", doctor_name="Dr Elsewhere")
        doctor = place.ask("SELECT id, name, department_id FROM app_user WHERE username = 'doctor'")
        columns = "SELECT doctor_id, doctor_name, department_id, priority FROM lab_order WHERE id = ?"
        self.begin()
        self.open(order)
        screen.keys("e")
        screen.need(self.root, "Ordering doctor", "text", wait=10)
        screens.settle()
        self.pick(1, "Down")
        until(lambda: screen.find(self.root, "Ordering doctor", "text", wait=0) is None)
        shot("order-change")
        screen.keys("ctrl+Return")
        until(lambda: place.ask(columns, order["id"]) == (*doctor, "routine"))
        screens.settle()

        screen.keys("e")
        screens.settle(2)
        screen.keys("Right", "Right", "space")
        self.pick(2, "End")
        shot("order-change-department")
        screen.keys("ctrl+Return")
        until(lambda: place.ask(columns, order["id"])[3] == "stat")
        other = place.ask(columns, order["id"])
        self.assertEqual(other[:2], doctor[:2])
        self.assertNotIn(other[2], (None, doctor[2]))
        screens.settle()

        screen.keys("e")
        screens.settle(2)
        self.pick(1, "Home")
        self.fill("Ordering doctor", "Dr Outside")
        screen.keys("ctrl+Return")
        until(lambda: place.ask(columns, order["id"]) == (None, "Dr Outside", other[2], "stat"))

    def test_4_it_is_cancelled_with_its_tubes(self):
        order = self.order("CBC", method="insurance")
        tube = order["samples"][0]
        place.call("technician", "POST", f"/samples/{tube['id']}/events", id=str(uuid.uuid4()), event="collected",
                   scanned=tube["accession"], identifiers=["name", "birth_date"])
        self.begin()
        self.open(order)
        screen.press(screen.need(self.root, "Cancel order…", "push button"))
        screen.need(self.root, "will be discarded")
        screen.need(self.root, "Reason", "text", wait=10)
        screens.settle()
        screen.type("patient left")
        screen.keys("Escape")  # by mistake
        until(lambda: screen.find(self.root, "Cancel the order", "push button", wait=0) is None)
        self.assertNotEqual(place.call("reception", "GET", "/orders/" + order["id"])["status"], "cancelled")

        screen.press(screen.need(self.root, "Cancel order…", "push button"))
        offer = screen.need(self.root, "Continue “patient left”, begun ", "push button")
        shot("order-cancel-draft")
        screen.press(offer)
        screen.written(self.root, "Reason", "patient left")
        screen.press(screen.need(self.root, "Cancel the order", "push button"))
        screen.need(self.root, "The order is cancelled.")
        self.assertEqual(place.ask("SELECT cancel_reason FROM lab_order WHERE id = ?", order["id"]), ("patient left",))
        told = place.call("reception", "GET", "/orders/" + order["id"])
        self.assertEqual((told["status"], told["cancel_reason"], told["samples"][0]["status"]),
                         ("cancelled", "patient left", "cancelled"))
        until(lambda: screen.find(self.root, "Cancel order…", "push button", wait=0) is None)
        shot("order-cancelled")

    def test_4b_a_refused_reason_stands_there_again(self):
        """What the server does not take of a one-line question is not typed twice: words and refusal are there at the next opening."""
        order = self.order("CBC", method="insurance")
        long = "the patient left " * 24
        self.begin()
        self.open(order)
        screen.press(screen.need(self.root, "Cancel order…", "push button"))
        screen.focused(self.root, "Reason", "text")
        screen.type(long)
        screen.written(self.root, "Reason", long)
        screen.press(screen.need(self.root, "Cancel the order", "push button"))
        refused = "400"
        screen.need(self.root, refused)
        until(lambda: screen.find(self.root, "Cancel the order", "push button", wait=0) is None)
        self.assertNotEqual(place.call("reception", "GET", "/orders/" + order["id"])["status"], "cancelled")
        until(lambda: screen.find(self.root, refused, wait=0) is None)

        screen.press(screen.need(self.root, "Cancel order…", "push button"))
        screen.written(self.root, "Reason", long)
        screen.need(self.root, refused, "label")
        self.assertIsNone(screen.find(self.root, "Continue “", wait=0))
        shot("order-cancel-refused")
        screen.focused(self.root, "Reason", "text")
        screen.keys("ctrl+a")
        screen.type("went home")
        screen.written(self.root, "Reason", "went home")
        screen.press(screen.need(self.root, "Cancel the order", "push button"))
        screen.need(self.root, "The order is cancelled.")
        self.assertEqual(place.ask("SELECT cancel_reason FROM lab_order WHERE id = ?", order["id"]), ("went home",))

    def test_5_an_expired_one_is_opened_again(self):
        order = self.order("CBC", method="cash")
        place.stop()
        place.write("UPDATE lab_order SET status = 'expired', tab = NULL, expires_at = expires_at - 50 * 3600 * 1000000"
                    " WHERE id = ?", order["id"])
        place.start()
        self.begin()
        screen.keys("alt+1")
        screens.settle()
        screen.keys("ctrl+f")
        screen.type(order["patient_mrn"])
        screens.settle(1.5)
        screen.keys("Return")
        row = screen.need(self.root, order["number"], wait=10)
        box = row.queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screen.keys("Return")
        screen.press(screen.need(self.root, "Reopen order", "push button", wait=20))
        screen.need(self.root, "The order is open again.")
        self.assertEqual(place.ask("SELECT status FROM lab_order WHERE id = ?", order["id"])[0], "placed")
        shot("order-reopened")


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
