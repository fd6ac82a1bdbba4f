# SPDX-License-Identifier: GPL-3.0-or-later
"""A released report is put right at the desk: proposed by one person, verified by another, and who has read the old one is told.

MH_LOOK=FOLDER keeps a picture of each screen.
"""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402


def copies(desk):
    return desk.ask("pathologist", f"/orders/{desk.order['id']}/reports")["items"][0].get("copies", 0)


def look(desk, name):
    if os.environ.get("MH_LOOK"):
        desk.screen.shot(os.path.join(os.environ["MH_LOOK"], name + ".png"))


def open_report(desk, order):
    desk.keys("alt+6", pause=1)
    desk.keys("ctrl+f", "ctrl+a")
    desk.type(order["number"], pause=1.2)
    desk.keys("Return", "Home", pause=0.3)
    desk.keys("space", pause=1)


def first_number(desk, order):
    """The first value of the report, if a number was typed for it: the dialog begins there."""
    row = desk.ask("pathologist", f"/orders/{order['id']}/results")["analytes"][0]
    return row if row.get("kind") == "numeric" and not row.get("formula") else None


@step
def the_technician_opens_a_report(desk):
    desk.name_printers()
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    orders = [o for o in desk.ask("pathologist", "/orders?tab=completed&limit=50")["items"] if o["status"] == "completed"]
    desk.order, desk.row = next((o, r) for o in orders for r in [first_number(desk, o)] if r)
    open_report(desk, desk.order)
    desk.see("Version 1")
    look(desk, "report")


@step
def a_change_is_proposed(desk):
    desk.keys("ctrl+e", pause=1)
    desk.see("Change the report")
    desk.named()
    desk.see(f"New value of {desk.row['name']}")
    digits = int(desk.row.get("decimals", 0))
    desk.type(f"{float(desk.row['value']) + 10 ** -digits:.{digits}f}")
    look(desk, "propose")
    # closed by mistake: nothing that was typed is lost
    desk.keys("Escape", pause=1)
    desk.gone("Change the report", "frame")
    desk.keys("ctrl+e", pause=1)
    desk.screen.press(desk.see("Continue “", "push button"))
    time.sleep(0.5)
    desk.keys("alt+p", pause=0.5)
    desk.see("Choose a reason.")
    desk.type("typ")
    desk.keys("alt+p", pause=1)
    desk.see("Proposed. Somebody else has to verify it.")
    desk.keys("ctrl+e", pause=1)
    desk.unseen("Continue “")
    desk.keys("Escape", pause=0.5)
    look(desk, "proposed")


@step
def it_waits_for_somebody_else(desk):
    desk.screen.press(desk.see("Look at it…", "push button"))
    desk.see("Your role may look at changes but not verify them.")
    look(desk, "own")
    desk.keys("Escape", pause=0.5)


@step
def the_doctor_who_read_it_and_the_pathologist(desk):
    desk.end()
    report = desk.ask("doctor", f"/orders/{desk.order['id']}/reports")["items"][0]
    assert report["version_no"] == 1
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    open_report(desk, desk.order)
    desk.screen.press(desk.see("Look at it…", "push button"))
    desk.see("Verify a change")
    desk.named()
    look(desk, "verify")
    desk.keys("alt+v", pause=1.5)
    desk.see("Version 2", wait=15)
    look(desk, "corrected")


@step
def the_doctor_is_told(desk):
    notices = desk.ask("doctor", "/report-notices?open=true")["items"]
    assert [n["new_version"] for n in notices if n["order_id"] == desk.order["id"]] == [2], notices
    versions = desk.ask("doctor", f"/orders/{desk.order['id']}/reports")["items"]
    assert [v["status"] for v in versions] == ["corrected", "final"], versions
    access = desk.ask("pathologist", f"/orders/{desk.order['id']}/report-access")["items"]
    assert {a["how"] for a in access} == {"seen"}, access


@step
def a_print_that_is_cancelled_was_none(desk):
    before = copies(desk)
    desk.keys("F9")
    desk.see("Print to File", wait=20)
    desk.keys("Escape", pause=1)
    desk.gone("Print to File")
    desk.see("Not printed yet")
    assert copies(desk) == before == 0, copies(desk)


@step
def a_print_is_counted(desk):
    desk.keys("F9")
    desk.see("Print to File", wait=20)
    desk.keys("Tab", "space")
    desk.keys("alt+p", pause=0.5)
    desk.paper([desk.order["number"]])
    desk.see("Printed once")
    assert copies(desk) == 1, copies(desk)


@step
def the_queue_is_printed_by_ward(desk):
    desk.keys("ctrl+f", "shift+Tab", "space", pause=0.6)
    desk.keys("Down", "Down", "Return", pause=1.2)
    waiting = desk.ask("pathologist", "/report-deliveries")["items"]
    desk.screen.press(desk.see("Print all, by ward"))
    desk.see("Print to File", wait=20)
    desk.keys("Escape", pause=1)
    desk.gone("Print to File")
    assert len(desk.ask("pathologist", "/report-deliveries")["items"]) == len(waiting) > 0
    desk.named()
    look(desk, "queue")


screens.within(live)
