# SPDX-License-Identifier: GPL-3.0-or-later
"""A report that was made lately is read at the desk while the server is away: drawn there, from its frozen content."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402


def open_report(desk, order):
    desk.keys("alt+6", pause=1)
    desk.keys("ctrl+f", "ctrl+a")
    desk.type(order["number"], pause=1.2)
    desk.keys("Return", "Home", pause=0.3)
    desk.keys("space", pause=1)


@step
def the_pathologist_signs_in(desk):
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.orders = [o for o in desk.ask("pathologist", "/orders?tab=completed&limit=50")["items"] if o["status"] == "completed"]
    assert len(desk.orders) > 1, "the demonstration hospital has too few reports"


@step
def a_report_is_read(desk):
    open_report(desk, desk.orders[0])
    desk.see("Page 1")
    desk.see("Version 1")
    desk.see(desk.orders[0]["patient_mrn"])
    desk.named()


@step
def the_server_goes(desk):
    desk.hospital.stop()
    desk.see("Offline", wait=20)


@step
def one_that_nobody_opened_here_is_read_without_it(desk):
    open_report(desk, desk.orders[1])
    desk.see(desk.orders[1]["patient_mrn"])
    desk.see("Page 1")
    desk.unseen("Not on this desk yet")
    desk.named()


@step
def printing_says_why_it_cannot_be(desk):
    desk.keys("F9", pause=0.8)
    desk.see("The server cannot be reached")


screens.within(live)
