#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers, consents and protected charts, by accessible names and by keys: a PDF and a picture are added and looked at, an upload
that was interrupted goes on, what the virus scanner holds back says so; a consent is given with its signed paper, withdrawn, refused;
a protected chart opens with password and reason for an hour, and the report tells."""
import hashlib
import os
import random
import shutil
import signal
import socket
import struct
import sys
import threading
import time
import unittest
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

screen = place = folder = None
VIRUS = b"a virus, as far as this scanner knows"


def pdf(pages):
    """A plain PDF with that many pages of a few words."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>",
             f"<< /Type /Pages /Count {pages} /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(pages))}] >>",
             "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for number in range(pages):
        words = f"BT /F1 28 Tf 60 760 Td (Referral letter, page {number + 1}) Tj ET"
        parts.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
                     " /Resources << /Font << /F1 3 0 R >> >> >>")
        parts.append(f"<< /Length {len(words)} >>\nstream\n{words}\nendstream")
    text, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n".encode()
    start = len(text)
    text += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    text += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return text + f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 0)) + chunk(b"IEND", b""))


def write(name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def scanner():
    """ClamAV's daemon as far as INSTREAM goes; what it is given in pieces it looks through as a whole."""
    server = socket.create_server(("127.0.0.1", 0))

    def take(line):
        data = b""
        while len(line.peek(1)) and not data.endswith(b"\0"):
            data += line.read(1)
        file = b""
        while (length := struct.unpack(">I", line.read(4))[0]) > 0:
            file += line.read(length)
        return b"stream: Test.Virus FOUND\0" if VIRUS in file else b"stream: OK\0"

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as reading:
                try:
                    line.sendall(take(reading))
                except (OSError, struct.error):
                    pass

    threading.Thread(target=serve, daemon=True).start()
    return server


def ask(sql, *values):
    return place.ask(sql, *values)


def until(sql, wanted, *values, wait=20):
    end = time.time() + wait
    while (told := ask(sql, *values)) != wanted:
        assert time.time() < end, f"{told} instead of {wanted}: {sql}"
        time.sleep(0.1)


class Papers(unittest.TestCase):
    """Each works at a chart of its own, found by the patient's number."""

    def setUp(self):
        self.client = self.root = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)

    def begin(self, person, **env):
        if self.client is not None:
            screens.close(screen, self.client)
        self.client = screens.sign_in(screen, place, person, **env)
        self.root = self.client.root

    def need(self, name, role=None, wait=15):
        return screen.need(self.root, name, role, wait)

    def gone(self, name, role=None, wait=15):
        end = time.time() + wait
        while screen.find(self.root, name, role, wait=0) is not None:
            self.assertLess(time.time(), end, f"still on the screen: {name}")
            time.sleep(0.1)

    def chart(self, number, tab=None):
        """Opens the chart of the n-th patient whose chart is not protected; gives the id."""
        mrn, patient = ask("SELECT mrn, id FROM patient p WHERE NOT vip AND user_id IS NULL"
                           " AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.patient_id = p.id) ORDER BY mrn LIMIT 1 OFFSET ?", number)
        self.look_for(mrn)
        self.need("Overview", "page tab")
        if tab is not None:
            self.tab(tab)
        return patient

    def look_for(self, mrn):
        screen.keys("alt+shift+h")
        self.need("Whose chart?")
        screen.focused(self.root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")

    def find_anywhere(self, mrn):
        screen.activate()  # the question before a protected chart may have been over it
        screen.keys("ctrl+k")
        screen.focused(self.root, "Find anything", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")

    def tab(self, name):
        screen.press(self.need(name, "page tab"))
        screens.settle()

    def choose(self, path):
        """In the desktop's own window for choosing a file: a path is typed."""
        screens.settle(1)
        screen.type(path)
        screens.settle(0.6)
        screen.keys("shift+End", "Delete")  # what GTK 4.18 completed and leaves behind the caret
        screen.keys("Return")

    def add(self, path, title):
        screen.press(self.need("Add a paper", "push button"))
        self.choose(path)
        self.describe(title)

    def describe(self, title, wait=15):
        self.need("Title", "text", wait)
        self.pick(1)  # what it is: the first of the list
        screen.keys("Tab")
        self.focus("text")
        screen.type(title)
        screen.keys("ctrl+Return")
        end = time.time() + 20
        while screen.find(self.root, "Title", "text", wait=0):
            said = [node.name for node in screen.walk(self.root) if node.getRoleName() == "label" and screen.seen(node)]
            self.assertLess(time.time(), end, f"the form stays: {said}")
            time.sleep(0.2)

    def focus(self, role, name=""):
        """Waits until the keys go to a control of that role: a window is on the screen before it has them."""
        end = time.time() + 20
        while True:
            on = [node for node in screen.walk(self.root) if node.getState().contains(screen.a.STATE_FOCUSED)]
            if any(node.getRoleName() == role and name in (node.name or "") for node in on):
                return
            self.assertLess(time.time(), end, f"the keys are on {[(node.getRoleName(), node.name) for node in on]}, not on a {role}")
            time.sleep(0.1)

    def pick(self, below):
        """Of the list that the keys are on, the choice that many below the chosen one."""
        self.focus_list()
        screen.keys("space")
        self.focus("list item")
        screen.keys(*["Down"] * below, "Return")
        self.focus_list()

    def focus_list(self):
        """Waits until the keys go to a closed list: to its button, which GTK 4.8 calls by its class and newer GTK by the list's name."""
        end = time.time() + 20
        while True:
            on = [node for node in screen.walk(self.root) if node.getState().contains(screen.a.STATE_FOCUSED)]
            if any(node.getRoleName() in desk.ALSO["push button"] and node.parent.getRoleName() == "combo box" for node in on):
                return
            told = [(node.getRoleName(), node.name, node.parent.getRoleName()) for node in on]
            self.assertLess(time.time(), end, f"the keys are on {told}, not on a list")
            time.sleep(0.1)

    def stored(self, patient, title):
        until("SELECT status FROM document WHERE patient_id = ? AND title = ?", ("stored",), patient, title)
        return ask("SELECT id, sha256, scan FROM document WHERE patient_id = ? AND title = ?", patient, title)

    def test_1_a_letter_of_two_pages(self):
        self.begin("Nurse")
        patient = self.chart(0, "Papers")
        self.need("No papers yet")
        self.assertEqual(screen.nameless(self.root), [])
        letter = pdf(2)
        self.add(write("letter.pdf", letter), "Letter of Dr Rao")
        _, sha256, scan = self.stored(patient, "Letter of Dr Rao")
        self.assertEqual(sha256, hashlib.sha256(letter).hexdigest())
        until("SELECT scan FROM document WHERE patient_id = ?", ("clean",), patient)
        self.need("Letter of Dr Rao")
        self.need("Referral letter · ")
        self.need("Small picture")
        screen.keys("alt+shift+h")
        screens.settle()
        screen.press(self.need("Papers", "page tab"))
        screens.settle()
        screen.keys("Home", "Return")
        self.need("Page 1")
        self.need("Page 2")
        self.assertEqual(screen.nameless(self.root), [])

    def test_2_a_picture_is_looked_at_closely(self):
        self.begin("Doctor")
        patient = self.chart(1, "Papers")
        rows = [bytes(value for x in range(400) for value in (x % 256, y % 256, 90)) for y in range(300)]
        self.add(write("wound.png", png(400, 300, rows)), "Wound on the left foot")
        self.stored(patient, "Wound on the left foot")
        until("SELECT scan, has_thumbnail FROM document WHERE patient_id = ?", ("clean", 1), patient)
        self.need("Small picture")
        screen.keys("Home", "Return")
        page = self.need("Page 1")

        def width():
            screens.settle(0.6)
            return screen.need(self.root, "Page 1").queryComponent().getExtents(screen.a.WINDOW_COORDS).width
        before = width()
        self.assertIsNotNone(page)
        for _ in range(2):
            smaller = width()
            screen.press(self.need("Larger", "push button"))
            hospital.until(lambda: width() > smaller)
        self.assertGreater(width(), before * 1.4)
        screen.press(self.need("Fit width", "push button"))
        self.assertEqual(width(), before)
        screen.press(self.need("Rotate", "push button"))
        self.assertEqual(screen.nameless(self.root), [])

    def upload_partly(self, patient, path):
        """Sends the picture until the server has some of it and not all; all of its parts may come in one go. Gives its title."""
        state = "SELECT status, parts_stored, parts FROM document WHERE patient_id = ? AND title = ?"
        for again in range(6):
            title = f"Large scan {again + 1}"
            self.add(path, title)
            end = time.time() + 90
            while (told := ask(state, patient, title)) is None or told[1] < told[2]:
                if told is not None and told[1] > 0:
                    return title
                self.assertLess(time.time(), end, f"the file never began to arrive: {told}")
            self.stored(patient, title)
            self.need(title)
        self.fail("all parts come in one go each time")

    def test_3_an_upload_goes_on_where_it_broke(self):
        self.begin("Nurse")
        patient = self.chart(2, "Papers")
        noise = random.Random(1)
        picture = png(2600, 2600, [noise.randbytes(3 * 2600) for _ in range(2600)])
        title = self.upload_partly(patient, write("scan.png", picture))
        # the machine dies in the middle of it
        place.server.send_signal(signal.SIGKILL)
        place.server.wait()
        arrived, parts = ask("SELECT parts_stored, parts FROM document WHERE patient_id = ? AND title = ?", patient, title)
        self.assertLess(arrived, parts)
        self.need("sent as soon as the server is back")
        place.start(place.url.split("//")[1])
        _, sha256, _ = self.stored(patient, title)
        self.assertEqual(sha256, hashlib.sha256(picture).hexdigest())
        self.assertEqual(ask("SELECT count(*) FROM document_part WHERE number >= 0 AND document_id ="
                             " (SELECT id FROM document WHERE patient_id = ? AND title = ?)", patient, title), (parts,))
        self.need("MB")

    def test_4_what_the_scanner_holds_back(self):
        self.begin("Nurse")
        patient = self.chart(3, "Papers")
        self.add(write("bad.pdf", pdf(1) + b"% " + VIRUS + b"\n"), "From a stick")
        until("SELECT scan, threat FROM document WHERE patient_id = ?", ("infected", "Test.Virus"), patient)
        self.need("Held back: a virus was found")
        screen.keys("Home", "Return")
        self.need("Nobody can open it")
        self.assertIsNone(screen.find(self.root, "Page 1", wait=0))

    def decide(self, purpose, decision, about, witness="", paper=None):
        """Fills the form of a consent in, by keys alone."""
        screen.press(self.need("Consent or refusal", "push button"))
        self.need("What was explained and decided", "text")
        self.need("consent or refusal come first")  # the papers are there
        self.pick(purpose)
        screen.keys("Tab")
        screen.type(decision)
        screen.keys("Tab")
        self.focus("text")
        screen.type(about)
        if paper is not None:
            # past whoever decided, their name, a witness and two days
            screen.keys(*["Tab"] * 6)
            self.pick(1)
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("ctrl+Return")

    def test_5_consents(self):
        self.begin("Doctor")
        patient = self.chart(4, "Papers")
        self.add(write("signed.pdf", pdf(1)), "Signed consent")
        paper, _, _ = self.stored(patient, "Signed consent")
        self.tab("Consents")
        self.need("Nothing was decided yet")
        self.decide(2, "a", "Removal of the appendix, and what can go wrong", paper="Signed consent")
        until("SELECT decision, document_id, about FROM consent WHERE patient_id = ?",
              ("given", paper, "Removal of the appendix, and what can go wrong"), patient)
        self.need("Agreed")
        screen.keys("Home")
        screens.settle()
        screen.press(self.need("Withdrawn", "push button"))
        self.need("Was the consent withdrawn?")
        self.focus("text")
        screen.type("Wants to wait")
        screen.keys("Return")
        until("SELECT withdrawn_reason FROM consent WHERE patient_id = ?", ("Wants to wait",), patient)
        self.need("Wants to wait")
        self.decide(4, "r", "No blood, whatever happens")
        until("SELECT decision, about FROM consent WHERE patient_id = ? AND purpose = 'transfusion'",
              ("refused", "No blood, whatever happens"), patient)
        # the refusal is signed afterwards; it stands above the consent
        self.need("Refused")
        screens.settle()
        screen.keys("Home")
        self.need("No blood, whatever happens")
        screen.press(self.need("Signed paper", "push button"))
        self.need("consent or refusal come first")
        self.pick(1)
        screen.keys("ctrl+Return")
        until("SELECT document_id FROM consent WHERE patient_id = ? AND decision = 'refused'", (paper,), patient)
        screen.press(self.need("Show the paper", "push button"))
        self.need("Page 1")

    def give_reason(self, words, password):
        """Fills the question before a protected chart in, by keys alone."""
        self.need("Open the chart", "push button")
        self.assertEqual(screen.nameless(self.root), [])
        screens.settle(0.6)
        screen.keys("Return")
        screens.settle(0.4)
        screen.keys("Down", "Return")
        screens.settle(0.4)
        screen.keys("Tab")
        screen.type("too short")
        self.need("more letter")
        screen.keys("ctrl+a")
        screen.type(words)
        screen.keys("Tab")
        screen.type(password)
        screen.keys("Return")

    def test_6_a_protected_chart_opens_for_an_hour(self):
        mrn, patient = ask("SELECT mrn, id FROM patient WHERE vip")
        self.begin("Doctor")
        self.look_for(mrn)
        self.need("This chart is protected")
        self.give_reason("Consultation was asked for", "not the password")
        self.need("This is not your password")
        self.assertEqual(ask("SELECT count(*) FROM access_grant"), (0,))
        screen.type(hospital.PASSWORD)
        screen.keys("Return")
        self.need(f"Protected chart {mrn} is open to you for")
        until("SELECT patient_id, text, open_until - opened_at FROM access_grant",
              (patient, "Consultation was asked for", 3600 * 1000000))
        self.need("Overview", "page tab")
        self.tab("Papers")
        self.need("No papers yet")
        # over nobody else: the next patient, and back
        other = ask("SELECT mrn FROM patient WHERE NOT COALESCE(vip, FALSE) AND user_id IS NULL AND mrn IS NOT NULL")[0]
        self.find_anywhere(other)
        self.need(other)
        self.gone("is open to you for")
        self.find_anywhere(mrn)
        self.need(f"Protected chart {mrn} is open to you for")
        screen.press(self.need("Close it now", "push button"))
        self.gone("is open to you for")
        until("SELECT count(*) FROM access_grant WHERE ended_at IS NOT NULL", (1,))

        # somebody else looks at it, and sees who saw what
        self.begin("Manager")
        screen.keys("alt+shift+p")
        self.need("Dr Meera Iyer")
        screens.settle()
        screen.keys("Down", "Return")
        self.need(f"opened the protected chart {mrn}")
        self.need("Consultation was asked for")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(self.need("Reviewed", "push button"))
        self.need("Choose a reason.")
        screen.type("ju")
        screen.press(self.need("Reviewed", "push button"))
        until("SELECT verdict, reviewed_name FROM access_grant", ("justified", "Nandini Rao"))

    def test_7_the_own_chart_of_the_staff(self):
        nurse, mrn = ask("SELECT u.id, p.mrn FROM patient p JOIN app_user u ON u.id = p.user_id")
        self.begin("Nurse")
        self.look_for(mrn)
        self.need("This is your own chart")
        screen.press(self.need("Leave it closed", "push button"))
        self.begin("Doctor")
        self.look_for(mrn)
        self.need("somebody who works here")
        screen.press(self.need("Leave it closed", "push button"))

        # an administrator takes the link away, and links somebody else
        self.begin("Administrator")
        screen.keys("alt+8")
        screens.settle(1.5)
        screen.type("Sister Anu")
        screens.settle(1.5)
        screen.keys("Down", "Return")
        self.need(f"This person is the patient THOMAS Anu, {mrn}")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(self.need("Not this patient", "push button"))
        self.need("Not known as a patient here")
        until("SELECT count(*) FROM patient WHERE user_id IS NOT NULL", (0,))
        self.assertIsNotNone(nurse)

    @unittest.skipUnless(shutil.which("scanimage"), "SANE is not installed")
    def test_8_a_page_from_the_scanner(self):
        # SANE's own scanner without a machine
        sane = os.path.join(folder, "sane")
        os.makedirs(sane, exist_ok=True)
        write("sane/dll.conf", b"test\n")
        self.begin("Nurse", SANE_CONFIG_DIR=sane)
        patient = self.chart(5, "Papers")
        screen.press(self.need("Scan a page", "push button", wait=30))
        self.describe("Scanned page", wait=60)
        self.stored(patient, "Scanned page")
        self.assertEqual(ask("SELECT content_type, bytes > 1000 FROM document WHERE patient_id = ?", patient), ("image/png", 1))
        # no scanner, no button
        empty = os.path.join(folder, "no-sane")
        os.makedirs(empty, exist_ok=True)
        write("no-sane/dll.conf", b"")
        self.begin("Nurse", SANE_CONFIG_DIR=empty)
        self.chart(5, "Papers")
        self.need("Scanned page")
        screens.settle(3)
        self.assertIsNone(screen.find(self.root, "Scan a page", "push button", wait=0))

    def test_9_the_front_desk_has_papers_and_no_chart(self):
        self.begin("Reception")
        self.assertNotIn("Chart", screens.side_bar(screen, self.client))
        mrn = ask("SELECT p.mrn FROM patient p JOIN document d ON d.patient_id = p.id WHERE d.title = 'Signed consent, operation'")[0]
        screens.settle()
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle()
        self.assertIsNone(screen.find(self.root, "Chart", "push button", wait=0))
        self.tab("Prescriptions")
        self.tab("Papers")
        self.need("Wound, second day")
        self.tab("Consents")
        self.need("Blood transfusion")
        self.assertEqual(screen.nameless(self.root), [])


def main(on):
    global screen, place, folder
    screen = on
    folder = os.environ["MAHIMA_DESK_HOME"]
    clamd = scanner()
    place = hospital.Hospital(patients=60, orders=20, extra=f"[clamd]\naddress=tcp:127.0.0.1:{clamd.getsockname()[1]}\n")
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()
        clamd.close()


if __name__ == "__main__":
    desk.within(main)
