# SPDX-License-Identifier: GPL-3.0-or-later
"""Results at the bench: one patient at a time, one test across patients, and without the server."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402


@step
def the_technician_opens_the_results(desk):
    people = desk.ask("reception", "/patients?limit=10")["items"]
    desk.two = [tube_in_the_laboratory(desk, person, ["TSHT"]) for person in people[:2]]
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    desk.keys("alt+4", pause=1.5)
    desk.see("drafts save themselves")
    desk.see(desk.two[0]["samples"][0]["accession"])
    desk.named()


@step
def escape_restores_what_was_there(desk):
    desk.type("99")
    desk.see("High", "label")
    time.sleep(1.5)  # the draft is saved meanwhile
    desk.keys("Escape")
    desk.gone("High", "label")


@step
def the_report_is_seen_while_typing(desk):
    desk.type("2.5")
    desk.keys("F7", pause=1)
    desk.see("Page 1")
    desk.keys("F7")
    desk.keys("ctrl+a", "Delete", pause=0.2)


@step
def one_test_is_entered_across_patients(desk):
    desk.keys("F6", pause=1.5)
    desk.see("Thyroid-stimulating hormone · ")
    for order in desk.two:
        desk.see(order["patient_name"] + ", value")
    desk.named()
    desk.type("2.1")
    desk.keys("Return")
    desk.type("3.4")
    desk.keys("ctrl+Return")
    desk.see("2 orders are complete")
    for order in desk.two:
        become(desk, order, "resulted")
    told = [desk.ask("technician", f"/orders/{o['id']}/results")["analytes"][0]["value"] for o in desk.two]
    assert told == ["2.1", "3.4"], told


@step
def an_order_is_looked_at_before_the_server_goes(desk):
    patient = desk.ask("reception", "/patients?limit=3")["items"][2]
    desk.order = tube_in_the_laboratory(desk, patient, ["TSHT"])
    desk.end()
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    desk.keys("alt+4", pause=1.5)
    desk.see(desk.order["number"] + " · drafts")


@step
def its_value_is_typed_without_the_server(desk):
    desk.address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=20)
    desk.type("1.7")
    desk.keys("ctrl+Return")
    desk.see("Kept here")


@step
def and_arrives_when_it_is_back(desk):
    desk.hospital.start(desk.address)
    desk.see("Online", wait=60)
    become(desk, desk.order, "resulted")
    assert desk.ask("technician", f"/orders/{desk.order['id']}/results")["analytes"][0]["value"] == "1.7"


def in_sight(desk, names, end):
    """Which of the names stand wholly above the control that is below the list."""
    end = end.queryComponent().getExtents(1).y
    found = set()
    for node in desk.screen.walk(desk.root):
        if node.name in names and desk.screen.seen(node):
            box = node.queryComponent().getExtents(1)
            if 0 <= box.y and box.y + box.height <= end:
                found.add(node.name)
    return found


@step
def more_than_seven_values_are_seen_at_once(desk):
    """At 1280 × 800, where they are entered."""
    desk.see("Online")
    patient = desk.ask("reception", "/patients?limit=4")["items"][3]
    order = tube_in_the_laboratory(desk, patient, ["CBC"])
    desk.end()
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    desk.keys("alt+4", pause=1.5)
    desk.see(order["number"] + " · drafts")
    time.sleep(1)
    rows = desk.ask("technician", f"/orders/{order['id']}/results")["analytes"]
    names = {row["name"] for row in rows}
    entered = in_sight(desk, names, desk.see("This value"))
    assert len(entered) > 7, entered


# nothing of the demonstration waits before what is made here
screens.within(lambda screen: live(screen, patients=40, orders=0))
