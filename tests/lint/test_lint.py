#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the checks: every rule catches its bad sample, the good parts of the samples pass, and the tree is clean.

A sample is a small tree in fixtures/. Its file EXPECT lists the findings, one "rule path" a line; there must be
exactly these. Speaks TAP.
"""
import os
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import fields  # noqa: E402
import formats  # noqa: E402
import icons  # noqa: E402
import layers  # noqa: E402
import potfiles  # noqa: E402
import sql  # noqa: E402
import style  # noqa: E402
import templates  # noqa: E402
import translations  # noqa: E402
import unused  # noqa: E402

CHECKS = {"layers": layers, "sql": sql, "style": style, "potfiles": potfiles, "icons": icons,
          "templates": templates, "translations": translations, "fields": fields, "unused": unused, "formats": formats}
# Every rule there is; a rule without a sample fails.
RULES = {
    "layers", "circles", "models", "sql-made", "sql-place", "sql-constant", "sql-portable", "spdx", "blanks", "tabs", "unfinished",
    "file-length", "function-length", "goto", "pragma-once", "own-header", "potfiles", "clang-format", "xml", "desktop",
    "appstream", "shell", "icons", "templates",
    "translations", "fields", "statics", "words", "unused", "floors",
}


def findings(root, names):
    return [finding for name in names for finding in CHECKS[name].check(root)]


def sample(name):
    """What is wrong about a sample's findings, or None."""
    root = os.path.join(HERE, "fixtures", name)
    with open(os.path.join(root, "EXPECT"), encoding="utf-8") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    expected = {tuple(row) for row in rows if row[0] not in formats.left_out()}
    told = {(f.rule, f.path) for f in findings(root, CHECKS)}
    missed, extra = expected - told, told - expected
    lines = [f"missed: {' '.join(pair)}" for pair in sorted(missed)]
    lines += [f"unexpected: {' '.join(pair)}" for pair in sorted(extra)]
    return expected, lines


WAITING = {
    "page.c": '_("New"); _("Guessed"); _("Known");\n',
    "app.desktop": "[Desktop Entry]\nType=Application\nName=Known\nComment=Of the desktop\n",
    "po/POTFILES": "page.c\napp.desktop\n",
    "po/LINGUAS": "hi\n",
    "po/hi.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                '#, fuzzy\nmsgid "Guessed"\nmsgstr "x"\n\nmsgid "Known"\nmsgstr "y"\n',
}


def waiting():
    """New texts wait for a translator, and so do those of data and those whose translation is only guessed."""
    with tempfile.TemporaryDirectory() as root:
        os.mkdir(os.path.join(root, "po"))
        for path, text in WAITING.items():
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        [(language, count, some)] = translations.waiting(root, "po")
    told = (language, count, sorted(some))
    expected = ("hi", 3, ["Guessed", "New", "Of the desktop"])
    return [] if told == expected else [f"expected {expected}, told {told}"]


def main(root):
    samples = sorted(os.listdir(os.path.join(HERE, "fixtures")))
    print(f"1..{len(samples) + 2 + len(CHECKS)}")
    number, bad, covered = 0, 0, set()

    def report(name, lines):
        nonlocal number, bad
        number += 1
        bad += bool(lines)
        for line in lines:
            print("# " + line)
        print(f"{'not ok' if lines else 'ok'} {number} - {name}", flush=True)

    for name in samples:
        try:
            expected, lines = sample(name)
            covered |= {rule for rule, _ in expected}
        except Exception:
            lines = traceback.format_exc().splitlines()
        report(f"sample {name}", lines)
    report("every rule has a sample", [f"none for {rule}" for rule in sorted(RULES - covered - formats.left_out())])
    try:
        lines = waiting()
    except Exception:
        lines = traceback.format_exc().splitlines()
    report("texts that wait for a translator", lines)
    for name in CHECKS:
        try:
            lines = [str(finding) for finding in findings(root, [name])]
        except Exception:
            lines = traceback.format_exc().splitlines()
        report(f"the tree: {name}", lines)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", ".."))))
