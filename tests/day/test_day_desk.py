# SPDX-License-Identifier: GPL-3.0-or-later
"""One laboratory day at the desk: the real client by its keyboard against the real server, from the front desk to the printed report."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402


@step
def reception_signs_in(desk):
    desk.start()
    desk.sign_in("reception")
    desk.see("Online")
    desk.see("New patient")
    desk.named()


@step
def a_patient_is_registered_with_five_fields(desk):
    desk.strokes = 0
    desk.keys("ctrl+n", pause=0.8)
    for text in ("Sushmita", "Deshpande"):
        desk.type(text)
        desk.keys("Return")
    desk.type("f")
    desk.keys("Return")
    desk.type("2/3/1985")
    desk.keys("Return")
    desk.type("5812012345")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see("Saved as")


screens.within(live)
