#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails of a real server to a real SMTP server on loopback: TLS, log-in, refusals for now and for good, a connection that
breaks, a bounce. Each mail arrives once, says nothing about the patient in its subject, and its report opens with the date
of birth alone."""
import email
import email.policy
import glob
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import hospital  # noqa: E402
import tap  # noqa: E402

PATIENT = {"given_name": "Asha", "family_name": "Verma", "sex": "female", "birth_date": "1985-04-09",
           "phone": "9812000001", "consent_email": True, "language": "hi"}


def new_id():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 15 | 0x70
    raw[8] = raw[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def certificates(folder):
    """An authority and a server's certificate for 127.0.0.1, made for this run."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
            "-days", "2", "-subj", "/CN=Test authority")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "mail.key", "-out", "mail.csr",
            "-subj", "/CN=mail.test")
    with open(os.path.join(folder, "names"), "w", encoding="utf-8") as file:
        file.write("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "mail.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile",
            "names", "-out", "mail.pem")


class MailServer:
    def __init__(self, folder):
        self.folder = folder
        self.plan()
        self.process = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "mail_server.py"), folder,
                                         os.path.join(folder, "mail.pem"), os.path.join(folder, "mail.key")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def plan(self, *words):
        with open(os.path.join(self.folder, "plan"), "w", encoding="utf-8") as file:
            file.write("\n".join(words))

    def kept(self):
        found = []
        for path in sorted(glob.glob(os.path.join(self.folder, "*.json"))):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            kept["message"] = email.message_from_string(kept["data"], policy=email.policy.default)
            found.append(kept)
        return found

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


