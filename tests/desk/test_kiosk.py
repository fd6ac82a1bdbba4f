#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk in the hall, by accessible names: registering, choosing, ordering, a number, the stars; being found again; paying
by a code; reports after a code by SMS; what stays after a visit (nothing), what a wrong date says (nothing), that it clears
itself, and that it closes by the PIN of the staff alone. The bank and the telephones are emulators on this machine."""
import http.server
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")
PIN = "246810"
screen = place = bank = None
told = []  # short messages, as telephones get them


class Phones(http.server.BaseHTTPRequestHandler):
    """A provider of short messages that takes every one."""

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        told.append(form["Body"][0])
        body = json.dumps({"sid": f"SM{len(told):032x}", "status": "queued"}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Bank:
    def __init__(self):
        emulator = os.path.join(HERE, "..", "emulators", "razorpay", "server.mjs")
        self.process = subprocess.Popen(["node", emulator], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]

    def ask(self, what, **body):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/_ctl/{what}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.terminate()
        self.process.wait(10)


def shot(name):
    if SHOTS:
        screens.settle(0.6)
        screen.shot(os.path.join(SHOTS, f"kiosk-{name}.png"))


def launch(**env):
    """A kiosk whose account has signed in."""
    client = screen.launch(place.client() + ["--kiosk"], place.client_env(**env))
    screen.sign_in(client.root, "kiosk", hospital.PASSWORD)
    screen.need(client.root, "मराठी", "push button", wait=20)
    for _ in range(50):
        if screen.need(client.root, "मराठी", "push button").getState().contains(screen.a.STATE_SENSITIVE):
            break
        screens.settle(0.2)
    return client


def press(root, name):
    screen.press(screen.need(root, name, "push button"))
    screens.settle(0.5)


def choose(root, *tests):
    for test in tests:
        # GTK 4.8 gives check boxes no action: a finger it is
        place_of = screen.need(root, test, "check box").queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(place_of.x + place_of.width // 2, place_of.y + place_of.height // 2)
        screens.settle(0.3)


def key(root, letter):
    return next(node for node in screen.walk(root) if node.getRoleName() == "push button" and node.name == letter and screen.seen(node))


def touch(root, letters):
    for letter in letters:
        screen.press(key(root, letter))
        screens.settle(0.1)
    screens.settle(0.8)  # what is pressed by name arrives later than what is typed


def enrol(root, given, family, sex, phone, born):
    for text in (given, family):
        if text:
            screen.type(text)
            screen.keys("Return")
    screen.press(screen.need(root, sex, "push button"))
    screen.type(phone)
    screen.keys("Return")
    screen.type(born)
    screens.settle(0.4)


class Pin(unittest.TestCase):
    def test_a_manager_sets_it(self):
        client = screens.sign_in(screen, place, "Manager")
        screen.keys("ctrl+m")
        screens.settle()
        screen.press(screen.need(client.root, "PIN of the kiosks…"))
        save = screen.need(client.root, "Set the PIN", "push button")
        screens.settle()
        for short in ("12345", PIN):
            screen.type(short)
            screens.settle(0.4)  # a person's Enter: at once it were a scanner's, and a code is no PIN
            screen.keys("Return")
            screen.type(short)
            screens.settle(0.4)
            self.assertEqual(save.getState().contains(screen.a.STATE_SENSITIVE), short == PIN)
            if short != PIN:
                screen.keys("Escape")
                screens.settle()
                screen.keys("ctrl+m")
                screens.settle()
                screen.press(screen.need(client.root, "PIN of the kiosks…"))
                screens.settle()
                save = screen.need(client.root, "Set the PIN", "push button")
        shot("pin")
        self.assertEqual(screen.nameless(client.root), [])
        screen.press(save)
        screen.need(client.root, "The kiosks close by the new PIN")
        screens.close(screen, client)


class Kiosk(unittest.TestCase):
    def tearDown(self):
        if self.client.poll() is None:
            screens.close(screen, self.client)

    def fine(self):
        self.assertEqual(screen.nameless(self.client.root), [])

    def test_1_a_visit_from_language_to_stars(self):
        self.client = launch()
        root = self.client.root
        shot("welcome")
        self.fine()
        press(root, "English")
        screen.need(root, "What would you like to do?")
        shot("what")
        press(root, "I am here for the first time")
        # without a keyboard: a capital at the start of a name, vowels' signs behind consonants
        touch(root, "SARITA")
        screen.keys("Return")
        shot("keys-latin")
        press(root, "Other letters")
        touch(root, "कआलए")
        shot("keys-devanagari")
        press(root, "Other letters")
        shot("keys-urdu")
        press(root, "Other letters")
        screen.keys("Return")
        enrol(root, None, None, "Female", "9876500011", "07031984")
        shot("person")
        self.fine()
        press(root, "Go on")
        screen.need(root, "Choose your tests")
        choose(root, "Blood count", "Sugar, before eating")
        shot("tests")
        self.fine()
        press(root, "Go on with these tests")
        screen.need(root, "Your tests")
        screen.need(root, "Blood count")
        shot("cart")
        press(root, "pay at the desk")
        screen.need(root, "Your number")
        screen.need(root, "Please pay at the desk")
        with sqlite3.connect(os.path.join(place.folder, "mahima.db"), timeout=10) as database:
            self.assertEqual(database.execute("SELECT given_name, family_name FROM patient WHERE phone LIKE '%9876500011'").fetchall(),
                             [("Sarita", "काले")])
        shot("done")
        self.fine()
        press(root, "5 of 5")
        screen.need(root, "Thank you for telling us.")
        press(root, "Finish")
        screen.need(root, "اردو", "push button")
        self.assertIsNone(screen.find(root, "Sarita", wait=0.2))

    def test_2_found_again_and_wrong_dates_say_nothing(self):
        self.client = launch()
        root = self.client.root
        press(root, "हिन्दी")
        press(root, "मैं पहले आ")
        screen.type("9876500011")
        screen.keys("Return")
        screen.type("08031984")
        shot("hi-person")
        press(root, "आगे बढ़ें")
        screen.need(root, "कोई नहीं मिला")
        shot("hi-nobody")
        screen.keys("ctrl+a")
        screen.type("07.03.1984")
        press(root, "आगे बढ़ें")
        screen.need(root, "अपनी जाँचें चुनें")
        screen.need(root, "खून की गिनती")
        shot("hi-tests")
        press(root, "फिर से शुरू करें")
        screen.need(root, "English", "push button")
        press(root, "اردو")
        shot("ur-what")
        press(root, "میں پہلی بار")
        shot("ur-person")
        self.fine()
        press(root, "دوبارہ شروع کریں")

    def test_3_paid_by_a_code(self):
        self.client = launch()
        root = self.client.root
        press(root, "English")
        press(root, "I have been here before")
        screen.type("9876500011")
        screen.keys("Return")
        screen.type("07031984")
        press(root, "Go on")
        screen.need(root, "Choose your tests")
        choose(root, "Full health check")
        press(root, "Go on with these tests")
        press(root, "pay now by UPI")
        screen.need(root, "Waiting for the bank", wait=20)
        shot("qr")
        self.fine()
        codes = re.findall(r"qr_\w+", json.dumps(bank.ask("state")))
        bank.ask("pay", id=codes[0])
        screen.need(root, "It is paid.", wait=30)
        shot("paid")
        press(root, "Finish")
        # somebody changes their mind while the code is shown
        press(root, "English")
        press(root, "I have been here before")
        screen.type("9876500011")
        screen.keys("Return")
        screen.type("07031984")
        press(root, "Go on")
        screen.need(root, "Choose your tests")
        choose(root, "Kidneys")
        press(root, "Go on with these tests")
        press(root, "pay now by UPI")
        screen.need(root, "Waiting for the bank", wait=20)
        press(root, "Pay at the desk instead")
        screen.need(root, "Please pay at the desk")

    def test_4_reports_after_a_code(self):
        with sqlite3.connect(f"file:{place.folder}/mahima.db?mode=ro", uri=True) as base:
            phone, born = base.execute(
                "SELECT p.phone, p.birth_date FROM lab_order o JOIN patient p ON p.id = o.patient_id WHERE o.report_id IS NOT NULL"
                " AND p.phone IS NOT NULL AND p.birth_date IS NOT NULL AND COALESCE(p.vip, 0) = 0 AND COALESCE(p.deceased, 0) = 0"
                " AND p.merged_into IS NULL AND (SELECT COUNT(*) FROM patient q WHERE q.phone_digits = p.phone_digits"
                " AND q.birth_date = p.birth_date) = 1 LIMIT 1").fetchone()
        self.client = launch()
        root = self.client.root
        press(root, "English")
        press(root, "See my reports")
        screen.type(phone)
        screen.keys("Return")
        screen.type("".join(reversed(born.split("-"))))
        press(root, "Go on")
        screen.need(root, "A code was sent to your telephone")
        for _ in range(100):
            if told:
                break
            screens.settle(0.1)
        code = re.search(r"\b\d{6}\b", told[-1]).group(0)
        screen.type(f"{(int(code) + 1) % 1000000:06}")
        press(root, "Check the code")
        screen.need(root, "This is not the code.")
        shot("code")
        self.fine()
        screen.keys("ctrl+a")
        screen.type(code)
        press(root, "Check the code")
        screen.need(root, "My reports")
        read = screen.need(root, "Read", "push button")
        shot("reports")
        self.fine()
        screen.press(read)
        screen.need(root, "Back to my reports", "push button")
        screens.settle()
        shot("paper")
        # nobody touches it any more
        for _ in range(60):
            if screen.find(root, "Are you still there?", wait=0.2):
                break
            screens.settle(1)
        shot("countdown")
        for _ in range(40):
            if not screen.find(root, "Back to my reports", "push button", wait=0.2):
                break
            screens.settle(1)
        self.assertIsNone(screen.find(root, "Back to my reports", "push button", wait=0.2))
        screen.need(root, "English", "push button")

    def test_5_low_screens(self):
        """All rows of each script's keys, the entry that is typed in and the button are on the screen at once."""
        self.client = launch()
        root = self.client.root

        def bottom(node):
            box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
            return box.y + box.height

        def at_once(name, *keys):
            entry = screen.need(root, name, "text")
            go, over = screen.need(root, "Go on", "push button"), screen.need(root, "Start over", "push button")
            rows = [entry, *(key(root, letter) for letter in keys), go, over]
            end = time.time() + 5
            while sorted(map(bottom, rows)) != list(map(bottom, rows)) or bottom(over) > height:
                self.assertLess(time.time(), end, (width, height, list(map(bottom, rows))))
                time.sleep(0.1)

        for width, height in ((800, 600), (1280, 800), (800, 1280)):
            screen.resize(width, height)
            press(root, "English")
            press(root, "I am here for the first time")
            screens.settle(1.2)  # the size is looked at once a second
            at_once("Given name", "Q", "A", "Z")
            press(root, "Other letters")
            at_once("Given name", "अ", "क", "ढ", "म")
            press(root, "Other letters")
            at_once("Given name", "ا", "د", "ط", "ں")
            shot(f"low-{width}")
            press(root, "Other letters")
            screen.type("Asha")
            screen.keys("Return")
            at_once("Family name", "Q", "A", "Z")
            screen.keys("Return")
            at_once("Telephone number", "1", "4", "7", "0")
            screen.keys("Return")
            at_once("Date of birth", "1", "4", "7", "0")
            self.fine()
            press(root, "Start over")

    def test_6_closes_by_the_pin_alone(self):
        self.client = launch()
        root = self.client.root
        screen.keys("alt+F4", "ctrl+q", "ctrl+w", "F11", "Escape")
        screens.settle()
        self.assertIsNone(self.client.poll())
        press(root, "Staff")
        screen.type("111111")
        shot("staff")
        press(root, "Close the kiosk")
        screen.need(root, "This is not the PIN.")
        self.fine()
        # the keys on the screen
        for figure in PIN:
            screen.press([node for node in screen.walk(root) if node.name == figure and node.getRoleName() == "push button"
                          and screen.seen(node)][0])
        press(root, "Close the kiosk")
        for _ in range(100):
            if self.client.poll() is not None:
                break
            screens.settle(0.1)
        self.assertEqual(self.client.poll(), 0)
        screen.apps.remove(self.client)
        complaints = [line for line in screen.client_log().splitlines() if "CRITICAL" in line or "WARNING" in line]
        self.assertEqual(complaints, [])


def main(own):
    global screen, place, bank
    screen = own
    phones = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Phones)
    threading.Thread(target=phones.serve_forever, daemon=True).start()
    bank = Bank()
    place = hospital.Hospital(patients=60, orders=60, extra=(
        f"[twilio]\nbase_url=http://127.0.0.1:{phones.server_port}\naccount_sid=AC{'0' * 31}1\nauth_token=loopback\nfrom=+15005550006\n"
        f"[razorpay]\nbase_url=http://127.0.0.1:{bank.port}\nkey_id=rzp_test_loopback\nkey_secret=sekret\npoll_seconds=1\n"))
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()
        bank.close()
        phones.shutdown()


if __name__ == "__main__":
    desk.within(main, 1080, 1920)
