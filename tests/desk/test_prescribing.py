#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A doctor prescribes two medicines that do not go together: it is said while typing, signing asks for the reason, and what is
high-alert waits until a second person has signed. By accessible names and by keys."""
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

GROWN_MAN = ("SELECT p.mrn FROM patient p WHERE p.sex = 'male' AND p.birth_date < '1990-01-01' AND p.allergy_status = 'none'"
             " AND NOT EXISTS (SELECT 1 FROM prescription r WHERE r.patient_id = p.id) ORDER BY p.id LIMIT 1")


def ask(sql):
    database = sqlite3.connect(os.path.join(place.folder, "mahima.db"), timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


class Prescribing(unittest.TestCase):
    def setUp(self):
        self.client = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)

    def waits(self, sql, wanted):
        for _ in range(60):
            if ask(sql) == wanted:
                break
            screens.settle(0.2)
        self.assertEqual(ask(sql), wanted)

    def patient(self, person, mrn):
        self.client = screens.sign_in(screen, place, person)
        screen.keys("alt+1")
        screen.need(self.client.root, "New patient", "push button", wait=20)
        screen.focused(self.client.root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle()
        screen.keys("Return")
        screens.settle()

    def test_1_doctor(self):
        mrn = ask(GROWN_MAN)[0][0]
        self.patient("Doctor", mrn)
        screen.keys("F6")
        root = self.client.root
        screen.need(root, "Find a medicine or test", wait=20)
        screens.settle(2)
        for medicine, often in (("warfarin", "OD x 30d"), ("ibuprofen", "1-1-1 x 5d")):
            screen.type(medicine)
            screens.settle()
            screen.keys("Return")
            screens.settle(0.6)
            screen.type(often)
            screen.keys("Return")
            screens.settle(0.6)
        screen.need(root, "30 in all")
        screen.need(root, "15 in all")
        screen.need(root, "Interaction: ibuprofen × warfarin")
        screen.need(root, "Checked against all that the patient takes", wait=20)
        self.assertEqual(screen.nameless(root), [])

        screen.keys("F9")
        screens.settle(1.5)
        self.assertEqual(ask("SELECT count(*) FROM drug_override"), [(0,)])
        screen.keys("space")
        screens.settle(0.6)
        screen.keys("Down")
        screen.keys("Return")
        screens.settle(0.6)
        screen.keys("F9")
        self.waits("SELECT severity, subject, other FROM drug_override WHERE reason IS NOT NULL", [("major", "ibuprofen", "warfarin")])
        self.assertEqual(ask("SELECT status, second_needed, alerts_overridden FROM prescription ORDER BY id DESC LIMIT 1"),
                         [("countersign", "anybody", 1)])

    def test_2_pharmacist(self):
        self.client = screens.sign_in(screen, place, "Pharmacist")
        root = self.client.root
        screen.keys("alt+shift+g")
        sign = screen.need(root, "Sign as well", "push button", wait=20)
        self.assertEqual(screen.nameless(root), [])
        before = ask("SELECT count(*) FROM prescription WHERE status = 'countersign'")[0][0]
        screen.press(sign)
        screen.need(root, "as the second person?")
        screens.settle(0.6)
        screen.keys("Return")
        self.waits("SELECT count(*) FROM prescription WHERE status = 'countersign'", [(before - 1,)])
        self.assertEqual(ask("SELECT count(*) FROM prescription WHERE second_by IS NOT NULL AND second_by <> signed_by"), [(1,)])

    def test_3_chart(self):
        mrn = ask("SELECT p.mrn FROM patient p JOIN prescription_line l ON l.patient_id = p.id WHERE l.name = 'warfarin'")[0][0]
        self.client = screens.sign_in(screen, place, "Doctor")
        root = self.client.root
        screen.keys("alt+shift+h")
        screen.need(root, "Whose chart?")
        screen.focused(root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle(1.5)
        screen.press(next(node for node in screen.walk(root) if node.name == "Medicines"
                          and node.getRoleName() in ("radio button", "toggle button", "page tab")))
        screen.press(screen.need(root, "Stop warfarin", "push button", wait=20))
        screen.focused(root, "Why it is stopped", "text")
        screen.type("bleeding")
        screen.keys("Return")
        self.waits("SELECT stop_reason FROM prescription_line WHERE name = 'warfarin'", [("bleeding",)])

    def test_3_withdrawn(self):
        """The whole of what was signed, by keys and with a reason; the dialog says first what follows."""
        mrn, number = ask("SELECT patient_mrn, number FROM prescription WHERE id = (SELECT prescription_id FROM prescription_line"
                          " WHERE name = 'warfarin')")[0]
        self.patient("Doctor", mrn)
        screen.keys("F6")
        root = self.client.root
        screen.need(root, "Find a medicine or test", wait=20)
        screens.settle(2)
        screen.keys("F8")
        screen.need(root, "Choose an earlier prescription first.")
        screen.press(screen.need(root, "Earlier", "page tab"))
        screens.settle()
        box = screen.need(root, number).queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screens.settle(0.6)
        screen.keys("F8")
        screen.need(root, "Why it is withdrawn")
        screen.need(root, number)
        screen.need(root, "count as not taken from today")
        screens.settle(0.6)
        self.assertEqual(screen.nameless(root), [])
        screen.keys("Tab", "Return")
        screen.need(root, "Choose a reason.")  # and the focus is there
        screen.type("other")
        screens.settle(0.4)
        screen.keys("Tab", "Return")
        screen.need(root, "Say why it is withdrawn")
        screen.type("moved to another ward")
        screen.keys("Return")
        self.waits(f"SELECT status, cancel_code, cancel_reason FROM prescription WHERE number = '{number}'",
                   [("cancelled", "other", "moved to another ward")])
        self.assertEqual(ask("SELECT count(*) FROM prescription_line l JOIN prescription p ON p.id = l.prescription_id"
                             f" WHERE p.number = '{number}' AND l.stopped_on IS NULL"), [(0,)])
        screen.need(root, "Withdrawn")
        screens.settle()
        screen.keys("F8")
        screen.need(root, "It is not signed, or was withdrawn already.")

    def test_3_names_that_may_be_meant(self):
        """A slip in an allergy: what it may be, several of it, and the one that is pressed stands there."""
        mrn = ask(GROWN_MAN)[0][0]
        self.client = screens.sign_in(screen, place, "Doctor")
        root = self.client.root
        screen.keys("alt+shift+h")
        screen.need(root, "Whose chart?")
        screen.focused(root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle(1.5)
        screen.press(next(node for node in screen.walk(root) if node.name == "Allergies"
                          and node.getRoleName() in ("radio button", "toggle button", "page tab")))
        screen.press(screen.need(root, "Note an allergy", "push button", wait=20))
        screen.focused(root, "Substance", "text", wait=20)
        screen.type("cefalesin")
        screen.need(root, "The formulary does not know “cefalesin”", wait=20)
        offers = [node for node in screen.walk(root) if (node.name or "").startswith("Use “") and node.getRoleName() == "push button"]
        self.assertGreaterEqual(len(offers), 2)
        self.assertEqual(screen.nameless(root), [])
        screen.press(next(node for node in offers if "cefalexin" in node.name))
        screens.settle()
        self.assertIsNone(screen.find(root, "The formulary does not know", wait=0))
        screen.keys("ctrl+Return")
        self.waits("SELECT count(*) FROM allergy WHERE substance = 'cefalexin' AND status = 'active'", [(1,)])

    def refused_by_the_server(self, mrn):
        """While the server is away somebody notes an allergy elsewhere, and it comes back with that."""
        database = sqlite3.connect(os.path.join(place.folder, "mahima.db"), timeout=10)
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM allergy WHERE status = 'active' LIMIT 1").fetchone())
        row.update(id="01900000-0000-7000-8000-00000000a11e", patient_id=database.execute("SELECT id FROM patient WHERE mrn = ?", (mrn,)).fetchone()[0],
                   substance="warfarin", kind="allergy", severity="severe", class_code=None)
        database.execute(f"INSERT INTO allergy ({','.join(row)}) VALUES ({','.join('?' * len(row))})", list(row.values()))
        database.commit()
        database.close()

    def test_3_enter_goes_through_a_medicine_that_no_list_has(self):
        self.patient("Doctor", ask(GROWN_MAN)[0][0])
        screen.keys("F6")
        root = self.client.root
        screen.need(root, "Find a medicine or test", wait=20)
        screens.settle(2)
        screen.keys("F6")  # once more: a line of its own
        screens.settle(0.6)
        for words in ("Zinc syrup", "20 mg", "1", "OD x 14d"):
            screen.type(words)
            screens.settle(0.6)
            screen.keys("Return")
            screens.settle(0.6)
        screen.need(root, "14 in all")
        for name, words in (("Medicine", "Zinc syrup"), ("Strength", "20 mg"), ("Dose", "1")):
            self.assertEqual(screen.need(root, name, "text").queryText().getText(0, 40), words)
        screen.keys("Escape")

    def test_4_signed_without_the_server_and_refused(self):
        mrn = ask(GROWN_MAN)[0][0]
        count = ("SELECT count(*) FROM prescription_line l JOIN patient p ON p.id = l.patient_id"
                 f" WHERE p.mrn = '{mrn}' AND l.name = 'warfarin'")
        self.patient("Doctor", mrn)
        screen.keys("F6")
        root = self.client.root
        screen.need(root, "Find a medicine or test", wait=20)
        screens.settle(2)
        screen.type("warfarin")
        screens.settle()
        screen.keys("Return")
        screens.settle(0.6)
        screen.type("OD x 30d")
        screen.keys("Return")
        screen.need(root, "30 in all")
        url = place.url
        place.stop()
        screen.need(root, "Offline", wait=60)
        self.refused_by_the_server(mrn)
        screen.keys("F9")
        screen.need(root, ", 1 waiting", wait=20)
        place.start(url.removeprefix("http://"))
        screen.need(root, "1 refused", wait=90)
        self.assertEqual(ask(count), [(0,)])
        screen.keys("alt+0")
        screens.settle(1)
        screen.press(screen.need(root, "Correct…", "push button"))
        screen.need(root, "Refused by the server")
        screen.need(root, "30 in all")
        screen.need(root, "An allergy of warfarin is noted.", wait=20)
        if os.environ.get("MAHIMA_SHOTS"):
            screen.shot(os.path.join(os.environ["MAHIMA_SHOTS"], "prescription-refused.png"))
        self.assertEqual(screen.nameless(root), [])
        screen.keys("F9")
        screens.settle(1)
        screen.keys("space")
        screens.settle(0.6)
        screen.keys("Down")
        screen.keys("Return")
        screens.settle(0.6)
        screen.keys("F9")
        self.waits(count, [(1,)])
        for _ in range(50):
            if screen.find(root, "1 refused", wait=0) is None:
                break
            screens.settle(0.2)
        self.assertIsNone(screen.find(root, "1 refused", wait=0))

    def test_9_an_alert_on_a_narrow_window(self):
        self.patient("Doctor", ask(GROWN_MAN)[0][0])
        screen.keys("F6")
        root = self.client.root
        screen.need(root, "Find a medicine or test", wait=20)
        screens.settle(2)
        for medicine, often in (("warfarin", "OD x 30d"), ("ibuprofen", "1-1-1 x 5d")):
            screen.type(medicine)
            screens.settle()
            screen.keys("Return")
            screens.settle(0.6)
            screen.type(often)
            screen.keys("Return")
            screens.settle(0.6)
        screen.need(root, "Interaction: ibuprofen × warfarin")
        screen.resize(376, 700)
        screens.settle(1)
        self.assertLessEqual(max(frame.queryComponent().getExtents(screen.a.WINDOW_COORDS).width for frame in root), 376)
        reason = screen.need(root, "Reason: Interaction").queryComponent().getExtents(screen.a.WINDOW_COORDS)
        self.assertLessEqual(reason.x + reason.width, 376)
        self.assertGreaterEqual(reason.x + desk.UNTOLD, 0)


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=80, orders=20)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
