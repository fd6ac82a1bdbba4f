#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages tell of every command and option that the programs take."""
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, ".."))

import tap  # noqa: E402


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def manual(path):
    """The text as it is read: without the marks of roff, each entry (.TP) a line of its own."""
    text = re.sub(r"\\f[PRBI]|\"", "", read(path)).replace("\\-", "-")
    text = re.sub(r"^\.[A-Z]+ ?", lambda mark: "\n" if mark.group(0).strip() in (".TP", ".TQ") else "", text, flags=re.M)
    return re.sub(r"[ \t]+", " ", text)


class Manuals(unittest.TestCase):
    def test_commands_and_their_options(self):
        commands = re.findall(r'^  \{ "([a-z -]+)", +mh_ctl_\w+, +"([^"]*)"', read("server/ctl/main.c"), re.M)
        entries = [line.replace("[ ", "[").strip() for line in manual("docs/man/mahimactl.8").splitlines()]
        self.assertGreater(len(commands), 25)
        for name, usage in commands:
            entry = next((line for line in entries if line.startswith(name)), None)
            self.assertIsNotNone(entry, f"mahimactl {name} is not in its manual page")
            for option in re.findall(r"--[a-z-]+", usage):
                self.assertIn(option, entry, f"mahimactl {name}")

    def test_options_of_the_programs(self):
        for source, page in (("server/app/main.c", "mahima-server.8"), ("client/mh-app.c", "mahima.1")):
            options = re.findall(r'(?:\{|add_main_option \(G_APPLICATION \(app\),) "([a-z-]+)", (?:\'.\'|0),', read(source))
            text = manual("docs/man/" + page)
            self.assertGreaterEqual(len(options), 2, source)
            for option in options:
                self.assertIn("--" + option, text.split("OPTIONS\n")[1].split("ENVIRONMENT\n")[0], page)


if __name__ == "__main__":
    tap.main(__name__)
