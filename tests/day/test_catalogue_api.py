#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue's calls against the real server: history, signatures, findings, files, formulas, ranges, reagents."""
import json
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, ".."), os.path.join(HERE, "..", "desk")]
import tap  # noqa: E402
import test_day_api  # noqa: E402
from test_day_api import new_id  # noqa: E402


class Catalogue(unittest.TestCase):
    curl = test_day_api.Day.curl
    token = test_day_api.Day.token
    setUpClass = classmethod(test_day_api.Day.setUpClass.__func__)
    tearDownClass = classmethod(test_day_api.Day.tearDownClass.__func__)

    def get(self, path, who="pathologist", status=200):
        answer = self.curl("GET", path, who)
        self.assertEqual(answer.status, status, answer.body)
        return answer

    def ask(self, method, path, body=None, who="pathologist", status=200, headers=()):
        answer = self.curl(method, path, who, body, headers=headers)
        self.assertEqual(answer.status, status, answer.body)
        return answer

    def row(self, kind, code):
        rows = [r for r in self.get(f"/{kind}?q={code}").json["items"] if r["code"] == code]
        self.assertEqual(len(rows), 1)
        return rows[0]

    def change(self, kind, row, patch, who="pathologist", status=200):
        return self.ask("PATCH", f"/{kind}/{row['id']}", patch, who, status, [f'If-Match: "{row["version"]}"']).json

    def test_sign_change_history(self):
        test = self.row("tests", "CBC")
        sign = {"record_type": "test", "record_ids": [test["id"]]}
        self.ask("POST", "/catalogue/signatures", sign, "technician", 403)
        self.assertEqual(self.ask("POST", "/catalogue/signatures", sign).json["count"], 1)
        signed = self.row("tests", "CBC")
        self.assertTrue(signed["verified"])
        dearer = self.change("tests", signed, {"price": 36000}, "admin")
        self.assertTrue(dearer["verified"], "a price took the sign-off back")
        other = self.change("tests", dearer, {"method": "Optical"}, "admin")
        self.assertFalse(other["verified"])
        self.change("tests", other, {"verified": True}, "admin", 403)
        history = self.get(f"/catalogue/revisions?record_id={test['id']}").json["items"]
        self.assertEqual([h["action"] for h in history], ["unsigned", "changed", "signed", "created"])
        self.assertEqual(history[0]["changes"]["method"][1], "Optical")
        self.assertEqual(history[1]["changes"]["price"], ["350.00", "360.00"])
        self.assertTrue(self.get("/catalogue/revisions?limit=2").json["next"])

    def test_ranges(self):
        over = {"id": new_id(), "analyte": "HGB", "kind": "reference", "sex": "any", "from_age": "7mo", "to_age": "2y", "low": "1"}
        answer = self.ask("POST", "/reference-ranges", over, status=422)
        self.assertEqual(answer.field_error("from_age"), ["overlap"])
        method = dict(over, id=new_id(), method="HemoCue")
        made = self.ask("POST", "/reference-ranges", method, status=201).json
        self.assertEqual((made["from_days"], made["to_days"], made["verified"]), (213, 730, False))
        self.ask("DELETE", f"/reference-ranges/{made['id']}", status=204)
        self.assertNotIn(made["id"], [r["id"] for r in self.get("/reference-ranges?analyte=HGB&limit=200").json["items"]])

    def test_formula(self):
        trial = {"code": "LDLC", "formula": "CHOL - HDL - TG / 5", "formula_condition": "TG <= 400", "decimals": 0, "ucum": "mg/dL",
                 "formula_units": ["CHOL=mg/dL", "HDL=mg/dL", "TG=mg/dL", "LDLC=mg/dL"]}
        for tg, outcome, value in (("400", "ok", "70"), ("401", "not_applicable", None), ("", "missing", None)):
            inputs = ["CHOL=200", "HDL=50"] + ([f"TG={tg}"] if tg else [])
            reply = self.ask("POST", "/catalogue/formulas/try", dict(trial, inputs=inputs)).json
            self.assertEqual((reply["outcome"], reply["value"], reply["message"]), (outcome, value, None))
        wrong = dict(trial, formula_units=["CHOL=mmol/L"], inputs=[])
        self.assertIn("mmol/L", self.ask("POST", "/catalogue/formulas/try", wrong).json["message"])

    def test_files(self):
        whole = self.get("/catalogue/export?format=json").body.decode()
        taken = self.ask("POST", "/catalogue/import", {"format": "json", "dry_run": True, "text": whole}, "admin").json
        self.assertEqual((taken["added"], taken["changed"], taken["removed"], taken["bad"]), (0, 0, 0, 0))
        self.assertGreater(taken["same"], 1000)
        table = self.get("/catalogue/export?format=csv&record_type=container").body.decode()
        head, *lines = table.split("\r\n")
        edta = next(line for line in lines if line.startswith('"EDTA"'))
        self.assertIn('"lavender"', edta)
        more = "\r\n".join([head, edta.replace('"lavender"', '"violet"'), ""])
        upload = {"format": "csv", "record_type": "container", "text": more}
        self.ask("POST", "/catalogue/import", upload, "technician", 403)
        self.assertEqual(self.ask("POST", "/catalogue/import", upload, "admin").json["changed"], 1)
        bad = {"format": "csv", "record_type": "test", "text": "code,name,price\nX,Y,much\n"}
        reply = self.ask("POST", "/catalogue/import", bad, "admin").json
        self.assertEqual((reply["bad"], reply["remarks"][0]["line"]), (1, 2))
        self.ask("POST", "/catalogue/import", dict(bad, record_type="nothing"), "admin", 422)
        self.get("/catalogue/export?format=csv", status=422)

    def test_findings_and_waiting(self):
        findings = self.get("/catalogue/findings?limit=200").json
        self.assertEqual([f for f in findings["items"] if f["severity"] == "error"], [])
        waiting = self.get("/catalogue/waiting?record_type=reflex_rule").json["items"]
        self.assertEqual([w["code"] for w in waiting], ["TSH-FT4"])

    def test_reagents(self):
        lot = {"id": new_id(), "reagent": "CRPR", "lot": "NEW1", "expiry": "2099-01-01", "quantity": 500}
        made = self.ask("POST", "/reagent-lots", lot, "technician", 201).json
        self.ask("POST", "/reagent-lots", dict(lot, id=new_id()), "technician", 409)
        self.ask("PATCH", f"/reagent-lots/{made['id']}", {"quantity": 3}, "technician", 422, ['If-Match: "1"'])
        self.ask("PATCH", f"/reagent-lots/{made['id']}", {"quantity": 3, "note": "broken"}, "technician", 200, ['If-Match: "1"'])
        moves = self.get(f"/reagent-lots/{made['id']}/moves").json["items"]
        self.assertEqual([(m["kind"], m["quantity"]) for m in moves], [("counted", -497), ("received", 500)])
        shelf = self.get("/reagent-lots?reagent=HIVK").json["items"]
        self.assertEqual([r["lot"] for r in shelf], ["RV905"], "an expired lot is no stock")
        self.assertEqual(len(self.get("/reagent-lots?reagent=HIVK&shelf=all").json["items"]), 2)


if __name__ == "__main__":
    tap.main(__name__)
