# SPDX-License-Identifier: GPL-3.0-or-later
"""One laboratory day at the desk: the real client by its keyboard against the real server, from the front desk to the printed report."""
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

TAB = "push button"  # what GTK 4.8 calls a toggle


def new_id():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 15 | 0x70
    raw[8] = raw[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


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
    for words in ("Subtotal", "₹900.00", "Tax", "₹20.00", "Total", "₹920.00", "Charge ₹920.00"):
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


def count(desk, tab):
    return int(desk.see(tab, TAB).name.split()[-1])


@step
def the_technician_sees_live_counts(desk):
    desk.end()
    desk.start()
    desk.sign_in("technician")
    desk.keys("alt+3", pause=1.5)
    before = count(desk, "COD ₹")
    mine = desk.ask("reception", "/patients?q=deshpande")["items"][0]
    desk.patient = mine
    desk.ask("reception", "/orders", dict(id=new_id(), patient_id=mine["id"], items=[{"test": "CBC"}], payment_method="cod"))
    end = time.time() + 5
    while count(desk, "COD ₹") != before + 1:
        assert time.time() < end, "the count does not follow"
        time.sleep(0.1)
    desk.named()


@step
def the_tube_is_collected_against_two_identifiers_and_cash(desk):
    order = [o for o in desk.ask("reception", "/orders?patient_id=" + desk.patient["id"])["items"] if o["test_names"] == ["CBC"]][0]
    desk.order = desk.ask("reception", "/orders/" + order["id"])
    desk.screen.press(desk.see("COD ₹", TAB))
    time.sleep(1)
    desk.keys("ctrl+f")
    desk.type(desk.order["number"], pause=1)
    desk.keys("Tab", "Tab", "Tab", "Down", pause=0.8)
    desk.screen.shot("/tmp/e2e-7.png")
    desk.keys("c", pause=1)
    desk.see("Compare two")
    tube = desk.order["samples"][0]["accession"]
    desk.screen.shot("/tmp/e2e-8.png")
    desk.named()
    desk.keys("space", "Tab", "space", pause=0.5)
    desk.screen.press(desk.see("in cash", "push button"))
    desk.see("Paid. Now scan each tube.")
    desk.scan("H2632599999X")
    desk.see("cannot be read")
    desk.scan(tube)
    desk.see("All tubes are collected.")
    desk.keys("Escape", pause=0.8)
    now = desk.ask("reception", "/orders/" + desk.order["id"])
    assert (now["due"], now["tab"], now["samples"][0]["status"]) == (0, "paid", "collected"), now


screens.within(live)
