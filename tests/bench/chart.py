#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the chart of a patient with 500 visits takes: chart.py BUILD [POSTGRESQL-URL]

A small demonstration hospital of its own on SQLite, and on PostgreSQL in the database of that address, which is emptied.
One of its patients is given 500 visits, notes and orders and 5,000 results; then what the chart's page asks for when it
opens, and what two of its tabs ask for, is asked for one after another. The requirement is that it opens within 100 ms.
"""
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

ROUNDS = 40
LIMIT_MS = 100
DAY = 86400 * 10**6
COUNTS = {"visit": 500, "note": 500, "lab_order": 500, "result": 5000}


def changed(table, row, i, now):
    row = dict(row, id="01900000-0000-7000-8%03d-%012d" % (sorted(COUNTS).index(table), i))
    at = now - (i // 10 if table == "result" else i) * 3 * DAY
    own = {"visit": {"number": "V%05d" % i, "arrived_at": at, "appointment_id": None},
           "note": {"written_at": at},
           "lab_order": {"number": "X%05d" % i, "ordered_at": at, "prescription_id": None},
           "result": {"measured_at": at, "analyte": "A%d" % (i % 40), "status": "verified", "order_item_id": "oi%d" % i}}[table]
    return {**row, **own}


class Sqlite:
    def __init__(self, folder):
        self.url = f"sqlite:{folder}/m.db"
        self.path = f"{folder}/m.db"

    def clear(self):
        pass

    def rows(self, sql):
        with sqlite3.connect(self.path) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql)]

    def insert(self, table, rows):
        with sqlite3.connect(self.path) as db:
            names = list(rows[0])
            db.executemany(f"INSERT INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [list(row.values()) for row in rows])

    def settle(self):
        with sqlite3.connect(self.path) as db:
            db.execute("ANALYZE")


class Postgres:
    def __init__(self, url):
        self.url = url

    def psql(self, sql, text=None):
        done = subprocess.run(["psql", self.url, "-AtXq", "-v", "ON_ERROR_STOP=1", *(["-c", sql] if text is None else ["-f", "-"])], input=text,
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    def clear(self):
        self.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def rows(self, sql):
        return json.loads(self.psql(f"SELECT coalesce (json_agg (t), '[]') FROM ({sql}) t"))

    def insert(self, table, rows):
        text = json.dumps(rows).replace("$bench$", "")
        self.psql(None, f"INSERT INTO {table} SELECT * FROM json_populate_recordset (NULL::{table}, $bench${text}$bench$)")

    def settle(self):
        self.psql("ANALYZE")


def fill(database):
    now = int(time.time() * 1e6)
    patient = database.rows("SELECT patient_id FROM result WHERE status = 'verified' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")[0]["patient_id"]
    for table, count in COUNTS.items():
        found = database.rows(f"SELECT * FROM {table} WHERE patient_id = '{patient}' LIMIT 1") or database.rows(f"SELECT * FROM {table} LIMIT 1")
        database.insert(table, [changed(table, dict(found[0], patient_id=patient), i, now) for i in range(count)])
    database.settle()
    return patient


class Client:
    def __init__(self, url):
        self.url, self.token = url + "/api/v1", None

    def ask(self, path, body=None):
        headers = {"Content-Type": "application/json", **({"Authorization": "Bearer " + self.token} if self.token else {})}
        request = urllib.request.Request(self.url + path, data=json.dumps(body).encode() if body else None, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def measure(client, patient):
    opens = 0
    for path in ("chart", "timeline?limit=50", "results?limit=200"):
        took = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            client.ask(f"/patients/{patient}/{path}")
            took.append((time.perf_counter() - begin) * 1e3)
        took.sort()
        median = took[len(took) // 2]
        opens = opens or median
        print(f"  {path.split('?')[0]:10} median {median:6.1f} ms   p95 {took[int(len(took) * 0.95)]:6.1f} ms   worst {took[-1]:6.1f} ms")
    return opens


def run(build, name, database, folder):
    config = f"{folder}/{name}.conf"
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"[server]\nlisten=127.0.0.1:0\ndata_dir={folder}/{name}\n[database]\nurl={database.url}\n"
                   f"[limits]\nrate_normal=0\nrate_login=0\nrate_heavy=0\n[log]\nfile={folder}/{name}.log\n")
    database.clear()
    subprocess.run([f"{build}/server/mahimactl", "--config", config, "demo", "--patients", "300", "--orders", "300", "--seed", "1"], check=True,
                   stdout=subprocess.DEVNULL)
    patient = fill(database)
    server = subprocess.Popen([f"{build}/server/mahima-server", "--config", config], stdout=subprocess.PIPE, text=True)
    try:
        client = Client(re.search(r"http\S+", server.stdout.readline()).group(0))
        client.token = client.ask("/session", {"username": "doctor", "password": "mahima-demo"})["token"]
        print(f"{name}: a patient with {COUNTS['visit']} visits, {COUNTS['result']} results")
        opens = measure(client, patient)
        print(f"  opens {'within' if opens < LIMIT_MS else 'LATER THAN'} {LIMIT_MS} ms")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="mahima-chart-") as folder:
        run(build, "sqlite", Sqlite(folder), folder)
        if len(sys.argv) > 2:
            run(build, "postgresql", Postgres(sys.argv[2]), folder)


if __name__ == "__main__":
    main()
