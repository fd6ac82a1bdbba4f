#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The patient's card at the front desk, by accessible names: a photo is chosen in the file chooser, cut, kept, shown to the next
desk and removed again."""
import os
import re
import sqlite3
import struct
import subprocess
import sys
import time
import unittest
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402
from hospital import until  # noqa: E402

screen = place = None


def ask(sql, *values):
    return place.ask(sql, *values)


def picture(path, width=600, height=900):
    """An upright one: a dark disc on light ground where a face is."""
    rows = b"".join(b"\0" + b"".join(b"\x60\x40\x30" if (x - 300) ** 2 + (y - 375) ** 2 < 180 ** 2 else b"\xd0\xe0\xf0"
                                     for x in range(width)) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class FrontDesk(unittest.TestCase):
    def begin(self, person="Reception"):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root

    def tearDown(self):
        screens.close(screen, self.client)

    def find(self, words):
        screen.need(self.root, "New patient", "push button", wait=20)
        screen.focused(self.root, "Find a patient", "entry")
        screen.type(words)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle()

    def menu(self, button, item):
        node = screen.need(self.root, button, "push button")
        box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screens.settle(0.6)
        screen.press(screen.need(self.root, item))
        screens.settle()

    def choose(self, path):
        def window():
            return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Photo of the patient"], capture_output=True,
                                  text=True, check=False).stdout.split()
        screen_window = until(window)
        screens.settle()
        subprocess.run(["xdotool", "windowfocus", "--sync", screen_window[-1]], check=True)
        screens.settle()
        screen.keys("ctrl+l")
        screens.settle(0.6)
        screen.keys("ctrl+a")
        screen.type(path)
        screens.settle(0.6)
        screen.keys("shift+End", "Delete")  # what GTK 4.18 completed and leaves behind the caret
        screen.keys("Return")
        until(lambda: not window())

    def test_1_a_photo(self):
        path = os.path.join(place.folder, "face.png")
        picture(path)
        mrn, patient = ask("SELECT mrn, id FROM patient WHERE vip = 0 ORDER BY id LIMIT 1")
        self.begin()
        self.find(mrn)
        screen.need(self.root, "Initials")
        self.assertEqual(screen.nameless(self.root), [])
        self.menu("Photo", "Choose a photo…")
        self.choose(path)
        kept = until(lambda: ask("SELECT d.kind, d.content_type, d.has_thumbnail FROM patient p JOIN document d ON d.id = p.photo_id"
                                 " WHERE p.id = ? AND d.status = 'stored'", patient))
        self.assertEqual(kept, ("portrait", "image/jpeg", 1))
        until(lambda: screen.find(self.root, "Photo of the patient", wait=0))
        screens.close(screen, self.client)
        # the next morning
        self.begin()
        self.find(mrn)
        until(lambda: screen.find(self.root, "Photo of the patient", wait=0))
        self.menu("Photo", "Remove the photo")
        until(lambda: ask("SELECT photo_id IS NULL FROM patient WHERE id = ?", patient)[0])
        screen.need(self.root, "Initials")
        self.assertEqual(ask("SELECT count(*) FROM document WHERE patient_id = ? AND deleted_at IS NULL AND kind = 'portrait'",
                             patient)[0], 0)

    def test_2_relatives(self):
        mrn, name = ask("SELECT p.mrn, r.given_name FROM family_link l JOIN patient p ON p.id = l.patient_id"
                        " JOIN patient r ON r.id = l.relative_id WHERE l.relation = 'spouse' AND p.vip = 0 AND r.vip = 0 LIMIT 1")
        self.begin()
        self.find(mrn)
        tab = next(node for node in screen.walk(self.root) if node.name == "Family"
                   and node.getRoleName() in ("radio button", "toggle button", "page tab"))
        screen.press(tab)
        screens.settle()
        self.assertEqual(screen.nameless(self.root), [])
        until(lambda: [node for node in screen.walk(self.root) if name in node.name and screen.seen(node)])
        until(lambda: [node for node in screen.walk(self.root) if "Husband or wife" in node.name and screen.seen(node)])

    def test_3_a_narrow_window(self):
        """With a badge at the bell, in one pull from wide to as narrow as it may be."""
        self.begin("Pathologist")
        until(lambda: [node for node in screen.walk(self.root) if re.match("Notifications, [0-9]+ new", node.name)])
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True,
                                check=True).stdout.split()[-1]
        subprocess.run(["xdotool", "windowsize", window, "360", "700"], check=True)
        screens.settle(1.5)
        told = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=True).stdout
        # what GTK draws around the window counts too
        self.assertLessEqual(int(re.search(r"WIDTH=([0-9]+)", told).group(1)), 376)
        # beside a result that is opened the patient is two lines then, and the phone number is one of them
        screen.keys("Return")
        until(lambda: [node for node in screen.walk(self.root) if re.search(r" · MRN MH-.*\+91", node.name or "") and screen.seen(node)])

    def test_4_enter_before_the_answer(self):
        """The search in the header: a whole name and Enter in one breath, while the rows of another person stand there."""
        once = "given_name || family_name IN (SELECT given_name || family_name FROM patient GROUP BY 1 HAVING count(*) = 1)"
        pick = f"SELECT given_name || ' ' || family_name, mrn FROM patient WHERE vip = 0 AND user_id IS NULL AND {once} ORDER BY id "
        (before, _), (name, mrn) = ask(pick + "LIMIT 1"), ask(pick + "LIMIT 1 OFFSET 7")
        self.begin()
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+k")
        screen.focused(self.root, "Find anything", "entry")
        screen.type(before)
        until(lambda: [node for node in screen.walk(self.root) if node.getRoleName() == "list item" and screen.seen(node)])
        screen.keys("ctrl+a")
        subprocess.run(["xdotool", "type", "--delay", "1", name], check=True)
        screen.keys("Return")
        until(lambda: self.on_the_card(mrn))

    def on_the_card(self, mrn):
        """Outside of every list, where the number of everybody may stand."""
        def outside(node):
            if node.getRoleName() in ("tree table", "list", "list item", "list box", "table"):
                return
            yield node
            for i in range(node.childCount):
                child = node.getChildAtIndex(i)
                if child is not None:
                    yield from outside(child)
        return [node for node in outside(self.root) if mrn in node.name and screen.seen(node)]

    def test_5_more_rows(self):
        """The list begins with a windowful and goes on when its end is looked at, to whoever was registered first."""
        first, = ask("SELECT mrn FROM patient ORDER BY id LIMIT 1")
        table = None

        def there(mrn):
            return any(mrn in (node.name or "") for node in screen.walk(table))

        def at_the_end():
            screen.keys("End")
            screens.settle(0.6)
            return there(first)
        self.begin()
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle(1.5)
        # what the desk's own copy showed until the server was there is more
        screen.type("a")
        screens.settle(1.5)
        screen.keys("BackSpace")
        screens.settle(1.5)
        table = next(node for node in screen.walk(self.root) if node.getRoleName() == "tree table" and node.name == "Patient")
        self.assertFalse(there(first), "the whole list was loaded at once")
        screen.keys("Down")
        until(at_the_end)

    def card_shows(self, words):
        return screen.find(self.root, words, "label", wait=0) is not None

    def test_6_the_card_follows_the_search(self):
        """Who is looked for next and not found is nobody: no key orders for the person before."""
        mrn, name = ask("SELECT mrn, upper(family_name) || ' ' || given_name FROM patient WHERE vip = 0 AND user_id IS NULL"
                        " ORDER BY id LIMIT 1")
        self.begin()
        self.find(mrn)
        until(lambda: self.on_the_card(mrn))
        screen.keys("ctrl+f", "ctrl+a")
        screen.type("zzyzx")
        screen.need(self.root, "Nobody found")
        self.assertEqual(self.on_the_card(mrn), [])
        screen.keys("F2")
        screens.settle(1.5)
        self.assertIsNone(screen.find(self.root, "Find a test", "entry", wait=0), "an order for " + name)
        self.assertIsNotNone(screen.find(self.root, "Nobody found", wait=0))
        # and found again it is theirs
        screen.keys("ctrl+f", "ctrl+a")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        until(lambda: self.on_the_card(mrn))

    def test_7_keys_typed_prefetch(self):
        """Each Tab is one field: a whole date does not move on by itself, and no letter says that somebody was asked."""
        self.begin()
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+n")
        screen.focused(self.root, "Given name", "text")
        subprocess.run(["xdotool", "type", "--delay", "4", "Kamala\tRangan\tf\t12/3/1980\t9876501234"], check=True)
        screens.settle()
        self.assertIn("9876501234", self.texts("Phone"))
        self.assertIn("12/3/1980", self.texts("Date of birth"))
        screen.keys("Tab")
        screen.type("a")
        screens.settle()
        self.assertEqual(self.chosen("llerg"), [])
        screen.keys("space")
        until(lambda: self.chosen("llerg"))
        # and back to the family name by as many keys: each group is one
        screen.keys("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab")
        screen.type("athan")
        screens.settle()
        self.assertIn("athan", "".join(self.texts("Family name")))

    def new_patient(self, given):
        screen.need(self.root, "New patient", "push button", wait=20)
        screens.settle()
        screen.keys("ctrl+n")
        screen.focused(self.root, "Given name", "text")
        screen.type(given)
        screens.settle()

    def test_8_what_was_begun_has_a_name(self):
        """Two half-typed patients and a power cut: each waits under the own name, and nobody's words are the next one's."""
        self.begin()
        self.new_patient("Meena")
        self.client.kill()
        self.client.wait()
        screen.apps.remove(self.client)
        self.begin()
        screen.need(self.root, "New patient", "push button", wait=20)
        screen.focused(self.root, "Find a patient", "entry")
        screen.type("rakesh zzyzx")
        screens.settle(1.5)
        screen.keys("Return")
        until(lambda: "Rakesh" in self.texts("Given name"))
        screen.need(self.root, "Continue Meena, begun")
        screens.settle()
        screen.keys("Escape")
        screens.settle()
        screen.keys("ctrl+f", "ctrl+a", "BackSpace")
        self.new_patient("Lata")
        screen.keys("Escape")
        screens.settle()
        screen.keys("ctrl+n")
        screen.need(self.root, "Continue Lata, begun")
        self.assertEqual(self.texts("Given name")[-1], "")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(screen.need(self.root, "Discard what was begun: Lata"))
        screen.press(screen.need(self.root, "Undo", "push button"))
        screen.need(self.root, "Continue Lata, begun")
        screen.press(screen.need(self.root, "Discard what was begun: Lata"))
        screen.press(screen.need(self.root, "Continue Meena, begun"))
        until(lambda: "Meena" in self.texts("Given name"))
        screens.settle()
        screen.type("Kulkarni")  # the first empty field has the keys
        screens.settle()
        self.assertIn("Kulkarni", self.texts("Family name"))
        screen.keys("Escape")
        screens.settle()
        screen.keys("ctrl+n")
        screen.need(self.root, "Continue KULKARNI Meena, begun")
        self.assertIsNone(screen.find(self.root, "Continue Lata", wait=0))

    def test_9_a_refusal_stands_at_its_field(self):
        self.begin()
        self.new_patient("Tara")
        screen.keys("Tab", "Tab")
        screen.type("f")
        screen.keys("Tab")
        screen.type("1/1/2031")
        screen.keys("ctrl+Return")
        screen.need(self.root, "cannot be in the future")
        # twins are told apart by it
        for name in ("Gender", "Birth order", "Religion"):
            self.assertEqual(self.texts(name)[-1:], [""], name)

    def test_9_allergies_by_name(self):
        """Several, as they are said; what nothing can be checked against is told, with what may be meant, and kept."""
        self.begin()
        self.new_patient("Usha")
        screen.keys("Tab")
        screen.type("Allergica")
        screen.keys("Tab")
        screen.type("f")
        screen.keys("Tab")
        screen.type("1/1/1981")
        screen.keys("Tab", "Tab", "space")
        until(lambda: self.chosen("llerg"))
        field = screen.need(self.root, "Allergies", "text")
        for _ in range(6):
            if field.getState().contains(screen.a.STATE_FOCUSED):
                break
            screen.keys("Tab")
            screens.settle(0.3)
        screen.type("penicillin, Brufen")
        screens.settle(2)
        self.assertIsNone(screen.find(self.root, "The formulary does not know", wait=0))
        screen.type(", amoxicilin x, zzyzx dust")
        screen.need(self.root, "The formulary does not know “zzyzx dust”: no prescription can be checked against it.", wait=20)
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("ctrl+a")
        screen.type("penicillin, ibuprofin, Brufen")
        screen.need(self.root, "The formulary does not know “ibuprofin”", wait=20)
        use = screen.need(self.root, "Use “ibuprofen”", "push button", wait=20)
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("Tab")
        until(lambda: use.getState().contains(screen.a.STATE_FOCUSED))
        screen.keys("space")
        until(lambda: screen.text_of(field).lower() == "penicillin, ibuprofen, brufen")
        until(lambda: screen.find(self.root, "The formulary does not know", wait=0) is None)
        until(lambda: field.getState().contains(screen.a.STATE_FOCUSED))
        self.assertIsNone(screen.find(self.root, "Use “", wait=0))

    def test_9_what_was_written_to_a_patient(self):
        """About what, when and what became of it; the code that was sent is nowhere, and without the server nothing is claimed."""
        mrn, patient, hospital_id = ask("SELECT mrn, id, hospital_id FROM patient WHERE vip = 0 AND user_id IS NULL AND phone IS NOT NULL"
                                        " AND merged_into IS NULL ORDER BY id LIMIT 1")
        other, = ask("SELECT mrn FROM patient WHERE vip = 0 AND user_id IS NULL AND merged_into IS NULL AND id > ? ORDER BY id LIMIT 1", patient)
        now = int(time.time() * 1_000_000)
        row = dict(id="01900000-0000-7000-8000-00000000a5a5", version=1, created_at=now, changed_at=now, hospital_id=hospital_id,
                   template="code", language="en", recipient="+919800000001", masked="+91••••••0001", arguments='{"code":"864213"}',
                   status="delivered", token="a5", attempts=1, resends=0, doubt=0, queued_at=now, patient_id=patient)
        with sqlite3.connect(os.path.join(place.folder, "mahima.db"), timeout=10) as database:
            database.execute(f"INSERT INTO sms_message ({','.join(row)}) VALUES ({','.join('?' * len(row))})", list(row.values()))
        self.begin()
        self.find(mrn)
        screen.press(next(node for node in screen.walk(self.root) if node.name == "Messages"
                          and node.getRoleName() in ("radio button", "toggle button", "page tab")))
        for words in ("Code for the kiosk", "Delivered", "+91••••••0001"):
            screen.need(self.root, words)
        self.assertEqual(screen.nameless(self.root), [])
        self.assertEqual([node.name for node in screen.walk(self.root) if "864213" in (node.name or "")], [])
        screen.keys("ctrl+f")
        place.stop()
        try:
            screen.need(self.root, "Offline", wait=40)
            screen.keys("ctrl+a")
            screen.type(other)
            screens.settle(1.5)
            screen.keys("Return")
            screen.need(self.root, "Messages need the server", wait=20)
        finally:
            place.start(place.url.removeprefix("http://"))
        screen.need(self.root, "No SMS was written to this patient", wait=60)

    def chosen(self, words):
        states = (screen.a.STATE_PRESSED, screen.a.STATE_CHECKED)
        return [node.name for node in screen.walk(self.root)
                if words in (node.name or "") and any(node.getState().contains(state) for state in states)]

    def texts(self, name):
        """What stands in the entries of this name; the text is in a part of each."""
        told = []
        for entry in screen.walk(self.root):
            if entry.getRoleName() in ("text", "entry") and (entry.name or "").startswith(name):
                for part in screen.walk(entry):
                    try:
                        text = part.queryText()
                        told.append(text.getText(0, text.characterCount))
                    except NotImplementedError:
                        pass
        return told


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=120, orders=60)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
