#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing count: what passes, what fails, and what a broken program costs."""
import contextlib
import io
import json
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "..", "..", "scripts")]

import tally  # noqa: E402
import tap  # noqa: E402

TABLE = [
    # result, stdout, closing line, exit status
    ("OK", "1..2\nok 1 /a\nok 2 /b\n", "2 passed, 0 failed", 0),
    ("OK", "ok 1 /a\nok 2 /b\n1..2\n", "2 passed, 0 failed", 0),
    ("FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n", "1 passed, 1 failed", 1),
    ("ERROR", "1..3\nok 1 /a\n", "1 passed, 1 failed", 1),
    ("TIMEOUT", "1..3\nok 1 /a\nok 2 /b\nok 3 /c\n", "3 passed, 1 failed", 1),
    ("OK", "1..2\nok 1 /a\nok 2 /b # SKIP no such thing here\n", "1 passed, 0 failed, 1 skipped", 0),
    ("OK", "1..3\nok 1 /a\nok 2 /b\n", "2 passed, 1 failed", 1),
    ("OK", "# a note that says not ok\n1..1\n  ok 1 inner\nok 1 /a\n", "1 passed, 0 failed", 0),
    ("OK", "", "1 passed, 0 failed", 0),
    ("FAIL", "", "0 passed, 1 failed", 1),
    ("SKIP", "", "0 passed, 0 failed, 1 skipped", 1),
]


class Tally(unittest.TestCase):
    def run_tally(self, *tests):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
            for result, out in tests:
                log.write(json.dumps({"name": "t", "result": result, "stdout": out, "stderr": ""}) + "\n")
            log.flush()
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                status = tally.main([log.name])
        return told.getvalue().splitlines()[-1], status

    def test_table(self):
        for result, out, line, status in TABLE:
            with self.subTest(out=out, result=result):
                self.assertEqual(self.run_tally((result, out)), (line, status))

    def test_sum(self):
        self.assertEqual(self.run_tally(("OK", "1..1\nok 1 /a\n"), ("FAIL", "1..1\nnot ok 1 /b\n"), ("OK", "")),
                         ("2 passed, 1 failed", 1))

    def test_alone(self):
        """A screen program that failed beside others counts by its run alone, and is told; one that fails again has failed."""
        for second, line, status in ((("OK", "1..2\nok 1 /a\nok 2 /b\n"), "3 passed, 0 failed", 0),
                                     (("FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n"), "2 passed, 1 failed", 1)):
            with self.subTest(line=line), tempfile.TemporaryDirectory() as folder:
                first = self.log(folder, "first", ("desk-x", "FAIL", "1..2\nok 1 /a\nnot ok 2 /b\n", "display"),
                                 ("unit-y", "OK", "", "unit"))
                again = self.log(folder, "again", ("desk-x", *second, "display"))
                self.assertEqual(self.told("--screens", first), (["desk-x"], 0))
                lines, code = self.told("--again", again, first)
                self.assertEqual((lines[-2:], code), (["unsteady: mahima:display / desk-x: /b", line], status))

    def test_only_few_screens_run_again(self):
        """What is no screen's fails at once, and so do screens that fail in numbers."""
        bad = "1..1\nnot ok 1 /a\n"
        with tempfile.TemporaryDirectory() as folder:
            few = [(f"desk-{n}", "FAIL", bad, "display") for n in range(4)]
            self.assertEqual(self.told("--screens", self.log(folder, "few", *few, ("unit-y", "FAIL", bad, "unit"))),
                             (["desk-0 desk-1 desk-2 desk-3"], 0))
            self.assertEqual(self.told("--screens", self.log(folder, "many", *few, ("desk-4", "FAIL", bad, "display"))), ([""], 0))

    def log(self, folder, name, *tests):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as log:
            for title, result, out, suite in tests:
                log.write(json.dumps({"name": f"mahima:{suite} / {title}", "result": result, "stdout": out, "stderr": ""}) + "\n")
        return path

    def told(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            status = tally.main(list(arguments))
        return out.getvalue().splitlines(), status

    def test_nothing_is_no_success(self):
        self.assertEqual(self.run_tally(), ("0 passed, 0 failed", 1))


if __name__ == "__main__":
    tap.main(__name__)
