# SPDX-License-Identifier: GPL-3.0-or-later
"""The server is unplugged while reception works: the desk goes on, survives kill -9, and everything arrives exactly once."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

SECRETS = (b"Annapurna", b"ANNAPURNA", b"annapurna", b"Kshirsagar", b"kshirsagar", b"5898765432")


@step
def reception_signs_in_and_the_catalogue_is_copied(desk):
    desk.start()
    desk.sign_in("reception")
    desk.see("Online")
    desk.keys("alt+2", pause=1.5)
    desk.type("anaem", pause=1)
    desk.see("Anaemia work-up")
    desk.keys("ctrl+a", "BackSpace")
    desk.keys("alt+1", pause=1)


@step
def the_server_goes(desk):
    desk.address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=20)


@step
def a_patient_is_registered_without_it(desk):
    desk.keys("ctrl+n", pause=0.8)
    for text in ("Annapurna", "Kshirsagar", "f", "2/3/1985"):
        desk.type(text)
        desk.keys("Return")
    desk.type("5898765432")
    desk.keys("ctrl+Return")
    desk.see("Saved here")
    desk.see("1 waiting")


@step
def and_found_in_the_copy(desk):
    desk.keys("ctrl+f")
    desk.type("annap", pause=0.8)
    desk.keys("Return")
    desk.see("KSHIRSAGAR Annapurna", "label")
    desk.keys("ctrl+f", "ctrl+a")
    desk.type("765432", pause=0.8)
    desk.keys("Return")
    desk.see("KSHIRSAGAR Annapurna", "label")


@step
def an_order_is_placed_and_paid_without_it(desk):
    desk.keys("F2", pause=1)
    desk.type("cbc", pause=0.6)
    desk.keys("Return", pause=0.6)
    for words in ("₹350.00", "₹20.00", "Charge ₹370.00"):
        desk.see(words)
    desk.keys("F9")
    desk.see("Kept here")
    desk.see("3 waiting")


@step
def what_waits_says_whose_it_is(desk):
    desk.keys("alt+0", pause=1)
    desk.see("Register a patient: KSHIRSAGAR Annapurna")
    desk.see("Place an order: KSHIRSAGAR Annapurna, CBC")
    desk.see("Take a payment: KSHIRSAGAR Annapurna, CBC")
    desk.keys("alt+1", pause=1)


@step
def nothing_readable_lies_on_the_disk(desk):
    looked = 0
    for folder in (os.environ["XDG_DATA_HOME"], os.environ["XDG_CACHE_HOME"], os.environ["XDG_CONFIG_HOME"]):
        for where, _, names in os.walk(folder):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    content = file.read()
                looked += len(content)
                for secret in SECRETS:
                    assert secret not in content, f"{secret} can be read in {name}"
    assert looked > 10000, "the local copy was not looked at"


@step
def killed_and_started_again_everything_is_still_there(desk):
    desk.client.kill()
    desk.client.wait(10)
    desk.start()
    desk.sign_in("reception")
    desk.see("Offline", wait=20)
    desk.see("3 waiting")
    desk.keys("alt+0", pause=1)
    for words in ("Register a patient", "Place an order", "Take a payment"):
        desk.see(words)
    desk.named()
    desk.keys("alt+1", pause=0.6)
    desk.keys("ctrl+f")
    desk.type("kshir", pause=0.8)
    desk.keys("Return")
    desk.see("KSHIRSAGAR Annapurna", "label")


@step
def the_server_comes_back_and_has_everything_once(desk):
    desk.hospital.start(desk.address)
    desk.see("Online", wait=60)
    end = time.time() + 20
    while True:
        found = desk.ask("reception", "/patients?q=kshirsagar")["items"]
        orders = desk.ask("reception", "/orders?patient_id=" + found[0]["id"])["items"] if found else []
        if orders and orders[0]["due"] == 0:
            break
        assert time.time() < end, f"it did not arrive: {found} {orders}"
        time.sleep(0.5)
    assert (len(found), len(orders)) == (1, 1), (found, orders)
    order = desk.ask("reception", "/orders/" + orders[0]["id"])
    assert [p["status"] for p in order["payments"]] == ["captured"], order["payments"]
    assert (order["paid"], order["due"], order["tab"]) == (order["total"], 0, "paid"), order
    assert found[0]["mrn"] and order["number"]
    desk.keys("alt+0", pause=1)
    desk.unseen("Register a patient")
    desk.unseen("Refused")
    assert "whole" in desk.hospital.ctl("audit", "verify")


screens.within(live)
