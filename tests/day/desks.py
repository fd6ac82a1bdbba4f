# SPDX-License-Identifier: GPL-3.0-or-later
"""Desks that live whole orders through the API at once: a person who registers, one who draws and measures, one who verifies.

    orders = day_of(hospital, desks=20, orders=1000)      -> Day with .orders, .times, .errors
"""
import hashlib
import http.client
import json
import os
import random
import threading
import time
import uuid

import hospital

METHODS = ["cash", "cash", "cod", "upi", "card"]
DAY_SECONDS = 600


def new_id():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 15 | 0x70
    raw[8] = raw[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


class Day:
    def __init__(self, place, orders, seed):
        self.place, self.wanted, self.seed = place, orders, seed
        self.address = place.url.split("//")[1]
        self.tokens, self.lock = {}, threading.Lock()
        self.orders, self.times, self.errors = [], {}, []
        self.taken = 0
        self.known = set()

    def next_number(self):
        with self.lock:
            self.taken += 1
            return self.taken if self.taken <= self.wanted else None

    def note(self, route, seconds):
        with self.lock:
            self.times.setdefault(route, []).append(seconds)

    def percentile(self, part, route=None):
        """Nearest rank, in milliseconds, over one route or over all."""
        all_of = sorted(self.times[route] if route else [t for times in self.times.values() for t in times])
        return 1000 * all_of[min(len(all_of) - 1, int(part * len(all_of)))] if all_of else 0.0


class Desk(threading.Thread):
    def __init__(self, day, number):
        super().__init__(name=f"desk {number}", daemon=True)
        self.day, self.number = day, number
        self.random = random.Random(day.seed * 1000 + number)
        self.link = http.client.HTTPConnection(day.address, timeout=60)

    def ask(self, who, method, path, body=None, route=None, key=None, expect=(200, 201), raw=False):
        headers = {"Authorization": "Bearer " + self.day.tokens[who]} if who else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if method != "GET":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        began = time.perf_counter()
        self.link.request(method, "/api/v1" + path, body=json.dumps(body) if body is not None else None, headers=headers)
        answer = self.link.getresponse()
        told = answer.read()
        self.day.note(route or f"{method} {path}", time.perf_counter() - began)
        if answer.status not in expect:
            raise AssertionError(f"{method} {path}: {answer.status} {told[:300]!r}")
        return told if raw else json.loads(told) if told else None

    def twice(self, who, method, path, body, route):
        """As a double click sends it: the answer is the same and the thing is done once."""
        key = str(uuid.uuid4())
        first = self.ask(who, method, path, body, route, key)
        again = self.ask(who, method, path, body, route, key)
        assert first["id"] == again["id"], (first["id"], again["id"])
        return first

    # --- one order ---

    def register(self, number):
        # no two that a duplicate check would take for one person
        digits = f"{self.day.seed % 10}{number:05d}"
        return self.twice("reception", "POST", "/patients", dict(
            id=new_id(), given_name="".join("aeioumnrst"[int(d)] for d in digits).title(), family_name=f"Rao{''.join('bcdfghjklp'[int(d)] for d in digits)}",
            sex=self.random.choice(["female", "male"]), birth_date=f"{self.random.randint(1940, 2004)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}",
            phone=f"77{digits}{self.random.randint(10, 99)}"), "POST /patients")

    def place(self, patient):
        codes = self.random.sample(self.day.codes, self.random.randint(1, 4))
        method = self.random.choice(METHODS)
        body = dict(id=new_id(), patient_id=patient["id"], items=[dict(test=code) for code in codes], payment_method=method,
                    priority="stat" if self.random.random() < 0.1 else "routine")
        send = self.twice if self.random.random() < 0.1 else self.ask
        order = send("reception", "POST", "/orders", body, "POST /orders")
        payment = dict(id=new_id(), method=method, amount=order["due"])
        if method in ("upi", "card"):
            payment["reference"] = f"slip {new_id()}"
        send = self.twice if self.random.random() < 0.1 else self.ask
        send("reception", "POST", f"/orders/{order['id']}/payments", payment, "POST /orders/{id}/payments")
        return order

    def event(self, sample, event, **more):
        return self.ask("technician", "POST", f"/samples/{sample['id']}/events", dict(id=new_id(), event=event, **more), "POST /samples/{id}/events")

    def draw(self, order):
        for sample in order["samples"]:
            self.event(sample, "collected", scanned=sample["accession"], identifiers=["name", "birth_date"])
            if self.random.random() < 0.03:
                self.event(sample, "rejected", reason="haemolysed")
                after = self.ask("technician", "GET", f"/orders/{order['id']}", route="GET /orders/{id}")
                (sample,) = [other for other in after["samples"] if other["parent_id"] == sample["id"]]
                self.event(sample, "collected", scanned=sample["accession"], identifiers=["name", "mrn"])
            self.event(sample, "received")

    def value(self, row):
        """A healthy person's: in the middle of the range."""
        if row.get("choices"):
            return row["choices"][0]["code"]
        if row["kind"] == "structured":
            return "Escherichia coli"
        if row["low"] and row["high"]:
            return f"{(float(row['low']) + float(row['high'])) / 2:.{row['decimals'] or 0}f}"
        return row["low"] or row["high"] or self.day.middles.get(row["code"], "1")

    def measure(self, order):
        path = f"/orders/{order['id']}/results"
        sheet = self.ask("technician", "GET", path, route="GET /orders/{id}/results")
        rows = [row for row in sheet["analytes"] if row["kind"] != "calculated" and row["status"] == "pending"]
        entries = [dict(analyte=f"{row['test']}:{row['code']}", value=self.value(row)) for row in rows]
        self.ask("technician", "PUT", path, dict(results=entries, final=True), "PUT /orders/{id}/results")
        again = [dict(entry, determination=2) for row, entry in zip(rows, entries) if row.get("second_wanted")]
        if again:  # a blood group: another person determines it, too
            self.ask("technician2", "PUT", path, dict(results=again, final=True), "PUT /orders/{id}/results")

    def release(self, order):
        path = f"/orders/{order['id']}"
        done = self.ask("pathologist", "POST", path + "/verification", dict(decision="verify", comment="values made up for the day"), "POST /orders/{id}/verification")
        for _ in range(3):  # a reflex rule added a test: it is drawn, measured and verified like the others
            if done["status"] != "processing":
                break
            after = self.ask("technician", "GET", path, route="GET /orders/{id}")
            self.draw(dict(after, samples=[tube for tube in after["samples"] if tube["status"] == "to_collect"]))
            self.measure(order)
            done = self.ask("pathologist", "POST", path + "/verification", dict(decision="verify", comment="values made up for the day"), "POST /orders/{id}/verification")
        assert done["status"] == "completed", done["status"]
        paper = self.ask("pathologist", "GET", path + "/report.pdf", route="GET /orders/{id}/report.pdf", raw=True)
        assert paper[:5] == b"%PDF-" and paper.rstrip().endswith(b"%%EOF"), paper[:40]
        reports = self.ask("pathologist", "GET", path + "/reports", route="GET /orders/{id}/reports")["items"]
        report = max(reports, key=lambda one: one["version_no"])
        asked = f"/reports/{report['id']}/verify?report_version={report['version_no']}&hash="
        assert self.ask(None, "GET", asked + report["content_hash"], route="GET /reports/{id}/verify")["genuine"]
        forged = hashlib.sha256(report["content_hash"].encode()).hexdigest()
        assert not self.ask(None, "GET", asked + forged, route="GET /reports/{id}/verify")["genuine"]
        return report

    def live(self, number):
        order = self.place(self.register(number))
        self.draw(order)
        self.measure(order)
        report = self.release(order)
        with self.day.lock:
            self.day.orders.append((order["id"], order["number"], report["content_hash"]))

    def run(self):
        while (number := self.day.next_number()) is not None:
            try:
                self.live(number)
            except Exception as error:  # each is told at the end; the other orders go on
                with self.day.lock:
                    self.day.errors.append(f"order {number}: {type(error).__name__} {error}")
                self.link.close()


def middles(desk):
    """A value that can be right, for what has no range: near the lower end of what is plausible."""
    found, after = {}, ""
    while after is not None:
        page = desk.ask("reception", "GET", "/analytes?limit=200" + after)
        for analyte in page["items"]:
            low, high = analyte.get("plausible_low"), analyte.get("plausible_high")
            if low is not None and high is not None:
                found[analyte["code"]] = f"{float(low) + (float(high) - float(low)) / 4:.{analyte['decimals'] or 0}f}"
        after = "&after=" + page["next"] if page.get("next") else None
    return found


def begin(place, desks=20, orders=1000, seed=1):
    """Starts the desks; finish() waits for them."""
    day = Day(place, orders, seed)
    first = Desk(day, 0)
    for who in ("reception", "technician", "technician2", "pathologist"):
        day.tokens[who] = first.ask(None, "POST", "/session", dict(username=who, password=hospital.PASSWORD))["token"]
    catalogue = first.ask("reception", "GET", "/tests?limit=200")["items"]
    day.middles = middles(first)
    day.codes = [test["code"] for test in catalogue if test["active"]]
    day.times.clear()
    day.began = time.perf_counter()
    day.desks = [Desk(day, number) for number in range(1, desks + 1)]
    for desk in day.desks:
        desk.start()
    return day


def finish(day):
    end = time.time() + DAY_SECONDS
    for desk in day.desks:
        desk.join(max(0.0, end - time.time()))
        assert not desk.is_alive(), f"{desk.name} still works"
    day.seconds = time.perf_counter() - day.began
    return day
