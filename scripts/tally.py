#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up Meson's test logs by single case and prints what failed and one closing line.

usage: scripts/tally.py [--again LOG] build/meson-logs/testlog.json…
       scripts/tally.py --screens LOG    the screen programs that failed there, where they are few

A program that speaks TAP counts once for each of its cases; any other program counts once. A TAP program
that died, or promised more cases than it reported, adds one failure however many cases passed before.
A screen program that failed while others ran may be run once more alone (--again): its second run counts,
and its first is told as unsteady.
"""
import json
import re
import sys

CASE = re.compile(r"^(ok|not ok)\b\s*\d*\s*(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
GOOD = {"OK", "EXPECTEDFAIL"}
SHOWN = 40
FEW = 4  # more programs than these do not fail by chance


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.troubles = []

    def line(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


def cases(text):
    """The cases of one TAP text as (state, name), and the promised number or None."""
    found, plan = [], None
    for line in text.splitlines():
        if match := PLAN.match(line):
            plan = int(match.group(1))
        elif match := CASE.match(line):
            verdict, name = match.groups()
            directive = name.upper().partition("#")[2].strip()
            if directive.startswith("SKIP"):
                state = "skipped"
            elif directive.startswith("TODO"):
                state = "passed"
            else:
                state = "passed" if verdict == "ok" else "failed"
            found.append((state, name.strip()))
    return found, plan


def add(tally, test):
    result = test["result"]
    found, plan = cases(test.get("stdout") or "")
    if not found and plan is None:
        if result == "SKIP":
            tally.skipped += 1
        elif result in GOOD:
            tally.passed += 1
        else:
            tally.failed += 1
            tally.troubles.append((test, [result.lower()]))
        return
    bad = [name for state, name in found if state == "failed"]
    tally.passed += sum(state == "passed" for state, _ in found)
    tally.skipped += sum(state == "skipped" for state, _ in found)
    tally.failed += len(bad)
    if plan == 0 and not found:
        tally.skipped += 1
    broken = result not in GOOD and result != "SKIP" and not bad
    short = plan is not None and len(found) < plan
    if broken or short:
        tally.failed += 1
        bad.append(f"{result.lower()}: {len(found)} of {plan if plan is not None else '?'} cases reported")
    if bad:
        tally.troubles.append((test, bad))


def tests_of(path):
    with open(path, encoding="utf-8", errors="replace") as log:
        return [json.loads(line) for line in log if line.strip()]


def screens(path):
    """The names of the screen programs that failed; none where they are too many for chance."""
    names = []
    for test in tests_of(path):
        alone = Tally()
        add(alone, test)
        suite, _, name = test["name"].partition(" / ")  # as Meson writes it where there are several suites
        if alone.failed and suite.endswith(":display"):
            names.append(name)
    return names if len(names) <= FEW else []


def show(test, names, note=""):
    print(f"\n== {test['name']}{note}")
    for name in names:
        print(f"   failed: {name}")
    for stream in ("stdout", "stderr"):
        lines = [line for line in (test.get(stream) or "").splitlines() if not line.startswith("ok ")]
        if len(lines) > SHOWN:
            print(f"   … {len(lines) - SHOWN} earlier lines in the log")
        for line in lines[-SHOWN:]:
            print("   | " + line)


def count(paths, again):
    """All logs added up; with the second run of what ran twice, and what went wrong in its first."""
    tally, unsteady = Tally(), Tally()
    second = {test["name"]: test for test in again}
    for path in paths:
        for test in tests_of(path):
            later = second.pop(test["name"], None)
            add(unsteady if later else tally, test)
            if later:
                add(tally, later)
    return tally, unsteady


def main(arguments):
    if arguments[:1] == ["--screens"]:
        print(*screens(arguments[1]))
        return 0

    again = []
    if arguments[:1] == ["--again"]:
        again, arguments = tests_of(arguments[1]), arguments[2:]
    tally, unsteady = count(arguments, again)
    for test, names in unsteady.troubles:
        show(test, names, " (unsteady: this is how it failed while others ran; its run alone counts)")
    for test, names in tally.troubles:
        show(test, names)
    for test, names in unsteady.troubles:
        print(f"unsteady: {test['name']}: {', '.join(names)}")
    print(tally.line())
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
