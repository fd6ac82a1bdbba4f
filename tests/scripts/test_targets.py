#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `make run` builds is all that its programs need: also the parts that they load when they first need them."""
import os
import re
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, ".."))

import tap  # noqa: E402

BUILD = os.environ["MH_BUILD"]


class Targets(unittest.TestCase):
    def test_parts_loaded_late_are_built(self):
        with open(os.path.join(ROOT, "scripts/run.sh"), encoding="utf-8") as script:
            targets = re.search(r"^TARGETS='([^']+)'", script.read(), re.M).group(1).split()
        with open(os.path.join(ROOT, "server/meson.build"), encoding="utf-8") as rules:
            parts = re.findall(r"^  '(\w+)': \[\['late/", rules.read(), re.M)
        self.assertGreaterEqual(len(parts), 4)
        for program in (target for target in targets if target.startswith("server/")):
            inputs = subprocess.run(["ninja", "-C", BUILD, "-t", "inputs", program], capture_output=True, text=True, check=True).stdout
            for part in parts:
                library = f"server/libmh-late-{part}.so"
                self.assertTrue(library in inputs.split(), f"{program} is built without {library}, which it loads")


if __name__ == "__main__":
    tap.main(__name__)
