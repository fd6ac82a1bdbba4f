#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example of the server's settings shows every key there is, with its true default."""
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, ".."))

import tap  # noqa: E402


def table():
    with open(os.path.join(ROOT, "server/platform/runtime/mh-server-config.c"), encoding="utf-8") as file:
        return dict(re.findall(r'\{ "([a-z0-9]+\.[a-z0-9_]+)", [A-Z_]+, "([^"]*)"', file.read()))


def example():
    found, group = {}, None
    with open(os.path.join(ROOT, "data/server.conf"), encoding="utf-8") as file:
        for line in file:
            if match := re.match(r"\[(\w+)\]$", line):
                group = match.group(1)
            elif match := re.match(r"#(\w+)=(.*)$", line):
                found[f"{group}.{match.group(1)}"] = match.group(2)
    return found


class Conf(unittest.TestCase):
    def test_table_was_found(self):
        self.assertGreater(len(table()), 20)

    def test_same_keys_and_defaults(self):
        self.assertEqual(example(), table())


if __name__ == "__main__":
    tap.main(__name__)
