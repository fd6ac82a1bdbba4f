#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One laboratory day through the API alone, with curl, against the real server: every step's status and every error code of the contract."""
import json
import os
import sqlite3
import subprocess
import sys
import time
import unittest
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import hospital  # noqa: E402
import tap  # noqa: E402


def new_id():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 15 | 0x70
    raw[8] = raw[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


class Answer:
    def __init__(self, out):
        head, _, self.body = out.rpartition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}

    @property
    def json(self):
        return json.loads(self.body)

    def field_error(self, field):
        return [e["code"] for e in self.json.get("errors", []) if e["field"] == field]


class Day(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = hospital.Hospital(patients=60, orders=20)
        cls.tokens = {}

    @classmethod
    def tearDownClass(cls):
        cls.house.close()

    def curl(self, method, path, who=None, body=None, key=True, headers=(), raw=None, root="/api/v1"):
        command = ["curl", "-s", "-i", "--max-time", "20", "-X", method, self.house.url + root + path, "-H", "Expect:"]
        if who:
            command += ["-H", "Authorization: Bearer " + self.token(who)]
        if key and method != "GET":
            command += ["-H", "Idempotency-Key: " + (key if isinstance(key, str) else str(uuid.uuid4()))]
        for header in headers:
            command += ["-H", header]
        data = raw if raw is not None else json.dumps(body) if body is not None else None
        if data is not None:
            command += ["--data-binary", "@-"]
            if not any(h.lower().startswith("content-type") for h in headers):
                command += ["-H", "Content-Type: application/json"]
        out = subprocess.run(command, input=data.encode() if data is not None else None, capture_output=True, check=True).stdout
        return Answer(out)

    def token(self, who):
        if who not in self.tokens:
            answer = self.curl("POST", "/session", body={"username": who, "password": hospital.PASSWORD})
            self.assertEqual(answer.status, 200, answer.body)
            self.assertTrue(answer.json["permissions"])
            self.tokens[who] = answer.json["token"]
        return self.tokens[who]

    def ok(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.body)
        self.assertIn("x-request-id", answer.headers)
        return answer.json if answer.body else None

    def problem(self, answer, status):
        self.assertEqual(answer.status, status, answer.body)
        self.assertTrue(answer.headers["content-type"].startswith("application/problem+json"), answer.headers)
        said = answer.json
        for member in ("type", "title", "status", "detail", "request_id"):
            self.assertIn(member, said)
        self.assertEqual(said["status"], status)
        self.assertNotRegex(said["detail"], r"SELECT|INSERT|sqlite|/home|\.c:")
        return answer

    people = 0

    def patient(self, **more):
        # everybody has a phone of their own, or they would count as one person
        Day.people += 1
        body = dict(dict(id=new_id(), given_name="Asha", family_name="Verma", sex="female", birth_date="1985-03-02",
                         phone=f"58120{Day.people:05}"), **more)
        return self.ok(self.curl("POST", "/patients", "reception", body), 201)

    def order(self, patient, method="cod", tests=("CBC", "ESRT"), **more):
        body = dict(id=new_id(), patient_id=patient["id"], items=[{"test": t} for t in tests], payment_method=method, priority="routine", **more)
        return self.ok(self.curl("POST", "/orders", "reception", body), 201)

    def event(self, sample, event, who="technician", **more):
        return self.curl("POST", f"/samples/{sample['id']}/events", who, dict(id=new_id(), event=event, **more))

    # --- the day ---

    def test_day(self):
        patient = self.patient(phone="5812012345")
        self.assertRegex(patient["mrn"], r"^[A-Z]+-\d{4}-\d{4}-\d$")
        for q in ("verm", "asha ver", "5812012345", "12345", patient["mrn"]):
            found = self.ok(self.curl("GET", "/patients?q=" + q.replace(" ", "%20"), "reception"))
            self.assertIn(patient["id"], [p["id"] for p in found["items"]], q)
        order = self.order(patient)
        self.assertEqual((order["status"], order["tab"], order["tax"], order["due"]),
                         ("placed", "cod", 2000, order["subtotal"] + 2000))
        sample = order["samples"][0]
        board = self.ok(self.curl("GET", "/orders?tab=cod&limit=200", "technician"))["items"]
        row = next(o for o in board if o["id"] == order["id"])
        self.assertEqual([s["accession"] for s in row["samples"]], [s["accession"] for s in order["samples"]])
        self.assertEqual((row["number"], row["patient_name"]), (order["number"], order["patient_name"]))
        self.problem(self.event(sample, "collected"), 409)  # not paid yet
        wrong = self.curl("POST", f"/orders/{order['id']}/payments", "technician", dict(id=new_id(), method="cod", amount=order["due"] - 1))
        self.assertEqual(self.problem(wrong, 422).field_error("amount"), ["not_exact"])
        payment = self.ok(self.curl("POST", f"/orders/{order['id']}/payments", "technician", dict(id=new_id(), method="cod", amount=order["due"])), 201)
        self.assertEqual(payment["status"], "captured")
        self.problem(self.curl("POST", f"/orders/{order['id']}/payments", "technician", dict(id=new_id(), method="cod", amount=order["due"])), 409)
        self.assertEqual(self.ok(self.curl("GET", f"/orders/{order['id']}", "reception"))["tab"], "paid")
        self.problem(self.event(sample, "received"), 409)  # not collected
        self.assertEqual(self.problem(self.event(sample, "collected", scanned="H2632500001X"), 422).json["errors"][0]["field"], "scanned")
        self.ok(self.event(sample, "collected", scanned=sample["accession"], identifiers=["name", "birth_date"]), 201)
        self.ok(self.event(sample, "received"), 201)
        self.assertEqual(self.ok(self.curl("GET", f"/orders/{order['id']}", "reception"))["tab"], "processing")
        self.results(order)
        self.release(order)

    def results(self, order):
        path = f"/orders/{order['id']}/results"
        sheet = self.ok(self.curl("GET", path, "technician"))
        rows = {row["code"]: row for row in sheet["analytes"]}
        self.assertEqual((rows["HGB"]["unit"], rows["HGB"]["low"], rows["HGB"]["high"]), ("g/dL", "12.0", "15.5"))
        refused = self.curl("PUT", path, "technician", {"results": [{"analyte": "HGB", "value": "1320"}], "final": False})
        self.assertTrue(self.problem(refused, 422).json["errors"])
        sheet = self.ok(self.curl("PUT", path, "technician", {"results": [{"analyte": "HGB", "value": "11.90"}], "final": False}))
        row = next(r for r in sheet["analytes"] if r["code"] == "HGB")
        self.assertEqual((row["value"], row["flag"]), ("11.90", "L"))  # digits are kept
        entries = [{"analyte": r["code"], "value": self.plausible(r)} for r in sheet["analytes"]
                   if r["kind"] != "calculated" and r["code"] != "HGB"]
        self.ok(self.curl("PUT", path, "technician", {"results": entries, "final": False}))
        self.ok(self.curl("PUT", path, "technician", {"results": [], "final": True}))  # all of it was saved as drafts

    @staticmethod
    def plausible(row):
        if row.get("choices"):
            return row["choices"][0]["code"]
        if row["low"] and row["high"]:
            return f"{(float(row['low']) + float(row['high'])) / 2:.{row['decimals'] or 0}f}"
        return row["low"] or row["high"] or "1"

    def release(self, order):
        path = f"/orders/{order['id']}"
        self.problem(self.curl("GET", path + "/report.pdf", "technician"), 404)
        self.problem(self.curl("POST", path + "/verification", "technician", {"decision": "verify"}), 403)
        done = self.ok(self.curl("POST", path + "/verification", "pathologist", {"decision": "verify"}))
        self.assertEqual((done["status"], done["tab"]), ("completed", "completed"))
        pdf = self.curl("GET", path + "/report.pdf", "pathologist")
        self.assertEqual((pdf.status, pdf.headers["content-type"], pdf.body[:5]), (200, "application/pdf", b"%PDF-"))
        report = self.ok(self.curl("GET", path + "/reports", "pathologist"))["items"][0]
        asked = f"/reports/{report['id']}/verify?hash={report['content_hash']}&report_version=1"
        self.assertTrue(self.ok(self.curl("GET", asked))["genuine"])
        self.assertFalse(self.ok(self.curl("GET", asked.replace("hash=", "hash=0")))["genuine"])
        self.problem(self.curl("PUT", path + "/results", "technician", {"results": [{"analyte": "HGB", "value": "12.0"}], "final": False}), 409)
        told = self.house.ctl("audit", "verify")
        self.assertIn("whole", told)

    def test_rejected_tube_is_collected_again_without_a_second_charge(self):
        order = self.order(self.patient(), method="cash")
        self.ok(self.curl("POST", f"/orders/{order['id']}/payments", "reception", dict(id=new_id(), method="cash", amount=order["due"], tendered=order["due"] + 5000)), 201)
        sample = order["samples"][0]
        self.ok(self.event(sample, "collected"), 201)
        self.assertEqual(self.problem(self.event(sample, "rejected"), 422).field_error("reason"), ["required"])
        self.ok(self.event(sample, "rejected", reason="haemolysed"), 201)
        after = self.ok(self.curl("GET", f"/orders/{order['id']}", "reception"))
        again = [s for s in after["samples"] if s["parent_id"] == sample["id"]]
        self.assertEqual((len(again), again[0]["status"], after["due"], after["total"]), (1, "to_collect", 0, order["total"]))
        self.assertNotEqual(again[0]["accession"], sample["accession"])

    def pay(self, order, who, method, amount, expected=201, **more):
        return self.ok(self.curl("POST", f"/orders/{order['id']}/payments", who, dict(id=new_id(), method=method, amount=amount, **more)), expected)

    def test_money_has_one_way_back(self):
        patient = self.patient()
        order = self.order(patient, method="cash", tests=("CBC", "FBS"))
        path = f"/orders/{order['id']}"
        self.pay(order, "cashier", "card", 10000, reference="slip 7")
        self.ok(self.curl("POST", f"/patients/{patient['id']}/deposits", "cashier", dict(id=new_id(), method="cash", amount=50000)), 201)
        self.assertIn(order["id"], [o["id"] for o in self.ok(self.curl("GET", f"/dues?patient_id={patient['id']}", "cashier"))["items"]])
        rest = self.ok(self.curl("GET", path, "cashier"))["due"]
        self.pay(order, "cashier", "deposit", rest)
        paid = self.ok(self.curl("GET", path, "cashier"))
        self.assertEqual((paid["due"], paid["tab"], paid["payment_state"]), (0, "paid", "paid"))
        account = self.ok(self.curl("GET", f"/patients/{patient['id']}/account", "cashier"))
        self.assertEqual((account["advance"], account["due"]), (50000 - rest, 0))
        self.assertEqual(sum(e["amount"] for e in account["entries"]), 0)
        card = next(p for p in paid["payments"] if p["method"] == "card")
        item = next(i for i in paid["items"] if i["test"] == "FBS")
        ask = dict(id=new_id(), amount=min(card["amount"], item["amount"]), reason="test_cancelled", items=[item["id"]])
        refunds = f"/payments/{card['id']}/refunds"
        self.problem(self.curl("POST", refunds, "reception", ask), 403)
        self.problem(self.curl("POST", refunds, "cashier", dict(ask, amount=card["amount"] + 1)), 422)
        # whoever took the money asks, somebody else agrees
        asked = self.ok(self.curl("POST", refunds, "cashier", ask), 201)
        self.assertEqual(asked["status"], "requested")
        decision = f"/refunds/{asked['id']}/approval"
        self.problem(self.curl("POST", decision, "cashier", {"decision": "approve"}), 403)
        waiting = self.ok(self.curl("GET", "/refunds?status=requested", "manager"))["items"]
        self.assertIn(asked["id"], [r["id"] for r in waiting])
        given = self.ok(self.curl("POST", decision, "manager", {"decision": "approve"}))
        self.assertEqual(given["status"], "processed")
        after = self.ok(self.curl("GET", path, "cashier"))
        self.assertEqual((after["refunded"], after["due"], after["credited"]), (ask["amount"], 0, item["amount"]))
        self.assertEqual([i["status"] for i in after["items"] if i["test"] == "FBS"], ["cancelled"])
        self.problem(self.curl("POST", decision, "manager", {"decision": "approve"}), 409)
        looked_at = self.curl("POST", f"/receipts/{card['receipt_id']}/print?preview=true", "cashier")
        self.assertEqual((looked_at.status, looked_at.body[:5]), (200, b"%PDF-"))
        looked_at = self.curl("GET", path + "/receipt.pdf", "cashier")
        self.assertEqual((looked_at.status, looked_at.body[:5]), (200, b"%PDF-"))
        for receipt, word in ((card["receipt_id"], "original"), (card["receipt_id"], "duplicate"), (given["receipt_id"], "voucher")):
            paper = self.curl("POST", f"/receipts/{receipt}/print", "cashier")
            self.assertEqual((paper.status, paper.body[:5]), (200, b"%PDF-"), word)
        copies = self.ok(self.curl("GET", f"/receipts?order_id={order['id']}", "cashier"))["items"]
        self.assertEqual({r["id"]: r["copies"] for r in copies}[card["receipt_id"]], 2)
        self.assertIn("balance", self.house.ctl("ledger", "verify"))

    def test_an_unpaid_online_order_waits_for_the_bank(self):
        order = self.order(self.patient(), method="online")
        self.assertIsNone(order["tab"])
        by_hand = self.pay(order, "cashier", "online", order["due"], reference="UTR 42")
        self.assertEqual((by_hand["status"], by_hand["receipt_id"]), ("requested", None))
        agreed = self.ok(self.curl("POST", f"/payments/{by_hand['id']}/approval", "manager", {"decision": "approve"}))
        self.assertEqual(agreed["status"], "captured")
        self.assertEqual(self.ok(self.curl("GET", f"/orders/{order['id']}", "cashier"))["tab"], "paid")
        other = self.order(self.patient(), method="online")
        cod = self.ok(self.curl("POST", f"/orders/{other['id']}/recovery", "reception", {"action": "convert_to_cod"}))
        self.assertEqual((cod["payment_method"], cod["tab"]), ("cod", "cod"))
        gone = self.ok(self.curl("POST", f"/orders/{other['id']}/recovery", "cashier", {"action": "cancel"}))
        self.assertEqual((gone["status"], gone["tab"], gone["due"]), ("cancelled", None, 0))
        self.problem(self.curl("POST", f"/orders/{other['id']}/recovery", "doctor", {"action": "retry"}), 403)

    def test_nobody_is_registered_twice_by_oversight(self):
        first = self.patient(phone="5812099999")
        twice = dict(id=new_id(), given_name="Aasha", family_name="Verma", sex="female", birth_date="1985-03-02", phone="5812099999")
        refused = self.problem(self.curl("POST", "/patients", "reception", twice), 409)
        self.assertEqual(refused.field_error("duplicate_reason"), ["likely_duplicate"])
        message = refused.json["errors"][0]["message"]
        self.assertIn(first["mrn"], message)
        self.assertNotIn("Asha", refused.body.decode())
        self.problem(self.curl("POST", "/patients", "reception", dict(twice, duplicate_reason="because")), 422)
        meant = self.ok(self.curl("POST", "/patients", "reception", dict(twice, duplicate_reason="relative")), 201)
        self.assertFalse(meant["possible_duplicate"])
        self.assertNotIn("duplicate_reason", meant)
        audit = self.ok(self.curl("GET", f"/audit?object_type=patient&object_id={meant['id']}", "admin"))["items"]
        self.assertEqual([e["reason"] for e in audit if e["verb"] == "create"], ["relative: " + first["id"]])
        # made at a desk that had lost the server: that person has been there, so it is taken and marked
        late = self.ok(self.curl("POST", "/patients", "reception", dict(twice, id=new_id()), headers=["Mahima-Made-At: 2026-11-21T08:15:30.123Z"]), 201)
        self.assertTrue(late["possible_duplicate"])

    def test_a_hospital_asks_for_proof_of_collection(self):
        order = self.order(self.patient(), method="cash")
        self.ok(self.curl("POST", f"/orders/{order['id']}/payments", "reception", dict(id=new_id(), method="cash", amount=order["due"])), 201)
        sample = order["samples"][0]
        setting = next(s for s in self.ok(self.curl("GET", "/settings?limit=200", "admin"))["items"] if s["key"] == "collection.proof")
        path = "/settings/" + setting["id"]
        after = self.ok(self.curl("PATCH", path, "admin", {"value": "true"}, headers=[f'If-Match: "{setting["version"]}"']))
        try:
            bare = self.problem(self.event(sample, "collected"), 422)
            self.assertEqual((bare.field_error("scanned"), bare.field_error("identifiers")), (["required"], ["required"]))
            self.ok(self.event(sample, "collected", reason="no_scanner"), 201)
        finally:
            self.ok(self.curl("PATCH", path, "admin", {"value": "false"}, headers=[f'If-Match: "{after["version"]}"']))

    def test_recovery(self):
        order = self.order(self.patient(), method="online")
        cash = self.ok(self.curl("POST", f"/orders/{order['id']}/recovery", "reception", {"action": "convert_to_cod"}))
        self.assertEqual((cash["payment_method"], cash["tab"]), ("cod", "cod"))
        gone = self.ok(self.curl("POST", f"/orders/{order['id']}/recovery", "reception", {"action": "cancel"}))
        self.assertEqual(gone["status"], "cancelled")
        self.problem(self.curl("POST", f"/orders/{order['id']}/recovery", "reception", {"action": "retry"}), 409)

    def test_panels_open_and_doubles_are_refused(self):
        patient = self.patient()
        order = self.order(patient, tests=("CBCESR",))
        self.assertEqual({i["test"] for i in order["items"]}, {"CBC", "ESRT"})
        self.assertEqual(order["subtotal"], sum(i["price"] for i in order["items"]))
        double = self.curl("POST", "/orders", "reception", dict(id=new_id(), patient_id=patient["id"], items=[{"test": "CBCESR"}, {"test": "CBC"}], payment_method="cod"))
        self.assertEqual(self.problem(double, 422).field_error("items[1].test"), ["duplicate"], double.body)
        unknown = self.curl("POST", "/orders", "reception", dict(id=new_id(), patient_id=patient["id"], items=[{"test": "NOSUCH"}], payment_method="cod"))
        self.assertEqual(self.problem(unknown, 422).field_error("items[0].test"), ["unknown_code"])

    # --- every error of the contract ---

    def test_400(self):
        self.problem(self.curl("POST", "/patients", "reception", raw="{not json"), 400)
        self.problem(self.curl("POST", "/patients", "reception", raw="[" * 100000), 400)
        self.problem(self.curl("GET", "/patients?nonsense=1", "reception"), 400)

    def test_401(self):
        self.problem(self.curl("GET", "/patients"), 401)
        self.problem(self.curl("POST", "/session", body={"username": "reception", "password": "wrong"}), 401)
        self.problem(self.curl("POST", "/session", body={"username": "nobody", "password": "wrong"}), 401)

    def test_signed_out_is_signed_out(self):
        answer = self.curl("POST", "/session", body={"username": "nurse", "password": hospital.PASSWORD})
        header = "Authorization: Bearer " + answer.json["token"]
        self.assertEqual(self.curl("GET", "/session", headers=[header]).status, 200)
        self.assertEqual(self.curl("DELETE", "/session", headers=[header]).status, 204)
        self.problem(self.curl("GET", "/session", headers=[header]), 401)

    def test_403(self):
        self.problem(self.curl("GET", "/audit", "reception"), 403)
        self.problem(self.curl("POST", "/users", "reception", dict(id=new_id(), username="x")), 403)

    def test_404_and_405(self):
        self.problem(self.curl("GET", "/patients/" + new_id(), "reception"), 404)
        self.problem(self.curl("GET", "/nothing", "reception"), 404)
        self.problem(self.curl("DELETE", "/patients", "reception"), 405)

    def test_412_gives_the_current_record(self):
        patient = self.patient()
        path = "/patients/" + patient["id"]
        first = self.ok(self.curl("PATCH", path, "reception", {"city": "Pune"}, headers=['If-Match: "1"']))
        self.assertEqual(first["version"], 2)
        stale = self.problem(self.curl("PATCH", path, "reception", {"city": "Delhi"}, headers=['If-Match: "1"']), 412)
        self.assertEqual(stale.json["current"]["city"], "Pune")

    def test_413_and_415(self):
        self.assertEqual(self.curl("POST", "/patients", "reception", raw='{"notes":"' + "x" * 9000000 + '"}').status, 413)
        self.problem(self.curl("POST", "/patients", "reception", raw="a=b", headers=["Content-Type: application/x-www-form-urlencoded"]), 415)

    def test_422_names_the_fields(self):
        answer = self.problem(self.curl("POST", "/patients", "reception", dict(id=new_id(), sex="robot", phone="12", mrn="x")), 422)
        codes = {e["field"]: e["code"] for e in answer.json["errors"]}
        self.assertEqual(codes.get("mrn"), "read_only")
        answer = self.problem(self.curl("POST", "/patients", "reception", dict(id=new_id(), sex="robot", phone="12")), 422)
        codes = {e["field"]: e["code"] for e in answer.json["errors"]}
        self.assertEqual((codes["given_name"], codes["sex"], codes["phone"]), ("required", "unknown_code", "format"))

    def test_a_key_is_good_for_one_effect(self):
        key, body = str(uuid.uuid4()), dict(id=new_id(), given_name="Only", family_name="Once", sex="male", age_years=30, phone="5811111111")
        first = self.curl("POST", "/patients", "reception", body, key=key)
        again = self.curl("POST", "/patients", "reception", body, key=key)
        self.assertEqual((first.status, again.status, first.body), (201, 201, again.body))
        self.problem(self.curl("POST", "/patients", "reception", dict(body, given_name="Other"), key=key), 422)

    def test_cursors(self):
        seen, after = [], ""
        while True:
            page = self.ok(self.curl("GET", "/patients?limit=25" + after, "reception"))
            seen += [p["id"] for p in page["items"]]
            if not page["next"]:
                break
            after = "&after=" + page["next"]
        self.assertEqual(len(seen), len(set(seen)))
        self.assertGreaterEqual(len(seen), 60)
        self.problem(self.curl("GET", "/patients?after=tampered", "reception"), 400)

    def test_feed(self):
        last = self.ok(self.curl("GET", "/changes?after=0&limit=1", "reception"))["last"]
        patient = self.patient()
        page = self.ok(self.curl("GET", f"/changes?after={last}", "reception"))
        mine = [c for c in page["items"] if c["id"] == patient["id"]]
        self.assertEqual((len(mine), mine[0]["type"], mine[0]["record"]["given_name"]), (1, "patient", "Asha"))

    def test_a_name_is_written_in_one_way(self):
        """Family name in capitals first, in whatever keeps a patient's name: of the demonstration and of what was done here."""
        with sqlite3.connect(f"file:{self.house.folder}/mahima.db?mode=ro", uri=True) as base:
            people = {row[0]: " ".join(part for part in ((row[1] or "").upper(), row[2], row[3]) if part) for row in
                      base.execute("SELECT id, family_name, given_name, middle_name FROM patient")}
            tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                      if {"patient_id", "patient_name"} <= {column[1] for column in base.execute(f"PRAGMA table_info({name})")}]
            self.assertLess(5, len(tables))
            for table in tables:
                for patient, name in base.execute(f"SELECT patient_id, patient_name FROM {table} WHERE patient_name IS NOT NULL"):
                    self.assertEqual((table, name), (table, people[patient]))

    def test_health_and_metrics(self):
        self.assertEqual(self.curl("GET", "/health/live", root="").status, 200)
        self.assertEqual(self.curl("GET", "/health/ready", root="").status, 200)
        self.assertEqual(self.curl("GET", "/health", root="").json["status"], "ok")
        self.assertEqual(self.curl("GET", "/metrics", root="").status, 401)
        self.assertIn(b"# TYPE", self.curl("GET", "/metrics", "admin", root="").body)

    def test_429(self):
        limited = None
        os.environ["MAHIMA_LIMITS_RATE_LOGIN"] = "3"
        try:
            limited = hospital.Hospital(patients=2, orders=1)
            answers = [subprocess.run(["curl", "-s", "-i", "--max-time", "20", "-X", "POST", limited.url + "/api/v1/session", "-H",
                                       "Content-Type: application/json", "-d", '{"username":"x","password":"y"}'],
                                      capture_output=True, check=True).stdout for _ in range(12)]
        finally:
            del os.environ["MAHIMA_LIMITS_RATE_LOGIN"]
            if limited:
                limited.close()
        refused = [a for a in map(Answer, answers) if a.status == 429]
        self.assertTrue(refused)
        self.assertIn("retry-after", refused[0].headers)


if __name__ == "__main__":
    tap.main(__name__)
