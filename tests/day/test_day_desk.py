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


@step
def the_patient_is_found_by_a_part_of_the_name(desk):
    counted = desk.strokes
    desk.keys("ctrl+f")
    desk.type("deshp sush", pause=0.8)
    desk.keys("Return")
    desk.see("DESHPANDE Sushmita", "label")
    desk.see("5812012345")
    desk.strokes = counted


@step
def an_order_is_composed_with_its_sums(desk):
    desk.keys("F2", pause=0.8)
    desk.type("cbc", pause=0.5)
    desk.keys("Return")
    desk.type("lipid", pause=0.5)
    desk.keys("Return", pause=0.8)
    desk.see("Remove CBC", "push button")
    for words in ("Subtotal", "Tax", "Total", "Charge ₹"):
        desk.see(words)
    desk.named()
    desk.screen.shot("/tmp/e2e-4.png")


@step
def a_test_that_is_there_already_is_refused(desk):
    counted = desk.strokes
    desk.type("cbc", pause=0.5)
    desk.keys("Return")
    desk.see("in the order already")
    desk.strokes = counted


@step
def cash_is_charged_with_one_key(desk):
    desk.keys("F9")
    desk.see("is placed and paid")
    print(f"# register, order and pay: {desk.strokes} keystrokes")
    desk.screen.shot("/tmp/e2e-5.png")
    desk.unseen("Charge ₹5")


@step
def another_order_is_paid_at_collection(desk):
    desk.keys("alt+1", pause=0.6)
    desk.keys("F2", pause=0.8)
    desk.type("tsh", pause=0.5)
    desk.keys("Return")
    desk.keys("ctrl+alt+4")
    desk.see("Place order")
    desk.screen.shot("/tmp/e2e-6.png")
    desk.keys("F9")
    desk.see("is placed.")


screens.within(live)
