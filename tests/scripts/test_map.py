#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map that `make map` draws: who calls whom, with no arrow up; and that an arrow up would be told."""
import collections
import os
import sys
import unittest
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(ROOT, "scripts")]

import map as drawn  # noqa: E402
import tap  # noqa: E402

BUILD = os.environ.get("MH_BUILD", os.path.join(ROOT, "build"))


def made_up(**calls):
    rooms = collections.defaultdict(collections.Counter)
    for room, others in calls.items():
        for other in others:
            rooms["server/" + room.replace("_", "/")]["server/" + other] = 1
            rooms["server/" + other] = rooms["server/" + other]
    return rooms


class Map(unittest.TestCase):
    def test_of_this_build(self):
        calls = drawn.calls_of(BUILD)
        self.assertGreater(calls["server/lab/results"]["server/lab/orders"], 0)
        self.assertGreater(calls["server/lab/results"]["shared/rules"], 0)
        self.assertEqual(list(drawn.arrows_up(calls)), [])
        self.assertEqual(drawn.circles_of(calls), [])
        picture = xml.etree.ElementTree.fromstring(drawn.as_svg(calls, drawn.floors_of(calls)))
        words = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
        self.assertLessEqual({"platform", "lab", "results", "payments"}, words)

    def test_arrows_up_and_circles(self):
        self.assertEqual(list(drawn.arrows_up(made_up(lab_orders=["money/till"]))), [("server/lab/orders", "server/money/till")])
        self.assertEqual(list(drawn.arrows_up(made_up(money_till=["lab/orders"]))), [])
        self.assertEqual(list(drawn.arrows_up(made_up(platform_http=["app"]))), [("server/platform/http", "server/app")])
        self.assertEqual(drawn.circles_of(made_up(lab_orders=["lab/samples"], lab_samples=["lab/orders"])),
                         [["server/lab/orders", "server/lab/samples"]])

    def test_floors(self):
        floors = drawn.floors_of(made_up(money_till=["lab/orders"], lab_orders=["people/patients"]))
        self.assertEqual([floors["server/" + room] for room in ("people/patients", "lab/orders", "money/till")], [0, 1, 2])


if __name__ == "__main__":
    tap.main(__name__)
