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

    def test_nothing_is_no_success(self):
        self.assertEqual(self.run_tally(), ("0 passed, 0 failed", 1))


if __name__ == "__main__":
    tap.main(__name__)
