# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unittest cases and speaks TAP, so that each counts by itself: `tap.main(__name__)`."""
import sys
import traceback
import unittest


class Result(unittest.TestResult):
    number = 0

    def tell(self, test, words, detail=""):
        self.number += 1
        for line in detail.splitlines():
            print("# " + line)
        print(words.format(f"{self.number} {test.id().removeprefix('__main__.')}"), flush=True)

    def addSuccess(self, test):
        self.tell(test, "ok {}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell(test, "ok {} # SKIP " + reason)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell(test, "not ok {}", "".join(traceback.format_exception(*err)))

    def addError(self, test, err):
        super().addError(test, err)
        self.tell(test, "not ok {}", "".join(traceback.format_exception(*err)))


def main(module):
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    print(f"1..{suite.countTestCases()}")
    result = Result()
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
