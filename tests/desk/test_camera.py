#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures from a camera, by accessible names and keys: a photo at the front desk and a page in the chart, taken, taken again, kept;
a camera that is pulled out, one that is not there, and a desktop that says no. The cameras are GStreamer's own without a machine."""
import os
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import leash  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402
from hospital import until  # noqa: E402

screen = place = None
LIVE = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=1600,height=1200,framerate=10/1"
STOPS = "videotestsrc is-live=true num-buffers=60 ! video/x-raw,framerate=10/1"
FAILS = "videotestsrc is-live=true ! identity error-after=12"


def ask(sql, *values):
    return place.ask(sql, *values)


class Camera(unittest.TestCase):
    def setUp(self):
        self.client = self.portal = None

    def tearDown(self):
        if self.client is not None:
            screens.close(screen, self.client)
        if self.portal is not None:
            self.portal.terminate()
            self.portal.wait()
            self.portal.stdout.close()

    def begin(self, person="Reception", **env):
        if self.client is not None:
            screens.close(screen, self.client)
        self.client = screens.sign_in(screen, place, person, **env)
        self.root = self.client.root

    def need(self, name, role=None, wait=20):
        return screen.need(self.root, name, role, wait)

    def find(self, mrn):
        self.need("New patient", "push button")
        screens.settle()
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screens.settle()

    def card(self, number):
        """Shows the n-th patient whose chart is not protected; gives the id."""
        mrn, patient = ask("SELECT mrn, id FROM patient WHERE NOT vip AND user_id IS NULL ORDER BY mrn LIMIT 1 OFFSET ?", number)
        self.find(mrn)
        self.need("Initials")
        return patient

    def press_at(self, node):
        box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
        screen.click(box.x + box.width // 2, box.y + box.height // 2)

    def menu(self):
        screens.settle(0.6)
        self.press_at(self.need("Photo", "push button"))
        self.need("Choose a photo…")

    def open(self):
        self.menu()
        screen.press(self.need("Take a picture…"))

    def ready(self):
        """The shutter, once there is something to take."""
        def usable():
            button = screen.find(self.root, "Take the picture", "push button", wait=0)
            return button if button and button.getState().contains(screen.a.STATE_SENSITIVE) else None
        return until(usable)

    def moves(self, wait=15):
        before = screen.pixels()
        return bool(until(lambda: screen.pixels() != before, wait))

    def still(self):
        def calm():
            before = screen.pixels()
            screens.settle(1)
            return screen.pixels() == before
        return bool(until(calm))  # a live picture changes ten times a second

    def gone(self, name, role=None):
        until(lambda: screen.find(self.root, name, role, wait=0) is None)

    def test_1_taken_taken_again_kept(self):
        self.begin(MAHIMA_CAMERA=LIVE)
        patient = self.card(0)
        self.open()
        self.ready()
        self.need("Live picture of the camera")
        self.assertTrue(self.moves())
        self.assertIsNone(screen.find(self.root, "Camera", "combo box", wait=0), "nothing to choose from")
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("space")
        self.need("Keep", "push button")
        self.need("Picture taken")
        self.assertTrue(self.still())
        screen.press(self.need("Again", "push button"))
        self.ready()
        self.assertTrue(self.moves())
        screen.keys("Return")
        self.need("Keep", "push button")
        screens.settle(0.6)
        screen.keys("Return")
        kept = until(lambda: ask("SELECT d.kind, d.content_type, d.has_thumbnail FROM patient p JOIN document d ON d.id = p.photo_id"
                                 " WHERE p.id = ? AND d.status = 'stored'", patient))
        self.assertEqual(kept, ("portrait", "image/jpeg", 1))
        self.need("Photo of the patient")
        self.gone("Keep", "push button")

    def test_2_closed_without_a_picture(self):
        self.begin(MAHIMA_CAMERA=LIVE)
        patient = self.card(1)
        self.open()
        self.ready()
        screen.keys("Escape")
        self.gone("Take the picture", "push button")
        # the camera is off: no thread of it is left
        until(lambda: not self.works())
        self.open()
        self.ready()
        self.assertTrue(self.works())
        screen.keys("space")
        self.need("Keep", "push button")
        screen.keys("Escape")
        self.gone("Keep", "push button")
        self.assertEqual(ask("SELECT photo_id IS NULL FROM patient WHERE id = ?", patient), (1,))

    def works(self):
        """Is a frame being made? Idle threads of GLib keep their names for a while, so: by what they cost."""
        def spent():
            total = 0
            for thread in os.listdir(f"/proc/{self.client.pid}/task"):
                with open(f"/proc/{self.client.pid}/task/{thread}/stat", encoding="utf-8") as file:
                    name, rest = file.read().split("(", 1)[1].rsplit(")", 1)
                if name.startswith(("videotestsrc", "queue")):
                    total += sum(map(int, rest.split()[11:13]))
            return total
        before = spent()
        time.sleep(1.5)
        return spent() > before

    def test_3_pulled_out(self):
        self.begin(MAHIMA_CAMERA=f"{STOPS};{FAILS};{LIVE}")
        self.card(1)
        self.open()
        self.need("The camera stopped")
        self.need("Is it still connected?")
        self.assertIsNone(screen.find(self.root, "Take the picture", "push button", wait=0))
        self.need("Choose a file…", "push button")
        self.assertFalse(self.works())
        screen.press(self.need("Look again", "push button"))
        self.gone("The camera stopped")
        self.need("The camera stopped")
        # the second fails, the third works
        self.choose(1)
        self.need("The camera stopped")
        self.choose(1)
        self.ready()
        self.assertTrue(self.moves())
        self.assertEqual(screen.nameless(self.root), [])

    def choose(self, down):
        self.press_at(self.need("Camera", "combo box"))
        screens.settle(0.6)
        screen.keys(*["Down"] * down, "Return")
        screens.settle(0.4)

    def test_4_none(self):
        self.begin(MAHIMA_CAMERA="")
        self.card(1)
        self.menu()
        self.assertIsNone(screen.find(self.root, "Take a picture…", wait=0))

    def desktop(self, *words):
        """A portal on this test's own message bus; the client finds no camera but the portal's."""
        self.portal = leash.start(["/usr/bin/python3", os.path.join(HERE, "portal.py"), *words], stdout=subprocess.PIPE, text=True)
        self.assertEqual(self.portal.stdout.readline(), "ready\n")

    def test_5_the_desktop_says_no(self):
        self.desktop("present", "1")
        self.begin()
        self.card(1)
        self.open()
        self.need("The camera was refused")
        self.need("Choose a file…", "push button")
        self.assertEqual(self.portal.stdout.readline(), "AccessCamera\n")

    @unittest.skipIf(any(name.startswith("video") for name in os.listdir("/dev")), "this machine has a camera")
    def test_6_the_desktop_knows_of_none(self):
        self.desktop("absent", "0")
        self.begin()
        self.card(1)
        self.menu()
        self.assertIsNone(screen.find(self.root, "Take a picture…", wait=0))

    @unittest.skipIf(any(name.startswith("video") for name in os.listdir("/dev")), "this machine has a camera")
    def test_7_a_portal_that_fails_is_none(self):
        self.desktop("present", "2")
        self.begin()
        self.card(1)
        self.open()
        self.need("No camera found")
        self.need("Look again", "push button")
        self.need("Choose a file…", "push button")

    def test_8_a_page(self):
        self.begin("Nurse", MAHIMA_CAMERA=LIVE)
        mrn, patient = ask("SELECT mrn, id FROM patient p WHERE NOT vip AND user_id IS NULL AND NOT EXISTS"
                           " (SELECT 1 FROM document d WHERE d.patient_id = p.id) ORDER BY mrn LIMIT 1 OFFSET 3")
        screen.keys("alt+shift+h")
        screen.focused(self.root, "Find a patient", "entry")
        screen.type(mrn)
        screens.settle(1.5)
        screen.keys("Return")
        screen.press(self.need("Papers", "page tab"))
        screen.press(self.need("Photograph…", "push button"))
        self.ready()
        screen.keys("space")
        self.need("Keep", "push button")
        screens.settle(0.6)
        screen.keys("Return")
        self.need("Title", "text")
        screens.settle(0.6)
        screen.keys("space")
        screens.settle(0.4)
        screen.keys("Down", "Return")
        screens.settle(0.4)
        screen.keys("Tab")
        screen.type("Photographed letter")
        screen.keys("ctrl+Return")
        until(lambda: ask("SELECT status FROM document WHERE patient_id = ? AND title = 'Photographed letter'", patient) == ("stored",))
        content, size = ask("SELECT content_type, bytes FROM document WHERE patient_id = ?", patient)
        self.assertEqual(content, "image/jpeg")
        self.assertGreater(size, 10000)
        self.need("Photographed letter")


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=60, orders=10)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
