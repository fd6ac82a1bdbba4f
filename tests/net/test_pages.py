# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages behind the QR codes in a real browser as wide as a small telephone: from the scan to the report on the phone, in
four languages, light and dark. MAHIMA_PICTURES=FOLDER keeps what was seen."""
import hashlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import wire  # noqa: E402  (finds the other modules)
import browser  # noqa: E402
import hospital  # noqa: E402
import leash  # noqa: E402
import tap  # noqa: E402

PUBLIC = "https://hospital.example"
PICTURES = os.environ.get("MAHIMA_PICTURES")
SETTINGS = (f"[server]\npublic_url={PUBLIC}\n[twilio]\nbase_url=http://127.0.0.1:9\naccount_sid=AC{'0' * 31}1\nauth_token=loopback\n"
            "from=+15005550006\npause_seconds=3600\n")
LUMINANCE = """(() => {
  const of = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255,255,255)'; };
  return [...document.querySelectorAll('h1,h2,p,dt,dd,a,b,label,button,legend,.note span')].filter(e => e.innerText.trim()).map(e => {
    const [a, b] = [of(getComputedStyle(e).color), of(behind(e))]; return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.outerHTML.slice(0, 80)]; });
})()"""


@unittest.skipIf(browser.missing(), browser.missing() or "")
class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = hospital.Hospital(patients=40, orders=10, seed=7, extra=SETTINGS)
        order = cls.house.ask("SELECT r.order_id FROM report r JOIN patient p ON p.id = r.patient_id WHERE p.phone IS NOT NULL AND"
                              " COALESCE (p.vip, 0) = 0 AND p.user_id IS NULL AND COALESCE (p.deceased, 0) = 0 ORDER BY r.id LIMIT 1")[0]
        link = cls.house.call("pathologist", "GET", f"/orders/{order}/reports")["items"][0]["link"]
        assert link.startswith(PUBLIC + "/r/"), link
        cls.paper = link[len(PUBLIC):]
        booking = cls.house.ask("SELECT a.id FROM appointment a JOIN patient p ON p.id = a.patient_id WHERE p.phone IS NOT NULL"
                                " AND p.user_id IS NULL AND COALESCE (p.vip, 0) = 0 ORDER BY a.start_at DESC")[0]
        cls.change("UPDATE appointment SET status = 'booked', start_at = ?1, end_at = ?1 + 900000000 WHERE id = ?2",
                   int((time.time() + 86400) * 1e6), booking)
        cls.booking = "/a/" + booking.replace("-", "")
        cls.phone = browser.Phone()

    @classmethod
    def change(cls, sql, *values):
        with sqlite3.connect(f"{cls.house.folder}/mahima.db", timeout=20) as base:
            base.execute(sql, values)

    @classmethod
    def tearDownClass(cls):
        cls.phone.close()
        cls.house.close()

    def go(self, path):
        self.phone.go(self.house.url + path)

    def look(self, name):
        """What every page must be, in light and in dark."""
        phone = self.phone
        for dark in (False, True):
            phone.dark(dark)
            self.assertLessEqual(phone.run("document.documentElement.scrollWidth"), 360, name)
            self.assertEqual(phone.run("matchMedia('(prefers-color-scheme: dark)').matches"), dark)
            low = [one for one in phone.run(LUMINANCE) if one[0] < 4.5]
            self.assertFalse(low, f"{name}, dark {dark}: hard to read")
            if PICTURES:
                os.makedirs(PICTURES, exist_ok=True)
                phone.picture(os.path.join(PICTURES, f"{name}{'-dark' if dark else ''}.png"))
        small = phone.run("[...document.querySelectorAll('a,button,input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]"
                          ".filter(e => e.getBoundingClientRect().height < 40).map(e => e.outerHTML)")
        self.assertFalse(small, name)
        said = [one for one in phone.complaints() if "favicon" not in one and "404 (Not Found)" not in one]
        self.assertFalse(said, name)
        self.assertEqual(phone.run("document.querySelectorAll('script,[style],img,link').length"), 0)

    def code(self):
        told = self.house.ask("SELECT arguments FROM sms_message WHERE template = 'code' ORDER BY queued_at DESC, id DESC")[0]
        return re.search(r"\d{6}", told).group(0)

    def test_report(self):
        phone = self.phone
        self.go(self.paper)
        self.assertIn("This paper is genuine.", phone.text())
        self.look("report-en")
        for language, direction, words in (("hi", "ltr", "यह कागज़ असली है"), ("mr", "ltr", "हा कागद खरा आहे"), ("ur", "rtl", "یہ کاغذ اصلی ہے")):
            phone.press(f"nav a[lang={language}]")
            self.assertIn(words, phone.text())
            self.assertEqual(phone.run("getComputedStyle(document.body).direction"), direction)
            self.look("report-" + language)
        phone.press("nav a[lang=hi]")
        phone.press("form button")
        self.look("code-hi")
        phone.type("input[name=sms]", "000000" if self.code() != "000000" else "111111")
        phone.press("form button")
        self.assertIn("यह कोड सही नहीं है", phone.text())
        self.look("wrong-hi")
        phone.type("input[name=sms]", self.code())
        phone.press("form button")
        self.look("ready-hi")
        self.assertNotIn("?token", phone.run("location.href"))
        phone.tap("form button")
        path = os.path.join(phone.folder, "report.pdf")
        hospital.until(lambda: os.path.exists(path))
        with open(path, "rb") as file:
            self.assertEqual(file.read(4), b"%PDF")

    def test_not_ours(self):
        self.go(self.paper[:-1] + ("0" if self.paper[-1] != "0" else "1"))
        self.assertIn("This paper is not ours.", self.phone.text())
        self.look("not-ours")

    def test_feedback(self):
        order, where = self.house.ask("SELECT id, hospital_id FROM lab_order WHERE id NOT IN (SELECT order_id FROM feedback)")
        self.change("INSERT INTO feedback (id, version, created_at, changed_at, hospital_id, order_id, code_hash, asked_at)"
                    " VALUES ('01900000-0000-7000-8000-0000000000f1', 1, 1, 1, ?, ?, ?, ?)",
                    where, order, hashlib.sha256(b"ABCDE12345").hexdigest(), int(time.time() * 1e6))
        self.go("/f/abcde-12345?lang=ur")
        self.look("feedback-ur")
        self.phone.tap("input[value='5']")
        self.phone.type("textarea", "<b>بہت اچھا</b>")
        self.phone.press("form button")
        self.assertIn("شکریہ", self.phone.text())
        self.look("thanks-ur")
        self.go("/f/ABCDE12345")
        self.assertIn("You have answered already.", self.phone.text())
        self.assertEqual(self.house.ask("SELECT score, comment FROM feedback WHERE order_id = ?", order), (5, "<b>بہت اچھا</b>"))

    def test_appointment(self):
        phone = self.phone
        self.go(self.booking)
        self.assertIn("This appointment is booked.", phone.text())
        self.look("appointment")
        phone.press("form button")
        phone.type("input[name=sms]", self.code())
        phone.press("form button")
        self.look("appointment-open")
        phone.tap("input[name=sure]")
        phone.press("form button")
        self.assertIn("This appointment is cancelled.", phone.text())


@unittest.skipIf(browser.missing() or shutil.which("gtk4-broadwayd") is None, browser.missing() or "gtk4-broadwayd is not installed")
class Desk(unittest.TestCase):
    """The client itself in a browser, as "make run" shows it where there is no display."""

    def test_the_window_fills_the_page(self):
        folder = tempfile.mkdtemp(prefix="mahima-broadway-")
        number = next(one for one in range(60, 200) if not os.path.exists(f"/tmp/broadway{one + 1}.socket"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update({f"XDG_{name}": folder for name in ("RUNTIME_DIR", "CONFIG_HOME", "DATA_HOME", "CACHE_HOME")}, GDK_BACKEND="broadway",
                   BROADWAY_DISPLAY=f":{number}", GTK_A11Y="none", GSETTINGS_BACKEND="memory", MAHIMA_SERVER="http://127.0.0.1:9",
                   MAHIMA_DEMO="1", GSETTINGS_SCHEMA_DIR=os.path.join(hospital.BUILD, "data"))
        started, page = [], None
        try:
            started.append(leash.start(["gtk4-broadwayd", "--address", "127.0.0.1", "--port", str(port), f":{number}"], env=env,
                                       stdout=subprocess.DEVNULL))
            hospital.until(lambda: os.path.exists(f"{folder}/broadway{number + 1}.socket"))
            started.append(leash.start([os.path.join(hospital.BUILD, "client/mahima")], env=env, stderr=subprocess.DEVNULL))
            page = browser.Phone(1280, 800)
            page.go(f"http://127.0.0.1:{port}")
            largest = ("Math.max(...[...document.querySelectorAll('body > div')].map(e => e.getBoundingClientRect())"
                       ".filter(r => r.left <= 0 && r.top <= 0 && r.right >= innerWidth && r.bottom >= innerHeight).map(r => r.width), 0)")
            hospital.until(lambda: page.run(largest) == 1280)
            if PICTURES:
                page.picture(os.path.join(PICTURES, "desk-in-browser.png"))
            page.cdp("Emulation.setDeviceMetricsOverride", width=1000, height=700, deviceScaleFactor=1, mobile=False)
            hospital.until(lambda: page.run(largest) == 1000)
        finally:
            if page is not None:
                page.close()
            for process in reversed(started):
                process.terminate()
                process.wait(10)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    tap.main(__name__)