class Mail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="mahima-mail-")
        certificates(cls.folder)
        cls.mail = MailServer(cls.folder)
        for name in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(cls.folder, "bounces", name))
        cls.house = hospital.Hospital(patients=20, orders=5, extra=(
            f"[smtp]\nurl=smtp://127.0.0.1:{cls.mail.port}\nfrom=lab@hms.example\nusername=mahima\npassword=open sesame\n"
            f"ca_file={cls.folder}/ca.pem\nbounce=bounce@hms.example\nbounce_maildir={cls.folder}/bounces\n"))
        cls.tokens = {}

    @classmethod
    def tearDownClass(cls):
        cls.house.close()
        cls.mail.close()

    # --- talking to the server ---

    def call(self, method, path, who, body=None, wanted=(200, 201)):
        if who and who not in self.tokens:
            self.tokens[who] = self.call("POST", "/session", None, {"username": who, "password": hospital.PASSWORD})["token"]
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if who:
            headers["Authorization"] = "Bearer " + self.tokens[who]
        request = urllib.request.Request(self.house.url + "/api/v1" + path, method=method, headers=headers,
                                         data=json.dumps(body).encode() if body is not None else None)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        self.assertIn(status, wanted, text)
        return json.loads(text) if text else None

    people = 0

    def patient(self, **changes):
        Mail.people += 1
        said = {key: value for key, value in dict(PATIENT, **changes).items() if value is not None}
        said["id"] = new_id()
        said["given_name"] = f"Asha{chr(96 + self.people)}{chr(96 + self.people)}"
        said["phone"] = f"98120{self.people:05}"
        said.setdefault("email", f"asha{self.people}@p.example")
        return self.call("POST", "/patients", "reception", said)

    def order(self, patient, method="cod"):
        return self.call("POST", "/orders", "reception", {
            "id": new_id(), "patient_id": patient["id"], "items": [{"test": "CBC"}], "payment_method": method})

    def mails(self, order):
        return {m["event"]: m for m in self.call("GET", "/mails?order_id=" + order["id"], "manager")["items"]}

    def wait(self, order, event, *statuses):
        for _ in range(200):
            mail = self.mails(order).get(event)
            if mail is not None and mail["status"] in statuses:
                return mail
            time.sleep(0.05)
        self.fail(f"{event} is not {statuses} but {mail}")

    def arrived(self, patient):
        return [kept for kept in self.mail.kept() if kept["to"] == [patient["email"]]]

    # --- what is said ---

    def test_confirmed(self):
        self.mail.plan()
        patient = self.patient()
        order = self.order(patient)
        mail = self.wait(order, "order_confirmed", "sent")
        self.assertEqual(mail["last_code"], 250)
        self.assertIn("queued as", mail["last_answer"])
        (kept,) = self.arrived(patient)
        message = kept["message"]
        self.assertTrue(kept["tls"] and kept["login"])
        self.assertRegex(kept["from"], r"^bounce\+[0-9a-f]{32}@hms\.example$")
        self.assertEqual(message["Message-ID"], "<" + mail["message_id"] + ">")
        self.assertIn("lab@hms.example", message["From"])
        self.assertIn("Mahima", message["From"])
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertIn(order["number"], message["Subject"])
        for secret in ("Asha", "Verma", "CBC", patient["mrn"]):
            self.assertNotIn(secret, message["Subject"])
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        self.assertIn("आपके ऑर्डर " + order["number"], text)
        self.assertIn('lang="hi"', html)
        self.assertIn(order["number"], html)
        for line in kept["data"].split("\r\n"):
            self.assertLessEqual(len(line), 998)
            self.assertNotIn("\n", line)

    def test_nobody_is_told(self):
        self.mail.plan()
        for changes in ({"email": "none"}, {"consent_email": False}):
            if changes.get("email") == "none":
                patient = self.patient(email="x@p.example")
                patient = self.call_patch(patient, {"email": None})
            else:
                patient = self.patient(**changes)
            order = self.order(patient)
            self.assertEqual(self.mails(order), {})

    def call_patch(self, patient, change):
        request = urllib.request.Request(
            self.house.url + "/api/v1/patients/" + patient["id"], method="PATCH", data=json.dumps(change).encode(),
            headers={"Content-Type": "application/json", "Authorization": "Bearer " + self.tokens["reception"],
                     "Idempotency-Key": str(uuid.uuid4()), "If-Match": f'"{patient["version"]}"'})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def report(self, order):
        """Paid, drawn, received, measured and verified."""
        base = "/orders/" + order["id"]
        (sample,) = order["samples"]
        self.call("POST", base + "/payments", "technician", {"id": new_id(), "method": "cod", "amount": order["due"]})
        for event in ({"event": "collected", "scanned": sample["accession"], "identifiers": ["name", "birth_date"]}, {"event": "received"}):
            self.call("POST", f"/samples/{sample['id']}/events", "technician", dict(event, id=new_id()))
        sheet = self.call("GET", base + "/results", "technician")
        entries = [{"analyte": a["code"], "value": a["low"] or a["high"] or "5"} for a in sheet["analytes"]
                   if a["kind"] != "calculated"]
        self.call("PUT", base + "/results", "technician", {"results": entries, "final": True})
        return self.call("POST", base + "/verification", "pathologist", {"decision": "verify", "comment": "values made up for the test"})

    def opens(self, pdf, *password):
        path = os.path.join(self.folder, "report.pdf")
        with open(path, "wb") as file:
            file.write(pdf)
        return subprocess.run(["pdftotext", *password, path, "-"], capture_output=True, text=True)

    def test_report(self):
        """Every stage is told once; the report is locked with the date of birth, or fetched where nobody agreed to mail it."""
        self.mail.plan()
        for consent, attached in ((True, True), (None, False)):
            patient = self.patient(language="en", consent_email=consent)
            order = self.order(patient)
            self.report(order)
            for event in ("order_confirmed", "sample_collected", "processing", "report_ready"):
                self.wait(order, event, "sent")
            arrived = self.arrived(patient)
            self.assertEqual(len(arrived), 4)
            message = arrived[-1]["message"]
            pdfs = [part.get_content() for part in message.iter_attachments()]
            self.assertEqual(len(pdfs), 1 if attached else 0)
            if attached:
                self.assertNotEqual(self.opens(pdfs[0]).returncode, 0)
                self.assertNotEqual(self.opens(pdfs[0], "-upw", "09041986").returncode, 0)
                text = self.opens(pdfs[0], "-upw", "09041985")
                self.assertEqual(text.returncode, 0, text.stderr)
                self.assertIn(patient["mrn"], text.stdout)

    # --- what goes wrong ---

    def test_for_now(self):
        """451: put off for a minute, and sent once when somebody asks for it at once."""
        for word in ("451", "greylist"):
            self.mail.plan(word)
            patient = self.patient()
            order = self.order(patient)
            mail = self.wait(order, "order_confirmed", "deferred")
            self.assertIn(mail["last_code"], (450, 451))
            self.assertNotIn("p.example", mail["last_answer"])
            self.assertIsNotNone(mail["next_at"])
            self.assertEqual(self.arrived(patient), [])
            self.call("POST", f"/mails/{mail['id']}/retry", "manager")
            self.wait(order, "order_confirmed", "sent")
            self.assertEqual(len(self.arrived(patient)), 1)

    def test_for_good(self):
        self.mail.plan("550")
        patient = self.patient()
        order = self.order(patient)
        mail = self.wait(order, "order_confirmed", "failed")
        self.assertEqual(mail["last_code"], 550)
        self.assertNotIn(patient["email"], mail["last_answer"])
        self.assertEqual(self.arrived(patient), [])

    def test_broken_after_the_message(self):
        """Nobody knows whether it arrived: it is sent again under the same Message-ID, by which the other side can tell."""
        self.mail.plan("drop")
        patient = self.patient()
        order = self.order(patient)
        mail = self.wait(order, "order_confirmed", "deferred")
        self.call("POST", f"/mails/{mail['id']}/retry", "manager")
        self.wait(order, "order_confirmed", "sent")
        arrived = self.arrived(patient)
        self.assertEqual([kept["answered"] for kept in arrived], [False, True])
        self.assertEqual(len({kept["message"]["Message-ID"] for kept in arrived}), 1)

    def test_dropped_by_hand(self):
        self.mail.plan("451")
        patient = self.patient()
        order = self.order(patient)
        mail = self.wait(order, "order_confirmed", "deferred")
        self.call("POST", f"/mails/{mail['id']}/drop", "manager")
        self.call("POST", f"/mails/{mail['id']}/drop", "manager", wanted=(409,))
        self.call("POST", f"/mails/{mail['id']}/drop", "reception", wanted=(403,))
        self.assertEqual(self.arrived(patient), [])

    def test_many_at_once(self):
        """Each order is confirmed once, whatever happens in between."""
        self.mail.plan("451", "ok", "drop", "ok", "greylist")
        patients = [self.patient() for _ in range(12)]
        orders = [self.order(patient) for patient in patients]
        for order in orders:
            mail = self.wait(order, "order_confirmed", "sent", "deferred")
            if mail["status"] == "deferred":
                self.call("POST", f"/mails/{mail['id']}/retry", "manager")
                self.wait(order, "order_confirmed", "sent")
        for patient in patients:
            self.assertEqual(len({kept["message"]["Message-ID"] for kept in self.arrived(patient)}), 1)
            self.assertEqual(len([kept for kept in self.arrived(patient) if kept["answered"]]), 1)

    # --- what comes back ---

    def test_bounce(self):
        self.mail.plan()
        patient = self.patient()
        order = self.order(patient)
        self.wait(order, "order_confirmed", "sent")
        (kept,) = self.arrived(patient)
        notice = ("Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: " + kept["from"] + "\r\nSubject: Undelivered\r\n"
                  "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b1\r\n\r\n"
                  "--b1\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
                  "--b1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
                  "Final-Recipient: rfc822; " + patient["email"] + "\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                  "Diagnostic-Code: smtp; 550 5.1.1 nobody\r\n\r\n"
                  "--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + kept["message"]["Message-ID"] + "\r\n\r\n--b1--\r\n")
        path = os.path.join(self.folder, "bounces", "new", "1")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(notice)
        self.house.ctl("mail", "bounces")
        self.assertFalse(os.path.exists(path))
        mail = self.mails(order)["order_confirmed"]
        self.assertEqual((mail["status"], mail["last_answer"]), ("bounced", "5.1.1"))
        again = self.order(patient)
        self.assertEqual(self.mails(again)["order_confirmed"]["status"], "failed")
        self.assertEqual(len(self.arrived(patient)), 1)

    # --- the hospital's own words ---

    def test_own_words(self):
        self.mail.plan()
        text = {"event": "order_confirmed", "language": "en", "subject": "Order {order}", "text": "Hello {name},\n\nwelcome & well. {due}"}
        shown = self.call("POST", "/mail_templates/preview", "manager", text)
        self.assertIn("welcome &amp; well", shown["html"])
        self.assertIn("background:#0f766e", shown["html"])
        colour = {"key": "mail.accent", "kind": "text", "value": "#7a1f3d"}
        self.call("POST", "/settings", "admin", dict(colour, value="#ffcc00"), wanted=(422,))
        self.call("POST", "/settings", "admin", colour)
        shown = self.call("POST", "/mail_templates/preview", "manager", text)
        self.assertIn("background:#7a1f3d", shown["html"])
        self.call("PUT", "/mail_templates", "reception", text, wanted=(403,))
        for bad in ({"subject": "For {name}"}, {"text": "{password}"}, {"text": "{open"}):
            self.call("PUT", "/mail_templates", "manager", dict(text, **bad), wanted=(422,))
        own = self.call("PUT", "/mail_templates", "manager", text)
        patient = self.patient(language="en")
        order = self.order(patient)
        self.wait(order, "order_confirmed", "sent")
        (kept,) = self.arrived(patient)
        self.assertEqual(kept["message"]["Subject"], "Order " + order["number"])
        self.assertIn("welcome & well", kept["message"].get_body(("plain",)).get_content())
        self.call("DELETE", "/mail_templates/" + own["id"], "manager")
        listed = self.call("GET", "/mail_templates", "manager")["items"]
        self.assertFalse([t for t in listed if t["own"]])


class Trust(unittest.TestCase):
    """No mail to a server that cannot prove who it is, or that does not know us."""

    def run_with(self, **changes):
        folder = tempfile.mkdtemp(prefix="mahima-mail-")
        certificates(folder)
        mail = MailServer(folder)
        other = tempfile.mkdtemp(prefix="mahima-mail-")
        certificates(other)
        said = {"password": "open sesame", "ca_file": folder + "/ca.pem"}
        said.update({key: value.replace("OTHER", other) for key, value in changes.items()})
        house = hospital.Hospital(patients=20, orders=5, extra=(
            f"[smtp]\nurl=smtp://127.0.0.1:{mail.port}\nfrom=lab@hms.example\nusername=mahima\n"
            f"password={said['password']}\nca_file={said['ca_file']}\n"))
        try:
            case = Mail("test_confirmed")
            case.house, case.tokens, case.mail = house, {}, mail
            order = case.order(case.patient())
            found = case.wait(order, "order_confirmed", "deferred", "failed", "sent")
            return found, mail.kept()
        finally:
            house.close()
            mail.close()

    def test_unknown_authority(self):
        found, kept = self.run_with(ca_file="OTHER/ca.pem")
        self.assertEqual((found["status"], kept), ("deferred", []))

    def test_wrong_password(self):
        found, kept = self.run_with(password="open barley")
        self.assertEqual((found["status"], found["last_code"], kept), ("deferred", 535, []))


tap.main(__name__)
